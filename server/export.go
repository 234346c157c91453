package server

import (
	"slices"

	"raftplay/raft/export"
	"raftplay/raft/sim"
)

// Info is what can be asked about a session without reading it.
type Info struct {
	May      May          `json:"may"`
	Config   sim.Settings `json:"config"`
	Branches []BranchInfo `json:"branches"`
	Viewers  int          `json:"viewers"`
}

// Info describes the session to the holder of a key.
func (s *Session) Info(key string) (info Info, err error) {
	may, err := s.Rights(key)
	if err != nil {
		return info, err
	}
	err = s.do(func() {
		info = Info{may, sim.SettingsOf(s.config), s.infos(), len(s.readers)}
		for i := range info.Branches {
			if script := info.Branches[i].Script; script != nil { // the session goes on writing to it
				copied := *script
				info.Branches[i].Script = &copied
			}
		}
	})
	return info, err
}

// Document returns a branch's run as it is now, for export.
func (s *Session) Document(key string, id int) (doc export.Document, err error) {
	if _, err := s.Rights(key); err != nil {
		return doc, err
	}
	gone := s.do(func() {
		if id < 1 || id > len(s.branches) {
			err = refuse(NotFound, "there is no branch %d: the session has %d", id, len(s.branches))
			return
		}
		b := s.branches[id-1]
		if s.story != nil {
			doc = s.story.Document(b.run)
		} else {
			doc = export.Document{Title: "A Raft run", Engine: sim.Engine}
		}
		doc.Config, doc.Actions = sim.SettingsOf(s.config), slices.Clone(b.run.Actions())
		doc.Journal = b.run.Journal().Prefix(b.run.Journal().Len())
	})
	if gone != nil {
		err = gone
	}
	return doc, err
}

// Delete ends the session for the holder of a key that allows to act.
func (s *Session) Delete(key string) error {
	switch may, err := s.Rights(key); {
	case err != nil:
		return err
	case may != Act:
		return refuse(Rights, "this link may only watch: it cannot end the session")
	}
	err := s.do(func() {
		s.ending = &Ending{CloseEnded, "the session has ended: its owner closed it"}
		s.drop = true
	})
	<-s.over
	return err
}

func (s *Session) infos() []BranchInfo {
	infos := make([]BranchInfo, len(s.branches))
	for i, b := range s.branches {
		infos[i] = b.info(b == s.last)
	}
	return infos
}

// welcome returns what a new reader is told first.
func (s *Session) welcome(r *Reader) Welcome {
	w := Welcome{
		Is: "welcome", Version: Version, Engine: sim.Engine, Session: s.ID, May: r.may,
		Config: sim.SettingsOf(s.config), Branches: s.infos(), Viewers: len(s.readers), Limits: s.hub.Limits,
	}
	if r.may == Act {
		w.ViewKey = s.ViewKey
	}
	if s.story != nil {
		w.Scenario = ScenarioOf(s.story)
	}
	return w
}
