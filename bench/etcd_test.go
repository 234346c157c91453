package bench

import (
	"io"
	"log"
	"testing"

	etcd "go.etcd.io/raft/v3"
	"go.etcd.io/raft/v3/raftpb"

	"raftplay/raft"
)

// etcdCluster is etcd's library with its own in-memory storage. As its users do,
// it steps everything that waits for a server before it asks that server what is
// ready.
type etcdCluster struct {
	servers   []*etcdServer // servers[id]; servers[0] is nil
	delivered int
}

type etcdServer struct {
	*etcd.RawNode
	storage *etcd.MemoryStorage
	store   raft.Store
	inbox   []*raftpb.Message
	applied int // commands
}

func newEtcd(tb testing.TB, nodes int) cluster {
	c := &etcdCluster{servers: make([]*etcdServer, nodes+1)}
	var voters []uint64
	for id := 1; id <= nodes; id++ {
		voters = append(voters, uint64(id))
	}
	for id := 1; id <= nodes; id++ {
		s := &etcdServer{storage: etcd.NewMemoryStorage()}
		must(tb, s.storage.ApplySnapshot(&raftpb.Snapshot{Metadata: &raftpb.SnapshotMetadata{
			ConfState: &raftpb.ConfState{Voters: voters}, Index: new(uint64(1)), Term: new(uint64(1))}}))
		var err error
		s.RawNode, err = etcd.NewRawNode(&etcd.Config{ID: uint64(id), ElectionTick: 10, HeartbeatTick: 1,
			Storage: s.storage, Applied: 1, MaxSizePerMsg: 1 << 20, MaxInflightMsgs: 256,
			PreVote: true, CheckQuorum: true,
			Logger: &etcd.DefaultLogger{Logger: log.New(io.Discard, "", 0)}})
		must(tb, err)
		c.servers[id] = s
	}
	must(tb, c.servers[1].Campaign())
	c.settle(tb)
	return c
}

func (c *etcdCluster) propose(tb testing.TB, command string) {
	must(tb, c.servers[1].Propose([]byte(command)))
}

func (c *etcdCluster) settle(tb testing.TB) {
	for moved := true; moved; {
		moved = false
		for _, s := range c.servers[1:] {
			for _, m := range s.inbox {
				must(tb, s.Step(m))
			}
			c.delivered += len(s.inbox)
			s.inbox = s.inbox[:0]
			for s.HasReady() {
				moved = true
				c.ready(tb, s)
			}
		}
	}
}

// ready does what a server wants done.
func (c *etcdCluster) ready(tb testing.TB, s *etcdServer) {
	rd := s.Ready()
	if !etcd.IsEmptyHardState(rd.HardState) {
		must(tb, s.storage.SetHardState(rd.HardState))
	}
	must(tb, s.storage.Append(rd.Entries))
	for _, m := range rd.Messages {
		to := c.servers[m.GetTo()]
		to.inbox = append(to.inbox, m)
	}
	for _, e := range rd.CommittedEntries {
		if len(e.Data) > 0 {
			s.store.Apply(string(e.Data))
			s.applied++
		}
	}
	s.Advance(rd)
}

func (c *etcdCluster) committed() int { return c.servers[1].applied }
func (c *etcdCluster) messages() int  { return c.delivered }
func (c *etcdCluster) value(key string) string {
	v, _ := c.servers[1].store.Get(key)
	return v
}
