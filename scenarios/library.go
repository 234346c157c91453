package scenarios

import (
	"embed"
	"fmt"
	"path"
	"strings"
)

//go:embed *.yaml *.table
var files embed.FS

// List returns the names of the library's scenarios, in alphabetical order.
func List() []string {
	entries, err := files.ReadDir(".")
	if err != nil {
		panic(err) // the library is part of the program
	}
	var names []string
	for _, e := range entries {
		if name, is := strings.CutSuffix(e.Name(), ".yaml"); is {
			names = append(names, name)
		}
	}
	return names
}

// Source returns the file of a scenario of the library.
func Source(name string) ([]byte, error) {
	src, err := files.ReadFile(name + ".yaml")
	if err != nil {
		return nil, fmt.Errorf("there is no scenario %q: the library has %s", name, strings.Join(List(), ", "))
	}
	return src, nil
}

// Load returns a scenario of the library.
func Load(name string) (*Scenario, error) {
	src, err := Source(name)
	if err != nil {
		return nil, err
	}
	return Parse(name+".yaml", src)
}

// Table returns the trace table that a scenario of the library must give.
func Table(name string) ([]byte, error) { return files.ReadFile(name + ".table") }

// baseName returns a file's name without its directory and its ending.
func baseName(file string) string {
	return strings.TrimSuffix(path.Base(file), path.Ext(file))
}
