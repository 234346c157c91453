package server

import (
	"encoding/json"

	"raftplay/raft"
	"raftplay/raft/check"
	"raftplay/raft/sim"
)

// Version is the version of the frames.
const Version = 1

// Welcome is the first frame that a reader gets.
type Welcome struct {
	Is       string       `json:"is"`
	Version  int          `json:"v"`
	Engine   string       `json:"engine"`
	Session  string       `json:"session"`
	May      May          `json:"may"`
	ViewKey  string       `json:"viewKey,omitempty"` // to pass on, for those who may act
	Config   sim.Settings `json:"config"`
	Scenario *Scenario    `json:"scenario,omitempty"`
	Branches []BranchInfo `json:"branches"`
	Viewers  int          `json:"viewers"`
	Limits   Limits       `json:"limits"`
}

// BranchInfo describes a branch: everything but its events.
type BranchInfo struct {
	ID         int         `json:"id"`
	Name       string      `json:"name"`
	Parent     int         `json:"parent"` // 0 for the first branch
	At         int         `json:"at"`     // events shared with the parent
	Length     int         `json:"length"`
	Script     *Script     `json:"script,omitempty"`
	Violations []Violation `json:"violations"`
	Last       bool        `json:"last"` // the branch that was acted on last
}

// Violation is how an invariant was first broken in a branch.
type Violation struct {
	Invariant string        `json:"invariant"`
	Section   string        `json:"section"`
	Event     int           `json:"event"`
	Nodes     []raft.NodeID `json:"nodes"`
	Text      string        `json:"text"`
	Edit      int           `json:"edit,omitempty"` // the edit that came before, if any
}

func violationsOf(found []check.Violation) []Violation {
	list := make([]Violation, len(found))
	for i, v := range found {
		list[i] = Violation{v.Invariant.String(), v.Invariant.Section(), v.Event, v.Nodes, v.Text, v.Cause}
	}
	return list
}

type branchFrame struct {
	Is     string     `json:"is"`
	Branch BranchInfo `json:"branch"`
}

type viewersFrame struct {
	Is    string `json:"is"`
	Count int    `json:"count"`
}

// Done answers a request that was carried out.
type Done struct {
	Is     string `json:"is"`
	ID     int64  `json:"id"`
	Branch int    `json:"branch"`
	Length int    `json:"length"`
}

// Rejected answers a request that was not carried out.
type Rejected struct {
	Is   string `json:"is"`
	ID   int64  `json:"id"`
	Why  string `json:"why"`
	Code Code   `json:"code"`
}

// Text is a notice or a goodbye.
type Text struct {
	Is   string `json:"is"`
	Text string `json:"text,omitempty"`
	Why  string `json:"why,omitempty"`
}

// ActRequest is an action on a branch, based on what its sender was looking at.
type ActRequest struct {
	Branch int
	At     int // events that the sender looks at
	Fork   bool
	Action sim.Action
}

// Encode writes a frame. All frames are made of types that JSON can hold.
func Encode(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return b
}
