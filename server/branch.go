package server

import (
	"fmt"

	"raftplay/raft/check"
	"raftplay/raft/sim"
)

// checkedEvery is how many events lie between two copies of a branch's checker: a
// fork reads no more than these again.
const checkedEvery = 2048

// branch is one line of a session's tree: a run of its own that shares its first
// events with its parent.
type branch struct {
	id      int
	name    string
	parent  int
	from    int // events shared with the parent
	run     *sim.Run
	checker *check.Checker
	checked []*check.Checker // checked[k] stands after event (k+1)*checkedEvery
	script  *script          // plays the session's scenario here, nil on other branches

	weighed int // events whose weight is in weight
	weight  int

	rev    int
	events [][]byte
	latest []byte
	missed int
}

func newBranch(id int, run *sim.Run, script *script) *branch {
	b := &branch{id: id, name: "main", run: run, script: script, checker: check.New(run.Config().Nodes)}
	b.record()
	return b
}

// fork returns a branch that starts as this one was after event at, to the end of
// that event's move.
func (b *branch) fork(id, at int) (*branch, error) {
	run, err := b.run.Fork(at)
	if err != nil {
		return nil, refuse(Stale, "%v", err)
	}
	f := &branch{id: id, name: fmt.Sprintf("branch %d", id), parent: b.id, run: run,
		from: run.Journal().Len(), weighed: run.Journal().Len(), checker: check.New(run.Config().Nodes)}
	k := f.from / checkedEvery
	if f.checked = b.checked[:k:k]; k > 0 {
		f.checker = f.checked[k-1].Clone()
	}
	for i := k * checkedEvery; i < f.from; i++ {
		f.checker.Check(run.Journal().Event(i + 1))
	}
	return f, nil
}

func (b *branch) length() int { return b.from + len(b.events) }

// size returns what the branch counts for against the limits of events.
func (b *branch) size() int {
	for j := b.run.Journal(); b.weighed < j.Len(); b.weighed++ {
		b.weight += j.Event(b.weighed + 1).Weight()
	}
	return b.from + b.weight
}

// record takes up what the run's journal has and the branch's frames do not.
func (b *branch) record() {
	news := b.run.Journal().Events(b.length())
	if len(news) == 0 {
		return
	}
	b.missed, b.latest = b.length(), nil
	var text []byte
	ends := make([]int, len(news))
	for i := range news {
		b.checker.Check(&news[i])
		if news[i].Seq%checkedEvery == 0 {
			b.checked = append(b.checked, b.checker.Clone())
		}
		text = news[i].AppendJSON(text)
		ends[i] = len(text)
	}
	text = append(make([]byte, 0, len(text)), text...)
	begin := 0
	for _, end := range ends {
		b.events = append(b.events, text[begin:end:end])
		begin = end
	}
	if f, at := eventsFrame(b.id, b.missed, b.events[b.missed-b.from:]); at == b.length() {
		b.latest = f
	}
	b.rev++
}

func (b *branch) info(last bool) BranchInfo {
	info := BranchInfo{
		ID: b.id, Name: b.name, Parent: b.parent, At: b.from, Length: b.length(),
		Violations: violationsOf(b.checker.Violations()), Last: last,
	}
	if b.script != nil {
		info.Script = &b.script.at
	}
	return info
}
