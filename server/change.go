package server

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"raftplay/raft/sim"
	"raftplay/server/keep"
)

// changeVersion is the version of what is kept of a change.
const changeVersion = 1

// mostMoves is more than any policy's run that is kept has moves.
const mostMoves = 1 << 17

// change is what one request did to a session, as it is kept: an action, so many
// steps of a script, or a name. It tells what came of it, so that a server which
// carries it out again notices if that is something else.
type change struct {
	Version int         `json:"v"`
	Branch  int         `json:"branch"`           // asked for
	Fork    *int        `json:"fork,omitempty"`   // on a new branch, from this event of the one asked for
	Action  *sim.Action `json:"action,omitempty"` // if it was cut, with the count of its moves
	Steps   int         `json:"steps,omitempty"`  // tried; the last one may have failed in its middle
	Name    string      `json:"name,omitempty"`
	Length  int         `json:"length"`         // of the branch after it
	Hash    string      `json:"hash,omitempty"` // of the events that it brought
}

func readChange(text []byte) (c change, err error) {
	if err := json.Unmarshal(text, &c); err != nil {
		return c, err
	}
	if c.Version != changeVersion {
		return c, fmt.Errorf("it has version %d, and this program knows %d", c.Version, changeVersion)
	}
	return c, nil
}

// target returns the branch that a change is made to: the one asked for, or a new
// one that is not yet part of the session.
func (s *Session) target(c change) (*branch, error) {
	if c.Branch < 1 || c.Branch > len(s.branches) {
		return nil, refuse(Refused, "there is no branch %d: the session has %d", c.Branch, len(s.branches))
	}
	b := s.branches[c.Branch-1]
	switch {
	case c.Fork == nil:
		return b, nil
	case *c.Fork < 0 || *c.Fork > b.length():
		return nil, refuse(Refused, "there is no event %d to start a branch at", *c.Fork)
	}
	for *c.Fork < b.from { // the event belongs to the parent
		b = s.branches[b.parent-1]
	}
	return b.fork(len(s.branches)+1, *c.Fork)
}

// join makes a branch part of the session, if it is a new one.
func (s *Session) join(b *branch) {
	if b.id > len(s.branches) {
		s.branches = append(s.branches, b)
	}
}

// result notes what came of a change, and returns how many events it brought.
func (c *change) result(b *branch) int {
	before := b.length()
	b.record()
	c.Length, c.Hash = b.length(), ""
	if news := b.events[before-b.from:]; len(news) > 0 {
		h := sha256.New()
		for _, e := range news {
			h.Write(e)
		}
		c.Hash = base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:9])
	}
	return c.Length - before
}

// keep takes up what a change did to a branch. Once it is kept, it is shown. If it
// cannot be kept, the session leaves memory, so that it can be found again as it
// was.
func (s *Session) keep(b *branch, c change) error {
	events := c.result(b)
	c.Version = changeVersion
	text := Encode(c)
	began := time.Now()
	if err := s.hub.Store.Append(s.ID, s.entries, text); err != nil {
		s.hub.Log.Error("a change was not kept", "session", s.ID[:6], "error", err)
		s.ending = &Ending{CloseRestart, "the session goes on as it was: the last change could not be kept"}
		if errors.Is(err, keep.ErrNone) {
			s.ending = &Ending{CloseEnded, "the session has ended: it is no longer kept"}
			return refuse(NotFound, "it was not done: the session is no longer kept")
		}
		return refuse(Broken, "it was not done, because it could not be kept: %v", err)
	}
	s.hub.Metrics.Append.Observe(time.Since(began).Seconds())
	s.hub.Metrics.Events.Add(float64(events))
	s.entries++
	s.bytes += int64(len(text))
	s.changed(b, events > 0)
	return nil
}

// again makes a change that was kept once more. The session is not served yet.
func (s *Session) again(text []byte) error {
	c, err := readChange(text)
	if err != nil {
		return err
	}
	b, err := s.redo(c)
	if err != nil {
		return err
	}
	came := c
	if events := came.result(b); events > 0 {
		s.last = b
	}
	if came.Length != c.Length || came.Hash != c.Hash {
		return errors.New("it brings other events than it did")
	}
	s.entries++
	s.bytes += int64(len(text))
	return nil
}

// redo carries a kept change out and returns the branch that it changed.
func (s *Session) redo(c change) (*branch, error) {
	b, err := s.target(c)
	if err != nil {
		return nil, err
	}
	switch {
	case c.Action != nil:
		if _, err := b.run.ApplyUpTo(*c.Action, mostMoves); err != nil {
			return nil, err
		}
	case c.Steps > 0 && b.script != nil:
		for n := 1; n <= c.Steps; n++ {
			if b.script.at.Done {
				return nil, errors.New("the script is shorter")
			}
			if err := b.script.step(); err != nil && n < c.Steps {
				return nil, err
			}
		}
	case c.Name != "":
		b.name = c.Name
	default:
		return nil, errors.New("it says nothing that can be done")
	}
	s.join(b)
	return b, nil
}
