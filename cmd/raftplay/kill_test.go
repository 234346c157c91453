package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/gorilla/websocket"
)

// process is a server in a process of its own.
type process struct {
	cmd     *exec.Cmd
	address string
}

// launch starts a server that keeps its data in dir.
func launch(t *testing.T, program, dir string) *process {
	t.Helper()
	cmd := exec.Command(program, "serve", "-addr", "127.0.0.1:0", "-data", dir, "-max-actions", "100000")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	address, is := strings.CutPrefix(strings.TrimSpace(line), "Raftplay is at ")
	if !is {
		_ = cmd.Process.Kill()
		t.Fatalf("it says %q: %v", line, err)
	}
	return &process{cmd, address}
}

// kill ends the server without giving it time for anything.
func (p *process) kill(t *testing.T) {
	t.Helper()
	if err := p.cmd.Process.Kill(); err != nil {
		t.Error(err)
	}
	_ = p.cmd.Wait() // it was killed
}

// page is one who acts in a session, and notes what it is told.
type page struct {
	Session, Key, ViewKey string

	live    *websocket.Conn
	events  []string // all that it was shown, as they came
	done    int      // events that the last answer speaks of
	actions int      // that were answered
	name    string   // that the branch was given, and it was answered
	asked   string   // the last name that was asked for
}

// start starts a session.
func (p *page) start(address string) error {
	answer, err := http.Post(address+"/api/sessions", "application/json", strings.NewReader(`{}`))
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	return json.NewDecoder(answer.Body).Decode(p)
}

// connect opens the session, and says what the page has.
func (p *page) connect(address string) (err error) {
	p.live, _, err = websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(address, "http")+"/api/sessions/"+p.Session+"/live", nil)
	if err != nil {
		return err
	}
	return p.live.WriteJSON(map[string]any{"do": "hello", "v": 1, "key": p.Key, "have": map[string]int{"1": len(p.events)}})
}

var errNo = errors.New("the server refuses")

// read reads frames up to the one with the given word.
func (p *page) read(until string) (branches []json.RawMessage, err error) {
	for {
		var f struct {
			Is       string
			From     int
			Events   []json.RawMessage
			Branches []json.RawMessage
			Length   int
			Why      string
		}
		if err := p.live.ReadJSON(&f); err != nil {
			return nil, err
		}
		switch f.Is {
		case "events":
			if f.From != len(p.events) {
				return nil, fmt.Errorf("events after %d, and the page has %d", f.From, len(p.events))
			}
			for _, e := range f.Events {
				p.events = append(p.events, string(e))
			}
		case "done":
			p.done = f.Length
		case "rejected", "goodbye":
			return nil, fmt.Errorf("%w: %s: %s", errNo, f.Is, f.Why)
		}
		if f.Is == until {
			return f.Branches, nil
		}
	}
}

// act asks for the next thing, and waits for the answer.
func (p *page) act(n int) error {
	request := map[string]any{"do": "act", "id": n + 1, "branch": 1, "at": len(p.events),
		"action": map[string]any{"do": "campaign", "node": 1 + n%3}}
	name := ""
	if n%7 == 3 {
		name = fmt.Sprint("after ", n)
		p.asked = name
		request = map[string]any{"do": "name", "id": n + 1, "branch": 1, "name": name}
	}
	if err := p.live.WriteJSON(request); err != nil {
		return err
	}
	if _, err := p.read("done"); err != nil {
		return err
	}
	p.actions++
	if name != "" {
		p.name = name
	}
	return nil
}

// A server that is killed at any moment has lost nothing that it said was done:
// started again, it has all the events, as they were, and goes on with the same
// keys.
func TestKilledServersLoseNothing(t *testing.T) {
	program := filepath.Join(t.TempDir(), "raftplay")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	dir := filepath.Join(t.TempDir(), "data")
	chance := rand.New(rand.NewPCG(1, 4))
	pages := make([]page, 6)
	for round := range 5 {
		server := launch(t, program, dir)
		left := atomic.Int64{} // answers until the server is killed
		left.Store(int64(chance.IntN(400)))
		kill := sync.OnceFunc(func() { server.kill(t) })
		var wait sync.WaitGroup
		for i := range pages {
			wait.Go(func() {
				p := &pages[i]
				if err := p.check(server.address); err != nil {
					t.Errorf("round %d, page %d, after %d answers: %v", round, i, p.actions, err)
					kill()
					return
				}
				for n := p.actions; ; n++ {
					if err := p.act(n); err != nil {
						if errors.Is(err, errNo) {
							t.Errorf("round %d, page %d: %v", round, i, err)
						}
						break // it is gone
					}
					if left.Add(-1) < 0 {
						kill()
					}
				}
				p.live.Close()
			})
		}
		wait.Wait()
		kill()
		if t.Failed() {
			return
		}
	}
	total := 0
	for i := range pages {
		total += pages[i].actions
	}
	if total < 100 {
		t.Errorf("only %d actions were answered: the test says little", total)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) == 0 {
		t.Errorf("the data directory has %v: %v", files, err)
	}
}

// check starts the page's session, or opens it again and looks whether everything
// is there: for a page that has it all, and for one that has nothing.
func (p *page) check(address string) error {
	if p.Session == "" {
		if err := p.start(address); err != nil {
			return err
		}
	}
	fresh := page{Session: p.Session, Key: p.ViewKey}
	if err := fresh.connect(address); err != nil {
		return err
	}
	branches, err := fresh.read("welcome")
	if err != nil {
		return err
	}
	var main struct {
		Name   string
		Length int
	}
	if err := json.Unmarshal(branches[0], &main); err != nil {
		return err
	}
	for len(fresh.events) < main.Length {
		if _, err := fresh.read("events"); err != nil {
			return err
		}
	}
	fresh.live.Close()
	switch {
	case main.Length < p.done || main.Length < len(p.events):
		return fmt.Errorf("it has %d events: %d were answered for, %d were shown", main.Length, p.done, len(p.events))
	case !strings.HasPrefix(strings.Join(fresh.events, "\n"), strings.Join(p.events, "\n")):
		return fmt.Errorf("the events are not those that were shown")
	case p.name != "" && main.Name != p.name && main.Name != p.asked:
		return fmt.Errorf("the branch is called %q, and was called %q", main.Name, p.name)
	}
	if err := p.connect(address); err != nil {
		return err
	}
	if _, err := p.read("welcome"); err != nil {
		return err
	}
	for len(p.events) < main.Length { // what was kept, and not yet answered
		if _, err := p.read("events"); err != nil {
			return err
		}
	}
	return nil
}
