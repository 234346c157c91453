package server

import (
	"testing"

	"raftplay/raft/sim"
)

// What it takes to take a session of 1,000 actions up again.
func BenchmarkResume(b *testing.B) {
	h := newHub(func(l *Limits) { l.Actions = 1e6 })
	defer h.Close()
	s := start(b, h)
	r := attach(b, s, s.Key, nil)
	at := 3
	for i := range 1000 {
		done, err := r.Act(ActRequest{Branch: 1, At: at, Action: []sim.Action{
			{Do: sim.Campaign, Node: 1}, {Do: sim.RunPolicy, Policy: sim.Drain}, {Do: sim.Ask, Node: 1, Command: "add x 1"}, {Do: sim.Heartbeat, Node: 1},
		}[i%4]})
		if err != nil {
			b.Fatal(err)
		}
		at = done.Length
	}
	r.Leave()
	for b.Loop() {
		s.end(Ending{CloseEnded, "put away"})
		<-s.over
		var err error
		if s, err = h.Session(s.ID); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(at), "events")
	b.ReportMetric(float64(s.bytes)/1000, "bytes/action")
}
