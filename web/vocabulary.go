package web

import (
	"net/http"

	"raftplay/raft"
	"raftplay/raft/check"
	"raftplay/raft/sim"
	"raftplay/raft/trace"
	"raftplay/server"
)

// vocabulary is what the page needs to put a journal into words.
type vocabulary struct {
	Engine     string          `json:"engine"`
	Notes      map[string]note `json:"notes"`
	Rules      []rule          `json:"rules"`
	Profiles   []profile       `json:"profiles"`
	Invariants []invariant     `json:"invariants"`
	Messages   []messageType   `json:"messages"`
	Limits     server.Limits   `json:"limits"`
}

type note struct {
	Name    string `json:"name"`
	Text    string `json:"text"`
	Section string `json:"section"`
}

type rule struct {
	Name    string        `json:"name"`
	Kind    raft.RuleKind `json:"kind"`
	Section string        `json:"section"`
	Does    string        `json:"does"`
	Without string        `json:"without"`
}

type profile struct {
	Name       string          `json:"name"`
	About      string          `json:"about"`
	Rules      map[string]bool `json:"rules"`
	MaxEntries int             `json:"maxEntries"`
}

type invariant struct {
	Name      string `json:"name"`
	Section   string `json:"section"`
	Statement string `json:"statement"`
}

type messageType struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

func (s *Server) vocabulary(w http.ResponseWriter, _ *http.Request) {
	reply(w, http.StatusOK, words(s.Hub.Limits))
}

func words(limits server.Limits) vocabulary {
	v := vocabulary{Engine: sim.Engine, Notes: map[string]note{}, Limits: limits}
	for _, n := range raft.NoteTexts {
		v.Notes[n.Name] = note{n.Name, n.Text, n.Section}
	}
	for _, r := range raft.RuleList {
		v.Rules = append(v.Rules, rule{r.Name, r.Kind, r.Section, r.Does, r.Without})
	}
	for _, p := range raft.Profiles {
		v.Profiles = append(v.Profiles, profile{p.Name, p.About, sim.RulesByName(p.Rules), p.Rules.MaxEntries})
	}
	for _, i := range check.Invariants {
		v.Invariants = append(v.Invariants, invariant{i.String(), i.Section(), i.Statement()})
	}
	for _, t := range raft.MessageTypes {
		v.Messages = append(v.Messages, messageType{trace.TypeCodes[t], t.String()})
	}
	return v
}
