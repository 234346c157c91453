package server

import (
	"errors"
	"strings"
	"unicode/utf8"

	"raftplay/raft/sim"
)

// maxName is how many characters a branch's name may have.
const maxName = 60

// Act carries out an action that a reader asks for. At the end of a branch it
// goes on with the branch; at an earlier event, and on a branch whose script is
// not over, it starts a new one. It returns an error, and nothing has changed, if
// the action is not possible.
func (r *Reader) Act(q ActRequest) (Done, error) {
	return r.request(q.Branch, func(s *Session, b *branch) (*branch, error) {
		switch {
		case q.At > b.length() || q.At < 0:
			return nil, refuse(Stale, "the run has %d events: there is no event %d to act at", b.length(), q.At)
		case q.At < b.length() && !q.Fork:
			return nil, refuse(Stale, "the run has moved on to event %d: look at it, or start a branch at event %d", b.length(), q.At)
		}
		scripted := b.script != nil && !b.script.at.Done
		if scripted || q.At < b.length() {
			var err error
			if b, err = s.fork(b, q.At); err != nil {
				return nil, err
			}
		}
		if err := s.roomFor(b); err != nil {
			return nil, err
		}
		if _, err := b.run.ApplyUpTo(q.Action, s.moves(b)); err != nil {
			return nil, refuse(Refused, "%v", err)
		}
		s.hub.Metrics.Actions.WithLabelValues(string(q.Action.Do)).Inc()
		if b.id > len(s.branches) {
			s.branches = append(s.branches, b)
		}
		return b, nil
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

// Play plays a branch's script on.
func (r *Reader) Play(id int, to Extent) (Done, error) {
	return r.request(id, func(s *Session, b *branch) (*branch, error) {
		switch {
		case b.script == nil:
			return nil, refuse(Refused, "branch %q follows no script", b.name)
		case b.script.at.Done:
			return nil, refuse(Refused, "the script has been played to its end")
		case to != OneStep && to != OneSection && to != ToTheEnd:
			return nil, refuse(Frame, "a script is played on to %q: it must be step, section or end", to)
		}
		for played := 0; ; played++ {
			err := s.roomFor(b)
			if err == nil {
				err = b.script.step()
			}
			if err != nil {
				if played > 0 || b.run.Journal().Len() > b.length() {
					s.take(b)
				}
				return nil, err
			}
			if b.script.at.Done || to == OneStep || to == OneSection && b.script.sectionEnds() {
				return b, nil
			}
		}
	})
}

// Name gives a branch a name.
func (r *Reader) Name(id int, name string) (Done, error) {
	name = strings.TrimSpace(name)
	return r.request(id, func(s *Session, b *branch) (*branch, error) {
		if n := utf8.RuneCountInString(name); n < 1 || n > maxName || !printable(name) {
			return nil, refuse(Refused, "a branch's name has 1 to %d printable characters", maxName)
		}
		b.name = name
		return b, nil
	})
}

func printable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(c rune) bool { return c < ' ' || c == 0x7f })
}

// request has the session change one of its branches. change returns the branch
// that it changed, which need not be the one asked for.
func (r *Reader) request(id int, change func(*Session, *branch) (*branch, error)) (done Done, err error) {
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
		if id < 1 || id > len(s.branches) {
			err = refuse(Refused, "there is no branch %d: the session has %d", id, len(s.branches))
			return
		}
		var b *branch
		if b, err = change(s, s.branches[id-1]); err == nil {
			s.take(b)
			done = Done{Is: "done", Branch: b.id, Length: b.length()}
		}
	})
	return done, errors.Join(gone, err)
}

// take takes up what happened in a branch's run, and shows it.
func (s *Session) take(b *branch) {
	before := b.length()
	b.record()
	s.hub.Metrics.Events.Add(float64(b.length() - before))
	s.changed(b, b.length() > before)
}

// fork returns a new branch, which is not yet part of the session.
func (s *Session) fork(from *branch, at int) (*branch, error) {
	if len(s.branches) >= s.hub.Limits.Branches {
		return nil, refuse(Limit, "the session has %d branches, which is the limit: go on in one of them", len(s.branches))
	}
	for at < from.from { // the event belongs to the parent
		from = s.branches[from.parent-1]
	}
	return from.fork(len(s.branches)+1, at)
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

// moves returns how many moves a policy may make in b.
func (s *Session) moves(b *branch) int {
	return min(s.hub.Limits.Moves, s.hub.Limits.Events-b.size())
}

// Config returns the configuration that the session started from.
func (s *Session) Config() sim.Config { return s.config }
