package server

import (
	"errors"
	"strings"
	"unicode/utf8"

	"raftplay/raft/sim"
	"raftplay/server/link"
)

// maxName is how many characters a branch's name may have.
const maxName = 60

// Act carries out an action that a reader asks for. At the end of a branch it
// goes on with the branch; at an earlier event, and on a branch whose script is
// not over, it starts a new one. It returns an error, and nothing has changed, if
// the action is not possible.
func (r *Reader) Act(q ActRequest) (Done, error) {
	return r.request(q.Branch, func(s *Session, b *branch) (*branch, change, error) {
		c := change{Branch: b.id}
		switch {
		case q.At > b.length() || q.At < 0:
			return nil, c, refuse(Stale, "the run has %d events: there is no event %d to act at", b.length(), q.At)
		case q.At < b.length() && !q.Fork:
			return nil, c, refuse(Stale, "the run has moved on to event %d: look at it, or start a branch at event %d", b.length(), q.At)
		}
		scripted := b.script != nil && !b.script.at.Done
		if scripted || q.At < b.length() {
			if most := s.hub.Limits.Branches; len(s.branches) >= most {
				return nil, c, refuse(Limit, "the session has %d branches, which is the limit: go on in one of them", len(s.branches))
			}
			c.Fork = &q.At
		}
		b, err := s.target(c)
		if err == nil {
			err = s.roomFor(b)
		}
		if err != nil {
			return nil, c, err
		}
		if _, err := b.run.ApplyWhile(q.Action, s.goOn(b)); err != nil {
			return nil, c, refuse(Refused, "%v", err)
		}
		actions := b.run.Actions()
		done := actions[len(actions)-1]
		c.Action = &done
		s.hub.Metrics.Actions.WithLabelValues(string(done.Do)).Inc()
		s.join(b)
		return b, c, nil
	})
}

// Extent is how far a script is played on.
type Extent string

// The extents.
const (
	OneStep    Extent = "step"
	OneSection Extent = "section" // to the end of the section that the next step belongs to
	ToTheEnd   Extent = "end"
)

// Play plays a branch's script on. If it returns an error, the steps before the
// one that fails were played.
func (r *Reader) Play(id int, to Extent) (Done, error) {
	return r.request(id, func(s *Session, b *branch) (*branch, change, error) {
		c := change{Branch: b.id}
		switch {
		case b.script == nil:
			return nil, c, refuse(Refused, "branch %q follows no script", b.name)
		case b.script.at.Done:
			return nil, c, refuse(Refused, "the script has been played to its end")
		case to != OneStep && to != OneSection && to != ToTheEnd:
			return nil, c, refuse(Frame, "a script is played on to %q: it must be step, section or end", to)
		}
		for {
			err := s.roomFor(b)
			if err == nil {
				c.Steps++
				err = b.script.step()
			}
			switch {
			case err != nil && c.Steps < 2 && b.run.Journal().Len() == b.length():
				return nil, c, err
			case err != nil, b.script.at.Done, to == OneStep, to == OneSection && b.script.sectionEnds():
				return b, c, err
			}
		}
	})
}

// Name gives a branch a name.
func (r *Reader) Name(id int, name string) (Done, error) {
	name = strings.TrimSpace(name)
	return r.request(id, func(s *Session, b *branch) (*branch, change, error) {
		c := change{Branch: b.id, Name: name}
		if n := utf8.RuneCountInString(name); n < 1 || n > maxName || !printable(name) {
			return nil, c, refuse(Refused, "a branch's name has 1 to %d printable characters", maxName)
		}
		b.name = name
		return b, c, nil
	})
}

func printable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(c rune) bool { return c < ' ' || c == 0x7f })
}

// request has the session change one of its branches. do returns the branch that
// it changed, which need not be the one asked for, nil if it changed none.
func (r *Reader) request(id int, do func(*Session, *branch) (*branch, change, error)) (done Done, err error) {
	s := r.session
	if r.may != Act {
		return done, refuse(Rights, "this link may only watch: start a session of your own to act")
	}
	gone := s.do(func() {
		if !s.rate.Allow() {
			err = refuse(Rate, "more than %g requests per second: wait a moment", s.hub.Limits.Actions)
			return
		}
		s.used()
		switch {
		case id < 1 || id > len(s.branches):
			err = refuse(Refused, "there is no branch %d: the session has %d", id, len(s.branches))
			return
		case s.bytes >= s.hub.Limits.SessionBytes:
			err = refuse(Limit, "the session has as many actions as the server keeps of one: share its run, and go on from that link")
			return
		}
		b, c, refused := do(s, s.branches[id-1])
		if err = refused; b == nil {
			return
		}
		if lost := s.keep(b, c); lost != nil {
			err = lost
			return
		}
		done = Done{Is: "done", Branch: b.id, Length: b.length()}
	})
	if err = errors.Join(gone, err); err != nil {
		return Done{}, err
	}
	return done, nil
}

// roomFor returns an error if b, or the server, has as many events as it may.
func (s *Session) roomFor(b *branch) error {
	switch n := b.size(); {
	case n >= s.hub.Limits.Events:
		return refuse(Limit, "the run has %d events (large ones count as several), which is the limit: go back and start a branch, or a new run", n)
	case s.hub.full():
		return refuse(Limit, "the server holds as many events as it can: try again later")
	}
	return nil
}

// crowded is how many times dearer than usual a policy's moves may be, before it is
// cut.
const crowded = 8

// goOn returns a function that tells after each move of a policy in b whether it may
// make one more.
func (s *Session) goOn(b *branch) func() bool {
	left := min(s.hub.Limits.Moves, s.hub.Limits.Events-b.size())
	cost := link.NewMeter(b.run.Journal(), b.run.Journal().Len(), crowded*left)
	return func() bool { left--; return left > 0 && cost.Read() }
}

// Config returns the configuration that the session started from.
func (s *Session) Config() sim.Config { return s.config }
