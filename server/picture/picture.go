// Package picture draws a run as a picture: SVG by the page's own modules, so that
// it looks as it does there, and PNG from that SVG.
package picture

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"time"

	"modernc.org/quickjs"

	"raftplay/raft/check"
	"raftplay/raft/export"
	"raftplay/static"
)

// What one picture may take.
const (
	maxMemory = 512 << 20 // bytes, of the interpreter
	maxTime   = 30 * time.Second
)

// Options are what a picture shows, and how.
type Options struct {
	Theme   string // light or dark; "": light
	Section int    // from 1, as it stood at the section's end; 0: all of the run
	Width   int    // pixels, 480 to 2400; 0: as the nodes need it
	Legend  bool
}

// drawing is what the page's modules are asked for.
type drawing struct {
	Title      string   `json:"title,omitempty"`
	Config     any      `json:"config,omitempty"`
	Violations []broken `json:"violations,omitempty"`
	Theme      string   `json:"theme,omitempty"`
	Section    int      `json:"section,omitempty"`
	Width      int      `json:"width,omitempty"`
	Legend     bool     `json:"legend,omitempty"`
}

// broken is an invariant, and the event that broke it.
type broken struct {
	Invariant string `json:"invariant"`
	Event     int    `json:"event"`
}

// program gives Go one function to call: its answer is the picture, or why there
// is none.
const program = `
Promise.all([import('./js/model/journal.js'), import('./js/export/picture.js')]).then(
  ([{ Journal }, { drawPicture, sectionRange }]) => {
    globalThis.draw = (nodes, events, asked) => {
      const { section, ...options } = JSON.parse(asked)
      const journal = new Journal(nodes)
      journal.append(JSON.parse(events))
      const range = section ? sectionRange(journal, section) : {}
      if (!range) return JSON.stringify({ error: 'there is no section ' + section + ' in the run; 0 is all of it' })
      try {
        return JSON.stringify({ svg: drawPicture(journal, { ...options, ...range, cursor: range.to }) })
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        return JSON.stringify({ error: error.message })
      }
    }
  },
  error => { globalThis.draw = () => { throw error } },
)`

// SVG returns a run, or a section of it, as an SVG document that stands alone. The
// error tells what cannot be drawn: an unknown theme or section, a width out of
// range, a run with too many rows.
func SVG(d export.Document, o Options) ([]byte, error) {
	events, err := json.Marshal(d.Journal.Events(0))
	if err != nil {
		return nil, fmt.Errorf("the journal has no JSON: %w", err)
	}
	asked, err := json.Marshal(drawing{d.Title, d.Config, violations(d), o.Theme, o.Section, o.Width, o.Legend})
	if err != nil {
		return nil, fmt.Errorf("the configuration has no JSON: %w", err)
	}
	vm, err := start()
	if err != nil {
		return nil, fmt.Errorf("the drawing's modules do not start: %w", err)
	}
	defer vm.Close()
	answer, err := vm.Call("draw", d.Journal.Nodes(), string(events), string(asked))
	if err != nil {
		return nil, fmt.Errorf("the picture takes more than %s or %d MB, or cannot be drawn: %w", maxTime, maxMemory>>20, err)
	}
	var drawn struct{ SVG, Error string }
	if text, ok := answer.(string); !ok {
		return nil, errors.New("the drawing's modules gave no answer")
	} else if err := json.Unmarshal([]byte(text), &drawn); err != nil {
		return nil, fmt.Errorf("the drawing's answer is no JSON: %w", err)
	}
	if drawn.Error != "" {
		return nil, errors.New(drawn.Error)
	}
	return []byte(drawn.SVG), nil
}

// violations returns the invariants that the run breaks.
func violations(d export.Document) []broken {
	checker := check.New(d.Journal.Nodes())
	events := d.Journal.Events(0)
	for i := range events {
		checker.Check(&events[i])
	}
	var found []broken
	for _, v := range checker.Violations() {
		found = append(found, broken{v.Invariant.String(), v.Event})
	}
	return found
}

// start returns an interpreter with the program in it, and nothing of the outside
// but the page's files.
func start() (*quickjs.VM, error) {
	vm, err := quickjs.NewVM()
	if err != nil {
		return nil, err
	}
	vm.SetMemoryLimit(maxMemory)
	if err := errors.Join(vm.SetEvalTimeout(maxTime), load(vm)); err != nil {
		return nil, errors.Join(err, vm.Close())
	}
	return vm, nil
}

func load(vm *quickjs.VM) error {
	vm.SetModuleLoader(
		func(_ *quickjs.VM, name string) (string, error) {
			text, err := fs.ReadFile(static.Files, name)
			return string(text), err
		},
		func(_ *quickjs.VM, base, name string) (string, error) { return path.Join(path.Dir(base), name), nil },
	)
	if _, err := vm.Eval(program, quickjs.EvalGlobal); err != nil {
		return err
	}
	_, err := vm.ExecutePendingJobs() // modules are loaded asynchronously
	return err
}
