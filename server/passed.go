package server

import (
	"slices"

	"raftplay/raft/sim"
	"raftplay/scenarios"
	"raftplay/server/link"
)

// StartRun starts a session that goes on from a run that was passed on. If the run
// is what the first steps of its scenario do, the scenario's script goes on too.
func (h *Hub) StartRun(r link.Run) (*Session, error) {
	story, err := r.Story()
	if err != nil {
		return nil, refuse(Refused, "the link's scenario has mistakes: %v", err)
	}
	began := head{Run: &r}
	began.tell(story)
	return h.start(began)
}

// Link returns a branch's run in the form in which it is passed on, with the event
// looked at.
func (s *Session) Link(key string, id, cursor int) (r link.Run, err error) {
	var run *sim.Run
	err = s.look(key, id, func(b *branch) (err error) {
		if cursor < 0 || cursor > b.length() {
			return refuse(Stale, "the run has %d events: there is no event %d to look at", b.length(), cursor)
		}
		run, err = b.run.Fork(b.length()) // the session goes on while its events are read
		return err
	})
	if err != nil {
		return r, err
	}
	r = link.Of(run, cursor)
	switch {
	case s.story == nil:
	case s.inLibrary():
		r.Scenario = s.story.Name
	default:
		r.Source = s.story.Text
	}
	return r, nil
}

// inLibrary reports whether the session's scenario is the library's own.
func (s *Session) inLibrary() bool {
	if !slices.Contains(scenarios.List(), s.story.Name) {
		return false
	}
	text, err := scenarios.Source(s.story.Name)
	return err == nil && string(text) == s.story.Text
}

// Scenario writes a branch's run as a scenario file.
func (s *Session) Scenario(key string, id int) (source []byte, err error) {
	story := scenarios.Scenario{Title: "A Raft run", Config: s.config}
	if s.story != nil {
		story = *s.story
	}
	var actions []sim.Action
	err = s.look(key, id, func(b *branch) error {
		actions = slices.Clone(b.run.Actions())
		return nil
	})
	if err != nil {
		return nil, err
	}
	if source, err = scenarios.Encode(&story, actions); err != nil {
		return nil, refuse(Refused, "%v", err)
	}
	return source, nil
}

// look has the session's goroutine look at a branch, for the holder of any key.
func (s *Session) look(key string, id int, at func(*branch) error) (err error) {
	if _, err := s.Rights(key); err != nil {
		return err
	}
	gone := s.do(func() {
		if id < 1 || id > len(s.branches) {
			err = refuse(NotFound, "there is no branch %d: the session has %d", id, len(s.branches))
			return
		}
		err = at(s.branches[id-1])
	})
	if gone != nil {
		return gone
	}
	return err
}
