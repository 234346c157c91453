package scenarios

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"
)

// Format tells how a scenario is written, in Markdown.
//
//go:embed README.md
var Format []byte

//go:embed *.yaml *.table bugs/*.yaml bugs/*.table
var files embed.FS

// shelves are the folders of the library, in the order in which it is read: the
// lessons, then the deliberate bugs.
var shelves = []string{".", "bugs"}

// List returns the names of the library's scenarios: each shelf in alphabetical
// order, one after the other.
func List() []string {
	var names []string
	for _, shelf := range shelves {
		entries, err := files.ReadDir(shelf)
		if err != nil {
			panic(err) // the library is part of the program
		}
		for _, e := range entries {
			if name, is := strings.CutSuffix(e.Name(), ".yaml"); is {
				names = append(names, name)
			}
		}
	}
	return names
}

// Source returns the file of a scenario of the library.
func Source(name string) ([]byte, error) { return read(name, ".yaml") }

// Table returns the trace table that a scenario of the library must give.
func Table(name string) ([]byte, error) { return read(name, ".table") }

// Load returns a scenario of the library.
func Load(name string) (*Scenario, error) {
	src, err := Source(name)
	if err != nil {
		return nil, err
	}
	return Parse(name+".yaml", src)
}

func read(name, ending string) ([]byte, error) {
	if !slices.Contains(List(), name) {
		return nil, fmt.Errorf("there is no scenario %q: the library has %s", name, strings.Join(List(), ", "))
	}
	var content []byte
	var err error
	for _, shelf := range shelves {
		if content, err = files.ReadFile(path.Join(shelf, name+ending)); err == nil {
			break
		}
	}
	return content, err
}

// baseName returns a file's name without its directory and its ending.
func baseName(file string) string {
	return strings.TrimSuffix(path.Base(file), path.Ext(file))
}
