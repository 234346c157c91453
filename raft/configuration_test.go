package raft

import (
	"slices"
	"testing"
)

// A majority is more than half of the voters; others do not count.
func TestIsQuorum(t *testing.T) {
	for voters, least := range map[int]int{1: 1, 2: 2, 3: 2, 4: 3, 5: 3, 6: 4, 7: 4, 15: 8} {
		c := Configuration{Voters: FirstNodes(voters)}
		for n := range voters + 1 {
			expect(t, "a quorum", c.IsQuorum(FirstNodes(n)), n >= least)
		}
	}
	c := Configuration{Voters: SetOf(1, 2, 3)}
	expect(t, "one voter and three others are a quorum", c.IsQuorum(SetOf(1, 4, 5, 6)), false)
}

// QuorumIndex is the highest index that a quorum has reached.
func TestQuorumIndex(t *testing.T) {
	for _, c := range []struct {
		reached []Index // of N-1 and up
		want    Index
	}{
		{nil, 0},
		{[]Index{4}, 4},
		{[]Index{4, 2}, 2},
		{[]Index{4, 2, 7}, 4},
		{[]Index{9, 9, 1, 1}, 1},
		{[]Index{5, 3, 4, 1, 2}, 3},
		{[]Index{0, 0, 0, 8, 8}, 0},
		{[]Index{8, 0, 8, 0, 8}, 8},
	} {
		var reached [MaxNodes + 1]Index
		copy(reached[1:], c.reached)
		reached[MaxNodes] = 99 // no voter
		got := Configuration{Voters: FirstNodes(len(c.reached))}.QuorumIndex(&reached)
		expect(t, "the index", got, c.want)
	}
}

// It agrees with IsQuorum for every index, whoever the voters are.
func TestQuorumIndexAgreesWithIsQuorum(t *testing.T) {
	var reached [MaxNodes + 1]Index
	for id := range reached {
		reached[id] = Index(id * 7 % 5)
	}
	for voters := NodeSet(2); voters < 1<<9; voters += 2 {
		c := Configuration{Voters: voters}
		got := c.QuorumIndex(&reached)
		at := func(i Index) (s NodeSet) {
			for _, id := range voters.IDs() {
				if reached[id] >= i {
					s = s.With(id)
				}
			}
			return s
		}
		if !c.IsQuorum(at(got)) || c.IsQuorum(at(got+1)) {
			t.Fatalf("voters %v have reached %v: QuorumIndex is %d", voters.IDs(), reached, got)
		}
	}
}

func TestNodeSet(t *testing.T) {
	s := SetOf(9, 2, 15)
	if got := s.IDs(); !slices.Equal(got, []NodeID{2, 9, 15}) {
		t.Errorf("the members are %v", got)
	}
	expect(t, "its size", s.Len(), 3)
	expect(t, "Has(9)", s.Has(9), true)
	expect(t, "Has(9) without it", s.Without(9).Has(9), false)
	expect(t, "the client is in it", s.With(Client).Has(Client), false)
	expect(t, "FirstNodes(3)", FirstNodes(3), SetOf(1, 2, 3))
	expect(t, "FirstNodes(15)", FirstNodes(MaxNodes).Len(), MaxNodes)
	expect(t, "the last member", s.Next(15), None)
}
