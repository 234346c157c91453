package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"strconv"

	"raftplay/raft/sim"
	"raftplay/server"
)

// The frames from the page. Each has what it does and the page's number for it.
type (
	hello struct {
		Do      string         `json:"do"`
		ID      json.Number    `json:"id"`
		Version int            `json:"v"`
		Key     string         `json:"key"`
		Have    map[string]int `json:"have"` // events of each branch
	}
	act struct {
		Do     string      `json:"do"`
		ID     json.Number `json:"id"`
		Branch int         `json:"branch"`
		At     *int        `json:"at"`
		Fork   bool        `json:"fork"`
		Action *sim.Action `json:"action"`
	}
	play struct {
		Do     string        `json:"do"`
		ID     json.Number   `json:"id"`
		Branch int           `json:"branch"`
		To     server.Extent `json:"to"`
	}
	rename struct {
		Do     string      `json:"do"`
		ID     json.Number `json:"id"`
		Branch int         `json:"branch"`
		Name   string      `json:"name"`
	}
)

// envelope is what can be read of any frame.
type envelope struct {
	Do string `json:"do"`
	ID any    `json:"id"`
}

// number returns the page's number for the frame, 0 if it has none.
func (e envelope) number() int64 {
	if n, is := e.ID.(float64); is && n == math.Trunc(n) && math.Abs(n) < 1<<53 {
		return int64(n)
	}
	return 0
}

// peek reads what any frame has. The error tells what is wrong with the frame.
func peek(text []byte) (envelope, error) {
	var e envelope
	if err := json.Unmarshal(text, &e); err != nil {
		return envelope{}, wrong("the frame cannot be read: %v", err)
	}
	return e, nil
}

// readFrame reads a frame whose kind is known. Unknown keys are errors.
func readFrame(text []byte, to any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(to); err != nil {
		return wrong("the frame cannot be read: %v", err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return wrong("there is something behind the frame's end")
	}
	return nil
}

// readHello reads the first frame of a connection.
func readHello(text []byte) (key string, have map[int]int, err error) {
	e, err := peek(text)
	if err != nil {
		return "", nil, err
	}
	if e.Do != "hello" {
		return "", nil, wrong("the first frame must be hello, with the session's key")
	}
	var h hello
	if err := readFrame(text, &h); err != nil {
		return "", nil, err
	}
	if h.Version != server.Version {
		return "", nil, wrong("the frames have version %d here, not %d: load the page again", server.Version, h.Version)
	}
	have = map[int]int{}
	for name, length := range h.Have {
		branch, err := strconv.Atoi(name)
		if err != nil {
			return "", nil, wrong("have: %q is not the number of a branch", name)
		}
		have[branch] = length
	}
	return h.Key, have, nil
}

// carryOut carries out a frame and returns its answer.
func carryOut(r *server.Reader, text []byte) any {
	e, err := peek(text)
	var done server.Done
	if err == nil {
		done, err = request(r, e.Do, text)
	}
	if err != nil {
		return server.Rejected{Is: "rejected", ID: e.number(), Why: err.Error(), Code: server.CodeOf(err)}
	}
	done.ID = e.number()
	return done
}

func request(r *server.Reader, do string, text []byte) (done server.Done, err error) {
	switch do {
	case "act":
		var f act
		if err := readFrame(text, &f); err != nil {
			return done, err
		}
		if f.Action == nil || f.At == nil {
			return done, wrong("act needs an action, and at: the number of events that the page looks at")
		}
		return r.Act(server.ActRequest{Branch: f.Branch, At: *f.At, Fork: f.Fork, Action: *f.Action})
	case "script":
		var f play
		if err := readFrame(text, &f); err != nil {
			return done, err
		}
		return r.Play(f.Branch, f.To)
	case "name":
		var f rename
		if err := readFrame(text, &f); err != nil {
			return done, err
		}
		return r.Name(f.Branch, f.Name)
	case "hello":
		return done, wrong("hello was said already: open a new connection to say it again")
	}
	return done, wrong("do is %q: it must be act, script or name", do)
}
