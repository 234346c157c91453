package link

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"raftplay/raft/sim"
	"raftplay/raft/trace"
)

// packed is a run as its payload has it.
type packed struct {
	Run
	Actions json.RawMessage `json:"actions"`
}

// packedAction is an action whose messages are told by how far their ids are from
// the last one named, so that repeated clicks are repeated bytes: 1, 2, … is the
// next one, the one after it, …; -1 the same, -2 the one before it, …; 0 is none.
type packedAction struct {
	sim.Action
	Message int64 `json:"message,omitempty"`
	After   int64 `json:"after,omitempty"`
}

func relative(id, last trace.MessageID) int64 {
	switch distance := int64(id) - int64(last); {
	case id == 0:
		return 0
	case distance > 0:
		return distance
	default:
		return distance - 1
	}
}

func absolute(distance int64, last trace.MessageID) (trace.MessageID, error) {
	if distance == 0 {
		return 0, nil
	}
	id := int64(last) + distance
	if distance < 0 {
		id++
	}
	if id < 1 || id > 1<<32-1 {
		return 0, fmt.Errorf("there can be no message m%d", id)
	}
	return trace.MessageID(id), nil
}

// encode returns the run's JSON as it is compressed.
func (r Run) encode() ([]byte, error) {
	actions := make([]packedAction, len(r.Actions))
	var last trace.MessageID
	for i, a := range r.Actions {
		p := packedAction{a, relative(a.Message, last), relative(a.After, a.Message)}
		p.Action.Message, p.Action.After = 0, 0
		actions[i] = p
		if a.Message != 0 {
			last = a.Message
		}
	}
	list, err := json.Marshal(actions)
	if err != nil {
		return nil, err
	}
	return json.Marshal(packed{r, list})
}

// decode reads a run's JSON. A run has one spelling only: what encode writes.
func decode(text []byte) (Run, error) {
	r, err := read(text)
	if err == nil {
		var again []byte
		if again, err = r.encode(); err == nil && !bytes.Equal(again, text) {
			err = errors.New("it is not spelled as links are")
		}
	}
	if err == nil {
		return r, nil
	}
	var made struct {
		Engine string `json:"engine"`
	}
	if json.Unmarshal(text, &made) == nil && made.Engine != "" && made.Engine != sim.Engine {
		return Run{}, fmt.Errorf("this run was made by engine %.20s; this is engine %s, which cannot read it: open it with the version that made it (%.300w)",
			made.Engine, sim.Engine, err)
	}
	return Run{}, fmt.Errorf("the link holds no run: %.300w", err)
}

func read(text []byte) (Run, error) {
	if !utf8.Valid(text) {
		return Run{}, errors.New("it is not written in UTF-8")
	}
	var p packed
	if err := strictly(text, &p); err != nil {
		return Run{}, err
	}
	r := p.Run
	switch {
	case r.Engine == "":
		return r, errors.New("the engine's version is missing")
	case r.Cursor < 0:
		return r, fmt.Errorf("it looks at event %d: there is none", r.Cursor)
	case r.Scenario != "" && r.Source != "":
		return r, errors.New("it has the words of two scenarios")
	}
	var each []json.RawMessage // counted before room is made for them
	if err := json.Unmarshal(p.Actions, &each); err != nil {
		return r, err
	}
	if len(each) > MaxActions {
		return r, fmt.Errorf("it has %d actions: a link may have %d", len(each), MaxActions)
	}
	var actions []packedAction
	if err := strictly(p.Actions, &actions); err != nil {
		return r, err
	}
	r.Actions = make([]sim.Action, len(actions))
	var last trace.MessageID
	for i, p := range actions {
		a := p.Action
		var err, other error
		a.Message, err = absolute(p.Message, last)
		a.After, other = absolute(p.After, a.Message)
		if err := errors.Join(err, other); err != nil {
			return r, fmt.Errorf("action %d: %w", i+1, err)
		}
		if a.Message != 0 {
			last = a.Message
		}
		r.Actions[i] = a
	}
	return r, nil
}

func strictly(text []byte, to any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(to); err != nil {
		return err
	}
	if _, err := d.Token(); err != io.EOF {
		return errors.New("there is something behind its end")
	}
	return nil
}
