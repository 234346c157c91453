// Package raftplay holds no code, only what is true of the repository as a whole.
package raftplay

import (
	"go/ast"
	"go/types"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/go/packages"
)

// rooms are the packages, and how far from the protocol each stands: a package
// imports only those with a lower number.
var rooms = map[string]int{
	"raft":        0,
	"raft/trace":  1,
	"raft/sim":    2,
	"raft/check":  2,
	"raft/export": 2,
	"scenarios":   3,
	"static":      3,
	"server/keep": 4, "server/link": 4, "server/picture": 4,
	"server/keep/keeptest": 5, // for the tests of stores; nothing imports it
	"server":               5,
	"web":                  6,
	"cmd/raftplay":         7, "cmd/raftplay-load": 7,
	"tests/parity": 8, // a program of the tests; nothing imports it
}

const module = "raftplay/"

// load returns the packages that have code other than tests, by their rooms.
var load = sync.OnceValues(func() (map[string]*packages.Package, error) {
	all, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedFiles | packages.NeedImports |
		packages.NeedDeps | packages.NeedTypes | packages.NeedTypesInfo | packages.NeedSyntax}, "./...")
	if err != nil {
		return nil, err
	}
	loaded := map[string]*packages.Package{}
	for _, p := range all {
		if len(p.Errors) > 0 {
			return nil, p.Errors[0]
		}
		if len(p.GoFiles) > 0 {
			loaded[strings.TrimPrefix(p.PkgPath, module)] = p
		}
	}
	return loaded, nil
})

// Imports run one way: raft <- trace <- sim, check, export <- scenarios <-
// server/link, server/keep, server/picture <- server <- web <- cmd.
func TestImportsRunOneWay(t *testing.T) {
	loaded, err := load()
	if err != nil {
		t.Fatal(err)
	}
	for room, p := range loaded {
		own, known := rooms[room]
		if !known {
			t.Errorf("%s has no place in the order of the rooms: give it one", room)
		}
		for path := range p.Imports {
			other, ours := strings.CutPrefix(path, module)
			if ours && rooms[other] >= own {
				t.Errorf("%s imports %s, which does not stand below it", room, other)
			}
		}
	}
	if loaded["raft/sim"] == nil {
		t.Fatal("the simulation is missing: the wrong packages were looked at")
	}
}

// impure are packages whose use would make a run depend on more than its
// configuration and its actions, or reach out of it. What begins with one of
// them and a slash is impure too.
var impure = []string{"time", "math/rand", "crypto/rand", "os", "io", "net", "sync", "context", "bufio", "log", "runtime", "syscall", "unsafe"}

// core returns the packages under raft.
func core(t *testing.T) []*packages.Package {
	t.Helper()
	loaded, err := load()
	if err != nil {
		t.Fatal(err)
	}
	var found []*packages.Package
	for room, p := range loaded {
		if strings.HasPrefix(room+"/", "raft/") {
			found = append(found, p)
		}
	}
	if len(found) < 5 {
		t.Fatalf("the core has %d packages: the wrong ones were looked at", len(found))
	}
	return found
}

// The core has no clock, no chance of its own, no input and output, and nothing
// that runs beside it.
func TestCoreImportsNothingImpure(t *testing.T) {
	for _, p := range core(t) {
		for path := range p.Imports {
			for _, bad := range impure {
				if path == bad || strings.HasPrefix(path, bad+"/") {
					t.Errorf("%s imports %s", p.PkgPath, path)
				}
			}
		}
	}
}

// The core does everything in one order: it starts no goroutine, selects from no
// channels, and ranges over no map.
func TestCoreHasOneOrder(t *testing.T) {
	for _, p := range core(t) {
		complain := func(n ast.Node, what string) {
			t.Errorf("%s: %s", p.Fset.Position(n.Pos()), what)
		}
		for _, file := range p.Syntax {
			ast.Inspect(file, func(n ast.Node) bool {
				switch n := n.(type) {
				case *ast.GoStmt:
					complain(n, "starts a goroutine")
				case *ast.SelectStmt:
					complain(n, "selects from channels in any order")
				case *ast.ChanType:
					complain(n, "uses a channel")
				case *ast.RangeStmt:
					if _, isMap := p.TypesInfo.TypeOf(n.X).Underlying().(*types.Map); isMap {
						complain(n, "ranges over a map in any order")
					}
				}
				return true
			})
		}
	}
}

// What only tests, benchmarks and checks use is not in the program.
func TestProgramHasNoTestDependencies(t *testing.T) {
	program, err := packages.Load(&packages.Config{Mode: packages.NeedName | packages.NeedImports | packages.NeedDeps}, "./cmd/raftplay")
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	packages.Visit(program, nil, func(p *packages.Package) { found[p.PkgPath] = true })
	if !found["raftplay/raft"] {
		t.Fatal("the program does not contain the engine: the wrong packages were looked at")
	}
	for path := range found {
		for _, bad := range []string{"go.etcd.io", "honnef.co", "golang.org/x/tools", "testing"} {
			if path == bad || strings.HasPrefix(path, bad+"/") {
				t.Errorf("the program contains %s", path)
			}
		}
	}
}
