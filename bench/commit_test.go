package bench

import (
	"fmt"
	"runtime"
	"strconv"
	"testing"
	"time"
)

const (
	commands = 1024 // committed by one cluster before it is thrown away
	command  = "add x 1"
)

// load is how commands are proposed: burst of them, then everything is delivered
// until all is quiet, and so on.
type load struct{ nodes, burst int }

var loads = []load{{3, 1}, {3, 64}, {5, 1}, {5, 64}}

func (l load) String() string { return fmt.Sprintf("nodes=%d/outstanding=%d", l.nodes, l.burst) }

// serve runs one cluster from its election to the last of its commands.
func serve(tb testing.TB, e engine, l load) cluster {
	c := e.make(tb, l.nodes)
	for done := 0; done < commands; done += l.burst {
		for range l.burst {
			c.propose(tb, command)
		}
		c.settle(tb)
	}
	if c.committed() != commands {
		tb.Fatalf("%s: the leader has applied %d of %d commands", e.name, c.committed(), commands)
	}
	return c
}

// All engines do the same work: what is proposed is committed, in a known number
// of messages. etcd's leader tells its followers at once what it has committed,
// ours with the next AppendEntries.
func TestEnginesCommitTheSame(t *testing.T) {
	for _, e := range engines {
		for _, l := range loads {
			c := serve(t, e, l)
			if got := c.value("x"); got != strconv.Itoa(commands) {
				t.Errorf("%s %s: x = %s after adding 1 to it %d times", e.name, l, got, commands)
			}
			// Pre-votes, votes and the first entry of the term, with their answers.
			peers := l.nodes - 1
			start, each := 3*2*peers, 2*peers
			if e.name != "etcd" && c.messages() != start+commands*each {
				t.Errorf("%s %s: %d messages, want %d for the election and %d for each command",
					e.name, l, c.messages(), start, each)
			}
			if e.name == "etcd" && c.messages() < start+commands*each {
				t.Errorf("%s %s: only %d messages", e.name, l, c.messages())
			}
		}
	}
}

// One operation is one cluster's life: it elects its leader and commits 1,024
// commands.
func BenchmarkCommit(b *testing.B) {
	for _, l := range loads {
		for _, e := range engines {
			b.Run(l.String()+"/engine="+e.name, func(b *testing.B) {
				var total cost
				for range b.N {
					total.add(measure(b, e, l))
				}
				total.report(b)
			})
		}
	}
}

// The engines take turns, so that a busy machine slows all of them: each figure
// is how many times as fast as etcd's library an engine is.
func BenchmarkAgainstEtcd(b *testing.B) {
	for _, l := range loads {
		b.Run(l.String(), func(b *testing.B) {
			totals := make([]cost, len(engines))
			for range b.N {
				for i, e := range engines {
					totals[i].add(measure(b, e, l))
				}
			}
			b.ReportMetric(0, "ns/op")
			for i, e := range engines[1:] {
				ours, theirs := totals[i+1], totals[0]
				b.ReportMetric(ours.perSecond(ours.entries)/theirs.perSecond(theirs.entries), e.name+"-entries/etcd")
				b.ReportMetric(ours.perSecond(ours.messages)/theirs.perSecond(theirs.messages), e.name+"-msgs/etcd")
			}
		})
	}
}

// cost is what serving has taken.
type cost struct {
	took              time.Duration
	entries, messages int
	bytes, allocs     uint64
}

func measure(tb testing.TB, e engine, l load) cost {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begin := time.Now()
	c := serve(tb, e, l)
	took := time.Since(begin)
	runtime.ReadMemStats(&after)
	return cost{took, c.committed(), c.messages(), after.TotalAlloc - before.TotalAlloc, after.Mallocs - before.Mallocs}
}

func (c *cost) add(d cost) {
	c.took += d.took
	c.entries += d.entries
	c.messages += d.messages
	c.bytes += d.bytes
	c.allocs += d.allocs
}

func (c *cost) perSecond(n int) float64 { return float64(n) / c.took.Seconds() }

func (c *cost) report(b *testing.B) {
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(c.perSecond(c.entries), "entries/s")
	b.ReportMetric(c.perSecond(c.messages), "msgs/s")
	b.ReportMetric(float64(c.bytes)/float64(c.messages), "B/msg")
	b.ReportMetric(float64(c.allocs)/float64(c.messages), "allocs/msg")
}
