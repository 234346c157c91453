package server

import (
	"slices"
	"strings"
	"testing"

	"raftplay/raft/sim"
	"raftplay/scenarios"
)

// A link from the middle of a lesson goes on with the lesson, in another server
// and after that one was restarted; one that has left the lesson only has its words.
func TestLinksGoOnWithTheirLesson(t *testing.T) {
	h := newHub(nil)
	defer h.Close()
	story, err := scenarios.Load("first-election")
	if err != nil {
		t.Fatal(err)
	}
	s, r := lesson(t, h, story)
	done, err := r.Play(1, OneSection)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Act(ActRequest{Branch: 1, At: done.Length, Action: sim.Action{Do: sim.Crash, Node: 3}}); err != nil {
		t.Fatal(err)
	}
	for branch, goesOn := range map[int]bool{1: true, 2: false} {
		passed, err := s.Link(s.ViewKey, branch, 1)
		if err != nil || passed.Scenario != "first-election" || passed.Source != "" {
			t.Fatalf("%+v: %v", passed, err)
		}
		dir := t.TempDir()
		other := hubOf(DefaultLimits(), open(t, dir))
		opened, err := other.StartRun(passed)
		if err != nil {
			t.Fatal(err)
		}
		play := attach(t, opened, opened.Key, nil)
		if _, err := play.Play(1, OneStep); (err == nil) != goesOn {
			t.Errorf("branch %d goes on: %v", branch, err)
		}
		if _, err := play.Name(1, "opened"); err != nil {
			t.Fatal(err)
		}
		play.Leave()
		was := seen(t, opened)
		other.Close()
		other = hubOf(DefaultLimits(), open(t, dir))
		defer other.Close()
		again, err := other.Session(opened.ID)
		if err != nil {
			t.Fatal(err)
		}
		if now := seen(t, again); !slices.Equal(now, was) || !strings.Contains(now[0], story.Title) {
			t.Errorf("branch %d: after a restart it shows %q, and showed %q", branch, now, was)
		}
	}
}
