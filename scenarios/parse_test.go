package scenarios_test

import (
	"errors"
	"strings"
	"testing"

	"raftplay/scenarios"
)

func containsAll(text string, parts ...string) bool {
	for _, p := range parts {
		if !strings.Contains(text, p) {
			return false
		}
	}
	return true
}

// Every mistake is told with its place, what is wrong, and what is allowed.
func TestMistakes(t *testing.T) {
	steps := func(lines ...string) string {
		return "title: T\nsteps:\n  - " + strings.Join(lines, "\n  - ") + "\n"
	}
	for _, c := range []struct{ name, src, at, says, allows string }{
		{"empty file", "", "1:1", "empty", "title"},
		{"no title", "steps: [drain]\n", "1:1", "title is missing", `"title"`},
		{"no steps", "title: T\n", "1:1", "no steps", `"sections"`},
		{"not YAML", "title: \"T\nsteps: []\n", "1:8", "not YAML", "double-quoted"},
		{"not a mapping", "- drain\n", "1:1", "must be keys with values", "title, about"},
		{"unknown key", "title: T\nnode: 3\nsteps: []\n", "2:1", `no key "node"`, "nodes"},
		{"too many nodes", "title: T\nnodes: 16\nsteps: []\n", "2:8", `"16"`, "1 to 15"},
		{"unknown profile", "title: T\nprofile: papre\nsteps: []\n", "2:10", `"papre"`, "production"},
		{"unknown rule", "title: T\nrules: {prevote: true}\nsteps: []\n", "2:9", `no key "prevote"`, "preVote"},
		{"not true or false", "title: T\nrules: {preVote: yes}\nsteps: []\n", "2:18", `"yes"`, "true, false"},
		{"falling range", "title: T\ntimers: {election: 300-150}\nsteps: []\n", "2:20", `"300-150"`, "rising"},
		{"section without title", "title: T\nsections:\n  - steps: [drain]\n", "3:5", "no title", `"title"`},
		{"alias", "title: &a T\nabout: *a\nsteps: []\n", "1:8", "anchors", "quotes"},
		{"merge key", "title: T\nrules:\n  <<: {preVote: true}\nsteps: []\n", "3:3", "merge keys", "write the value out"},
		{"tag", "title: !!str T\nsteps: []\n", "1:8", "tags", "quotes"},
		{"two documents", "title: T\nsteps: []\n---\ntitle: U\n", "4:1", "one scenario", "---"},
		{"too deep", "title: T\nsteps: " + strings.Repeat("[", 50) + strings.Repeat("]", 50) + "\n", "2:20", "12 deep", ""},
		{"unknown step", steps("drian"), "3:5", `"drian"`, "drain"},
		{"two steps in one", steps("crash: N-1\n    restart: N-1"), "4:5", "one key", "dash"},
		{"unknown key of a step", steps("send: {nod: N-1}"), "3:12", `no key "nod"`, "node, count, recorded"},
		{"missing key", steps("ask: {node: N-1}"), "3:11", `"command"`, ""},
		{"value instead of keys", steps("cut: N-1"), "3:10", "keys with values", "from, to, mode"},
		{"unknown node", steps("crash: N-4"), "3:12", `"N-4"`, "N-1 to N-3"},
		{"missing node", steps("crash:"), "3:5", "keys with values", "node"},
		{"bad command", steps("ask: {node: N-1, command: sett x 1}"), "3:31", "sett x 1", "set KEY VALUE"},
		{"bad message", steps("deliver: 17"), "3:14", `"17"`, "m17"},
		{"unknown type", steps("drop: {type: Append}"), "3:18", `"Append"`, "AppendEntries"},
		{"no message", steps("drop: {recorded: false}"), "3:12", "needs a message", "from, to"},
		{"unknown condition", steps("drain: {until: {comitted: 2}}"), "3:21", `"comitted"`, "committed, applied"},
		{"wrong policy for a condition", steps("drain: {until: {passed: 10}}"), "3:29", "timed", ""},
		{"wrong mode", steps("isolate: {node: N-1, mode: deliver}"), "3:32", `"deliver"`, "discard, hold"},
		{"empty expectation", steps("expect: {}"), "3:13", "says nothing", ""},
		{"unknown role", steps("expect: {roles: {N-1: boss}}"), "3:27", `"boss"`, "pre-candidate"},
		{"bad entry", steps("expect: {log: [x]}"), "3:20", `"x"`, "2 add x 1"},
		{"bad answer", steps("expect: {answers: yes}"), "3:23", `"yes"`, "redirect N-2"},
		{"unknown invariant", steps("expect: {violations: Safety}"), "3:26", `"Safety"`, "Election Safety"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := scenarios.Parse("lesson.yaml", []byte(c.src))
			if err == nil {
				t.Fatal("the mistake is not noticed")
			}
			if !strings.HasPrefix(err.Error(), "lesson.yaml:"+c.at+": ") || !containsAll(err.Error(), c.says, c.allows) {
				t.Errorf("want lesson.yaml:%s: … %s … %s\ngot  %s", c.at, c.says, c.allows, err)
			}
		})
	}
}

// All mistakes of a file are reported at once, in its order.
func TestAllMistakesAtOnce(t *testing.T) {
	_, err := scenarios.Parse("lesson.yaml", []byte("title: T\nsteps:\n  - crash: N-9\n  - drian\n  - send: {node: N-1, cout: 1}\n"))
	var found scenarios.Mistakes
	if !errors.As(err, &found) || len(found) != 3 {
		t.Fatalf("want three mistakes, got: %v", err)
	}
	for i, line := range []int{3, 4, 5} {
		if found[i].Line != line {
			t.Errorf("mistake %d is at line %d, want %d: %s", i+1, found[i].Line, line, found[i].Text)
		}
	}
}

// What follows from a mistake is not reported as another.
func TestOneMistakeIsReportedOnce(t *testing.T) {
	for _, src := range []string{
		"- timeout: N-1\n- drain\n",
		"title: T\nsteps:\n  - drain: {until: {handeld: PreVote}}\n",
		"title: T\nnodes: 16\nsteps: [drain]\n",
	} {
		_, err := scenarios.Parse("lesson.yaml", []byte(src))
		var found scenarios.Mistakes
		if !errors.As(err, &found) || len(found) != 1 {
			t.Errorf("%q: want one mistake, got: %v", src, err)
		}
	}
}

func TestSizeIsBounded(t *testing.T) {
	large := "title: T\nabout: " + strings.Repeat("x", scenarios.MaxSize) + "\nsteps: []\n"
	if _, err := scenarios.Parse("f", []byte(large)); err == nil || !strings.Contains(err.Error(), "bytes") {
		t.Errorf("got %v", err)
	}
	for _, long := range []string{strings.Repeat("a: ", 80_000), "title: T\n# " + strings.Repeat("x", 40_000) + "\nsteps: []\n"} {
		if _, err := scenarios.Parse("f", []byte(long)); err == nil || !strings.Contains(err.Error(), "32768; break it") {
			t.Errorf("got %.100v", err)
		}
	}
	many := "title: T\nsteps:\n" + strings.Repeat("- drain\n", scenarios.MaxSteps+1)
	if _, err := scenarios.Parse("f", []byte(many)); err == nil || !strings.Contains(err.Error(), "10000") {
		t.Errorf("got %v", err)
	}
}

// A key can stand before or after what it depends on.
func TestOrderOfKeysDoesNotMatter(t *testing.T) {
	s, err := scenarios.Parse("f.yaml", []byte("steps: [crash: N-5]\nrules: {preVote: false}\nprofile: production\nnodes: 5\ntitle: T\n"))
	if err != nil {
		t.Fatal(err)
	}
	if s.Config.Nodes != 5 || s.Config.Rules.PreVote || !s.Config.Rules.CheckQuorum {
		t.Errorf("got %+v", s.Config)
	}
}

// Whatever it is given, Parse does not panic; it returns a scenario that can be
// started, or mistakes with their places.
func FuzzParse(f *testing.F) {
	for _, name := range scenarios.List() {
		src, err := scenarios.Source(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
	}
	f.Add([]byte("title: T\nsteps: [drain, {ask: {node: 1, command: get x}}, {expect: {leaders: none}}]\n"))
	f.Add([]byte("a: &x [*x]"))
	f.Add([]byte("? - - [{"))
	f.Fuzz(func(t *testing.T, src []byte) {
		s, err := scenarios.Parse("fuzz.yaml", src)
		if err == nil {
			if _, err := s.NewPlayer(); err != nil {
				t.Fatalf("it parses but does not start: %v", err)
			}
			return
		}
		var found scenarios.Mistakes
		if !errors.As(err, &found) || len(found) == 0 {
			t.Fatalf("an error without mistakes: %v", err)
		}
		for _, m := range found {
			if m.Line < 1 || m.Column < 1 || m.Text == "" || m.File != "fuzz.yaml" {
				t.Fatalf("a mistake without a place: %+v", m)
			}
		}
	})
}
