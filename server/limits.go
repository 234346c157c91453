package server

import (
	"fmt"
	"time"

	"raftplay/raft"
	"raftplay/raft/sim"
)

// Limits bounds what one server spends on its visitors. Reaching one is answered
// with an error that names it.
type Limits struct {
	Sessions      int           `json:"sessions"` // live sessions
	Viewers       int           `json:"viewers"`  // connections to one session
	Nodes         int           `json:"nodes"`    // servers in one cluster
	Entries       int           `json:"entries"`  // in one AppendEntries
	Branches      int           `json:"branches"` // of one session
	Events        int           `json:"events"`   // of one branch, a large one counts as several; the action that passes it is the last
	AllEvents     int           `json:"-"`        // that all sessions keep together
	Written       int           `json:"-"`        // of a run that is exported as text for people, which takes far more room than its events
	Moves         int           `json:"moves"`    // of one policy's run; it can be run on
	Actions       float64       `json:"actions"`  // requests per second in one session, twice as many in a burst
	FrameBytes    int64         `json:"frame"`    // of a frame from a page
	BodyBytes     int64         `json:"body"`     // of the body of a request
	SessionBytes  int64         `json:"-"`        // of the changes of one session that are kept
	PerVisitor    int           `json:"-"`        // live sessions that one address has started, 0: no limit
	Idle          time.Duration `json:"-"`        // until a session that nobody watches is put away
	Abandoned     time.Duration `json:"-"`        // until a session that is watched, but not acted on, is put away
	HelloWait     time.Duration `json:"-"`        // for a new connection's first frame
	WriteWait     time.Duration `json:"-"`        // for a reader to take a frame, before it is let go
	PingEvery     time.Duration `json:"-"`        // between two pings; a reader that is silent for two is gone
	ShutdownGrace time.Duration `json:"-"`        // for connections to say goodbye
}

// DefaultLimits returns limits that one small machine can stand.
func DefaultLimits() Limits {
	return Limits{
		Sessions:      2500,
		Viewers:       1200,
		Nodes:         9,
		Entries:       64,
		Branches:      64,
		Events:        200_000,
		AllEvents:     2_000_000,
		Written:       20_000,
		Moves:         20_000,
		Actions:       100,
		FrameBytes:    64 << 10,
		BodyBytes:     512 << 10,
		SessionBytes:  32 << 20,
		PerVisitor:    200,
		Idle:          30 * time.Minute,
		Abandoned:     12 * time.Hour,
		HelloWait:     10 * time.Second,
		WriteWait:     10 * time.Second,
		PingEvery:     25 * time.Second,
		ShutdownGrace: 5 * time.Second,
	}
}

// allow returns an error if a cluster is larger, or sends more at a time, than
// this server allows.
func (l Limits) allow(c sim.Config) error {
	if most := min(l.Nodes, raft.MaxNodes); c.Nodes > most {
		return refuse(Refused, "nodes is %d: this server allows %d", c.Nodes, most)
	}
	if c.Rules.MaxEntries > l.Entries {
		return refuse(Refused, "maxEntries is %d: this server allows %d", c.Rules.MaxEntries, l.Entries)
	}
	return nil
}

// Check returns an error that names the first limit that leaves no room for
// anything.
func (l Limits) Check() error {
	for _, limit := range []struct {
		name  string
		value float64
	}{
		{"sessions", float64(l.Sessions)}, {"viewers", float64(l.Viewers)}, {"nodes", float64(l.Nodes)}, {"entries", float64(l.Entries)},
		{"branches", float64(l.Branches)}, {"events", float64(l.Events)}, {"all events", float64(l.AllEvents)},
		{"written events", float64(l.Written)}, {"moves", float64(l.Moves)}, {"actions", l.Actions}, {"frame", float64(l.FrameBytes)}, {"body", float64(l.BodyBytes)}, {"session bytes", float64(l.SessionBytes)},
		{"idle", float64(l.Idle)}, {"abandoned", float64(l.Abandoned)},
	} {
		if limit.value <= 0 {
			return fmt.Errorf("the limit of %s is %g: it must be more than 0", limit.name, limit.value)
		}
	}
	return nil
}
