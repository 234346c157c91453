package web

import (
	"net/http"
	"strings"
	"testing"

	"raftplay/scenarios"
	"raftplay/server"
)

func (s *site) play(body any) server.Played {
	s.t.Helper()
	var p server.Played
	s.ask(http.StatusOK, http.MethodPost, "/api/play", "", body, &p)
	return p
}

// A link is played without a session: the events are those of the session that it
// was made of.
func TestPlayLinks(t *testing.T) {
	s := newSite(t, nil)
	keys, p := s.lively()
	l := s.share(keys, keys.Key, 2, 8, true)
	for _, body := range []map[string]string{{"link": l.Link}, {"run": l.Run}, {"link": l.Link}} {
		played := s.play(body)
		var events []string
		for _, e := range played.Events {
			events = append(events, string(e))
		}
		if a, b := strings.Join(p.journal[2], "\n"), strings.Join(events, "\n"); a != b || played.Cursor != 8 || played.Scenario != nil {
			t.Errorf("%v: at %d:\n%s\n--- and\n%s", body, played.Cursor, a, b)
		}
		if c, err := played.Config.Config(); err != nil || c.Nodes != 5 || c.Seed != 9 || !strings.Contains(played.Table, "NEW ROLE") {
			t.Errorf("%v: %v, %+v\n%s", body, err, c, played.Table)
		}
	}
	if _, metrics := s.request(http.MethodGet, "/metrics", "", nil); !strings.Contains(metrics, "raftplay_sessions 1\n") {
		t.Error("playing started a session")
	}
}

// Every scenario of the library comes as it should when its text is played, and
// so does the link of its session; every step has its place.
func TestPlayScenarios(t *testing.T) {
	s := newSite(t, nil)
	for _, name := range scenarios.List() {
		text, err := scenarios.Source(name)
		if err != nil {
			t.Fatal(err)
		}
		played := s.play(map[string]string{"source": string(text)})
		if played.Scenario == nil || played.Cursor != len(played.Events) || len(played.Failures)+len(played.Mistakes) > 0 || len(played.Results) == 0 {
			t.Errorf("%s: %d events, looked at %d, failures %q, mistakes %v, %d results", name, len(played.Events), played.Cursor, played.Failures, played.Mistakes, len(played.Results))
		}
		last := 0
		for _, step := range played.Steps {
			if step.Events < last || step.Step > 0 && step.Line == 0 {
				t.Errorf("%s: %+v after event %d", name, step, last)
			}
			last = step.Events
		}
		if last != len(played.Events) {
			t.Errorf("%s: the last step ends at event %d of %d", name, last, len(played.Events))
		}

		keys := s.start(`{"scenario":"` + name + `"}`)
		p := s.open(keys.Session, keys.Key, nil)
		p.must(p.ask(map[string]any{"do": "script", "branch": 1, "to": "end"}))
		linked := s.play(map[string]string{"link": s.share(keys, keys.Key, 1, 2, false).Link})
		if len(linked.Events) != len(played.Events) || len(linked.Results) != len(played.Results) || linked.Scenario == nil || linked.Scenario.Title != played.Scenario.Title {
			t.Errorf("%s: its link has %d events and %d results instead of %d and %d", name, len(linked.Events), len(linked.Results), len(played.Events), len(played.Results))
		}
	}
}

// Mistakes come with their places; what can be played before one is played.
func TestPlayMistakes(t *testing.T) {
	s := newSite(t, nil)
	const steps = "title: T\nsteps:\n  - campaign: N-1\n  - drain\n"
	for _, c := range []struct {
		source string
		place  server.PlayedMistake
		events bool
	}{
		{"title: [", server.PlayedMistake{Line: 1, Column: 8, Text: ""}, false},
		{"", server.PlayedMistake{Line: 1, Column: 1, Text: "the file is empty"}, false},
		{steps + "  - fly: N-1\n", server.PlayedMistake{Line: 5, Column: 5, Text: "fly"}, false},
		{steps + "  - restart: N-1\n", server.PlayedMistake{Line: 5, Column: 5, Text: "restart: N-1: N-1 is running already"}, true},
	} {
		p := s.play(map[string]string{"source": c.source})
		if len(p.Mistakes) == 0 {
			t.Errorf("%q: no mistakes", c.source)
			continue
		}
		m := p.Mistakes[0]
		if m.Line != c.place.Line || m.Column != c.place.Column || !strings.Contains(m.Text, c.place.Text) ||
			(len(p.Events) > 3) != c.events || (p.Scenario != nil) != c.events || (p.Config != nil) != c.events {
			t.Errorf("%q: %+v with %d events, %+v", c.source, m, len(p.Events), p.Scenario)
		}
	}
	failing := s.play(map[string]string{"source": steps + "  - expect: {leaders: N-2}\n"})
	if len(failing.Failures) != 1 || len(failing.Results) != 1 || failing.Results[0].Held || failing.Results[0].Step != 3 || len(failing.Mistakes) != 0 {
		t.Errorf("%+v, %+v, %+v", failing.Failures, failing.Results, failing.Mistakes)
	}
}

// A run that breaks an invariant says so.
func TestPlayViolations(t *testing.T) {
	s := newSite(t, nil)
	p := s.play(map[string]string{"source": "title: T\nrules: {electionNeedsMajority: false}\nsteps:\n  - campaign: N-1\n  - campaign: N-2\n"})
	if len(p.Violations) != 1 || p.Violations[0].Invariant != "Election Safety" || len(p.Failures) != 1 {
		t.Errorf("%+v, %q", p.Violations, p.Failures)
	}
}

// A scenario that would go on for ever is cut where it passes the limit.
func TestPlayIsLimited(t *testing.T) {
	s := newSite(t, func(l *server.Limits) { l.Events, l.Nodes = 30, 3 })
	p := s.play(map[string]string{"source": "title: T\nsteps:\n" + strings.Repeat("  - campaign: N-1\n  - drain\n", 30)})
	if len(p.Mistakes) != 1 || !strings.Contains(p.Mistakes[0].Text, "too long to be played here") || len(p.Events) > 100 {
		t.Errorf("%d events, %+v", len(p.Events), p.Mistakes)
	}
	p = s.play(map[string]string{"source": "title: T\ntimers: {mode: running}\nsteps:\n  - timed: {count: 5000}\n"})
	if len(p.Mistakes) != 1 || p.Mistakes[0].Line != 4 || !strings.Contains(p.Mistakes[0].Text, "too long to be played here") || len(p.Events) > 100 {
		t.Errorf("%d events, %+v", len(p.Events), p.Mistakes)
	}
	if status, text := s.request(http.MethodPost, "/api/play", "", `{"source":"title: T\nnodes: 5\nsteps: [drain]\n"}`); status != http.StatusUnprocessableEntity || !strings.Contains(text, "this server allows 3") {
		t.Errorf("status %d, %s", status, text)
	}
	for _, body := range []string{`{}`, `{"source":"x","link":"y"}`} {
		if status, text := s.request(http.MethodPost, "/api/play", "", body); status != http.StatusBadRequest || !strings.Contains(text, "one of them") {
			t.Errorf("%s: status %d, %s", body, status, text)
		}
	}
}
