// Command parity prints every scenario of the library and random runs, and a digest of Go's fold after each of
// their events, one JSON value per line, so that a test can hold the page's model
// against it.
//
//	{"nodes":3}          a run begins
//	{"event":…,"sha":…}  its next event, the SHA-1 of the state's compact JSON after it
//	{"tables":[…]}       the run is over: its trace tables
package main

import (
	"bufio"
	"crypto/sha1"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"math/rand/v2"
	"os"

	"raftplay/raft"
	"raftplay/raft/sim"
	"raftplay/raft/trace"
	"raftplay/scenarios"
)

func main() {
	runs := flag.Uint64("runs", 200, "random runs")
	actions := flag.Int("actions", 120, "actions that each run tries")
	flag.Parse()
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for _, name := range scenarios.List() {
		s, err := scenarios.Load(name)
		if err != nil {
			log.Fatal(err)
		}
		player, err := s.Play()
		if err != nil {
			log.Fatal(err)
		}
		write(out, player.Run().Journal())
	}
	for seed := range *runs {
		run, err := sim.NewRun(config(seed))
		if err != nil {
			log.Fatal(err)
		}
		r := rand.New(rand.NewPCG(seed, 1))
		for range *actions {
			// Much of what is drawn is refused, which changes nothing.
			_, _ = run.Apply(action(r, run.Cluster().State(), run.Config().Nodes))
		}
		write(out, run.Journal())
	}
}

func write(out *bufio.Writer, j *trace.Journal) {
	state := trace.NewState(j.Nodes())
	fmt.Fprintf(out, "{\"nodes\":%d}\n", j.Nodes())
	var event, after []byte
	for i := range j.Events(0) {
		e := j.Event(i + 1)
		state.Apply(e)
		event, after = e.AppendJSON(event[:0]), state.AppendJSON(after[:0])
		fmt.Fprintf(out, "{\"event\":%s,\"sha\":\"%x\"}\n", event, sha1.Sum(after))
	}
	tables, err := json.Marshal(trace.Tables(j))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Fprintf(out, "{\"tables\":%s}\n", tables)
}

func config(seed uint64) sim.Config {
	c := sim.DefaultConfig()
	c.Nodes = 1 + int(seed%7)
	c.Rules = raft.Profiles[int(seed/7)%len(raft.Profiles)].Rules
	c.Timers.Running = seed%3 == 1
	c.HeldSending = seed%4 == 2
	c.Links.Loss, c.Links.Duplicate, c.Links.Reorder = int(seed%5)*30, int(seed%3)*40, seed%2 == 0
	c.Seed = seed
	return c
}

// action draws something to do; messages are drawn from those that wait.
func action(r *rand.Rand, s *trace.State, nodes int) sim.Action {
	var waiting []trace.MessageID
	for i := range s.Nodes {
		for _, q := range [][]trace.Packet{s.Nodes[i].Inbox, s.Nodes[i].Outbox} {
			for _, p := range q {
				waiting = append(waiting, p.ID)
			}
		}
	}
	for _, p := range s.Client {
		waiting = append(waiting, p.ID)
	}
	if len(waiting) == 0 {
		waiting = append(waiting, 1)
	}
	message := func() trace.MessageID { return waiting[r.IntN(len(waiting))] }
	keep, term := r.IntN(2) == 0, raft.Term(r.IntN(9))
	a := sim.Action{Node: raft.NodeID(1 + r.IntN(nodes)), Message: message(), Keep: keep}
	verbs := []sim.Verb{sim.Timeout, sim.Campaign, sim.Heartbeat, sim.Ask, sim.Ask, sim.Crash, sim.Restart, sim.Wipe,
		sim.Isolate, sim.Rejoin, sim.Heal, sim.Partition, sim.Drop, sim.Duplicate, sim.Delay, sim.Release, sim.Reorder,
		sim.Send, sim.SetTimers, sim.EditNode, sim.RunPolicy, sim.RunPolicy, sim.RunPolicy, sim.Begin}
	a.Do = sim.Deliver
	if i := r.IntN(2 * len(verbs)); i < len(verbs) {
		a.Do = verbs[i]
	}
	switch a.Do {
	case sim.Ask:
		a.Command = fmt.Sprintf([]string{"set k%d <é&ü>", "add k%d 2", "delete k%d"}[r.IntN(3)], r.IntN(4))
		a.Hold = []sim.Holding{sim.HoldNone, sim.HoldRequest, sim.HoldAnswer, sim.HoldBoth}[r.IntN(4)]
	case sim.Partition:
		a.Groups = []raft.NodeSet{raft.SetOf(a.Node)}
	case sim.Delay:
		a.Ms = int64(r.IntN(3) * 20)
	case sim.Reorder:
		a.After = message()
	case sim.SetTimers:
		a.Running = keep
	case sim.EditNode:
		a.Edit = &raft.Edit{Term: &term, TruncateFrom: raft.Index(r.IntN(5))}
		a.Clear = []sim.Queues{sim.NoQueue, sim.InboxOnly, sim.OutboxOnly, sim.BothQueues}[r.IntN(4)]
	case sim.RunPolicy:
		a.Policy = []sim.Policy{sim.Drain, sim.Bounce, sim.Timed, sim.Random}[r.IntN(4)]
		a.Count = 1 + r.IntN(20)
	case sim.Begin:
		a.Title = "section"
	}
	return a
}
