package main

import (
	"strings"
	"testing"

	"raftplay/raft/export"
	"raftplay/raft/sim"
	"raftplay/server/link"
)

// carried returns the payload of a run of the library's scenario.
func carried(t *testing.T, name string) string {
	t.Helper()
	source, err := find(name, nil)
	if err != nil {
		t.Fatal(err)
	}
	p, err := source.play()
	if err != nil {
		t.Fatal(err)
	}
	r := link.Of(p.run, 3)
	r.Scenario = name
	packed, err := r.Pack()
	if err != nil {
		t.Fatal(err)
	}
	return packed
}

// A link prints what its run prints, in every format and however it is written.
func TestRunTakesLinks(t *testing.T) {
	packed := carried(t, "first-election")
	for _, format := range export.Formats {
		want, _, _ := raftplay("", "run", "-format", format, "first-election")
		for _, name := range []string{packed, "https://raft.example.org/#/r/" + packed, "http://127.0.0.1:8080/embed#" + packed, "-"} {
			out, errs, status := raftplay("http://x/#/r/"+packed+"\n", "run", "-format", format, name)
			if status != fine || out != want || errs != "" {
				t.Errorf("%s of %.40s: status %d, %q, %d bytes instead of %d", format, name, status, errs, len(out), len(want))
			}
		}
	}
}

// A run without a scenario has no words of its own.
func TestRunTakesLinksWithoutWords(t *testing.T) {
	run, err := sim.NewRun(sim.DefaultConfig())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := run.Apply(sim.Action{Do: sim.Timeout, Node: 2}); err != nil {
		t.Fatal(err)
	}
	packed, err := link.Of(run, 3).Pack()
	if err != nil {
		t.Fatal(err)
	}
	if out, errs, status := raftplay("", "run", packed); status != fine || !strings.Contains(out, "N-2") || errs != "" {
		t.Errorf("status %d, %q\n%s", status, errs, out)
	}
}

// A link that cannot be opened ends with status 2 and says in one line why.
func TestWrongLinks(t *testing.T) {
	packed := carried(t, "first-election")
	altered, err := link.Unpack(packed)
	if err != nil {
		t.Fatal(err)
	}
	altered.Engine, altered.Hash = "0", "x"
	foreign, err := altered.Pack()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, says string }{
		{"https://raft.example.org/#/r/" + packed[:40], "the link is cut"},
		{packed[:40], "the link is cut"},
		{"https://raft.example.org/#/r/", "the link is empty"},
		{"https://raft.example.org/#/r/" + packed + "?x", "this is no link"},
		{"https://raft.example.org/#/r/" + foreign, "made by engine 0; this is engine 1"},
		{"https://raft.example.org/s/k7fzqdsbsm5onhrc", "this short link is kept by its server"},
		{"https://raft.example.org/#/k/k7fzqdsbsm5onhrc", "this short link is kept by its server"},
		{"https://raft.example.org/embed#k/k7fzqdsbsm5onhrc", "this short link is kept by its server"},
	} {
		out, errs, status := raftplay("", "run", c.name)
		if status != misused || out != "" || !strings.Contains(errs, c.says) || strings.Count(errs, "\n") != 1 {
			t.Errorf("%s: status %d, printed %q, %q", c.name, status, out, errs)
		}
	}
	if _, errs, status := raftplay("", "verify", packed); status != misused || !strings.Contains(errs, "no expectations to verify") {
		t.Errorf("verify: status %d, %q", status, errs)
	}
}
