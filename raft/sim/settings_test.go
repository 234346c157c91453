package sim

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"raftplay/raft"
)

// Whatever a configuration is, its settings give it back, complete or brief.
func TestSettingsGiveTheConfigurationBack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	maybe := func() bool { return r.IntN(4) == 0 }
	for range 2000 {
		c := DefaultConfig()
		c.Rules = raft.Profiles[r.IntN(len(raft.Profiles))].Rules
		for _, rule := range raft.RuleList {
			if r.IntN(12) == 0 {
				rule.Set(&c.Rules, !rule.On(c.Rules))
			}
		}
		if maybe() {
			c.Nodes, c.Rules.MaxEntries = 1+r.IntN(raft.MaxNodes), 1+r.IntN(1000)
		}
		if maybe() {
			c.Timers = Timers{Running: maybe(), ElectionMin: 1 + r.Int64N(300), ElectionMax: 300 + r.Int64N(300), Heartbeat: 1 + r.Int64N(90)}
		}
		if maybe() {
			c.Links = Links{LatencyMin: r.Int64N(9), LatencyMax: 9 + r.Int64N(9), Loss: r.IntN(3), Duplicate: r.IntN(3), Reorder: maybe()}
		}
		c.HeldSending = maybe()
		c.Seed = uint64(r.IntN(3))
		for _, settings := range []Settings{SettingsOf(c), BriefSettings(c)} {
			if got, err := settings.Config(); err != nil || got != c {
				t.Fatalf("%v:\n got %+v\nwant %+v", err, got, c)
			}
		}
	}
}

// Brief settings say what differs from the nearest profile, and no more.
func TestBriefSettings(t *testing.T) {
	plain := DefaultConfig()
	large := plain
	large.Nodes, large.Seed = 5, 7
	nearly := plain
	nearly.Rules = raft.Profiles[1].Rules
	nearly.Rules.PreVote = false
	for want, c := range map[string]Config{
		`{}`:                   plain,
		`{"nodes":5,"seed":7}`: large,
		`{"profile":"production","rules":{"preVote":false}}`: nearly,
	} {
		if got, err := json.Marshal(BriefSettings(c)); err != nil || string(got) != want {
			t.Errorf("%v: %s, want %s", err, got, want)
		}
	}
}
