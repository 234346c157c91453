package sim

import (
	"strings"
	"testing"

	"raftplay/raft"
)

// A policy stops at the first move after which its condition holds.
func TestPolicyStopsAtItsCondition(t *testing.T) {
	state := func(c *Cluster, id raft.NodeID) *raft.State { return c.View(id).State }
	setup := []Action{{Do: Timeout, Node: 1}, {Do: RunPolicy, Policy: Drain}, {Do: Ask, Node: 1, Command: "set x 1", Hold: HoldRequest}}
	for name, p := range map[string]struct {
		before []Action
		until  Until
		holds  func(c *Cluster) bool
	}{
		"elected":              {[]Action{campaign}, Until{When: Elected}, func(c *Cluster) bool { return state(c, 1).Role == raft.Leader }},
		"elected, this one":    {[]Action{campaign}, Until{When: Elected, Node: 1}, func(c *Cluster) bool { return state(c, 1).Role == raft.Leader }},
		"committed by anyone":  {setup, Until{When: Committed, Index: 2}, func(c *Cluster) bool { return state(c, 1).CommitIndex == 2 }},
		"committed, this one":  {append(setup, Action{Do: Heartbeat, Node: 1}), Until{When: Committed, Index: 1, Node: 3}, func(c *Cluster) bool { return state(c, 3).CommitIndex >= 1 }},
		"committed by all":     {append(setup, Action{Do: Heartbeat, Node: 1}), Until{When: Committed, Index: 1, Every: true}, func(c *Cluster) bool { return state(c, 2).CommitIndex >= 1 && state(c, 3).CommitIndex >= 1 }},
		"applied":              {setup, Until{When: Applied, Index: 2}, func(c *Cluster) bool { return state(c, 1).LastApplied == 2 }},
		"sent":                 {[]Action{campaign}, Until{When: Sent, Type: raft.AppendEntries}, func(c *Cluster) bool { return state(c, 1).Role == raft.Leader }},
		"sent by this one":     {[]Action{campaign}, Until{When: Sent, Type: raft.RequestVoteReply, Node: 3}, func(c *Cluster) bool { return state(c, 3).VotedFor == 1 }},
		"handled":              {[]Action{campaign}, Until{When: Handled, Type: raft.RequestVote}, func(c *Cluster) bool { return state(c, 2).VotedFor == 1 || state(c, 3).VotedFor == 1 }},
		"handled by this one":  {[]Action{campaign}, Until{When: Handled, Type: raft.RequestVote, Node: 3}, func(c *Cluster) bool { return state(c, 3).VotedFor == 1 }},
		"answered":             {setup, Until{When: Answered}, func(c *Cluster) bool { return state(c, 1).LastApplied == 2 }},
		"passed":               {nil, Until{When: Passed, Ms: 70}, func(c *Cluster) bool { return c.Now() == 70 }},
		"passed, with a delay": {[]Action{campaign, {Do: Delay, Message: 1, Ms: 500}}, Until{When: Passed, Ms: 70}, func(c *Cluster) bool { return c.Now() == 70 && state(c, 2).VotedFor == raft.None }},
	} {
		policies := []Policy{Drain, Bounce, Random, Timed}
		if p.until.When == Passed {
			policies = []Policy{Timed}
		}
		for _, policy := range policies {
			c := cluster(t, nil, p.before...)
			if p.until.When == Committed && p.until.Index == 2 || p.until.When == Applied || p.until.When == Answered {
				apply(t, c, Action{Do: Release, Message: c.lastID})
			}
			before := c.Clone()
			events := apply(t, c, Action{Do: RunPolicy, Policy: policy, Until: &p.until})
			last := events[len(events)-1].Move
			if !p.holds(c) {
				t.Errorf("%s, %s: it stops after %d moves, and the condition does not hold", name, policy, last)
			}
			if before.Apply(Action{Do: RunPolicy, Policy: policy, Count: last - 1}); last > 1 && p.holds(before) {
				t.Errorf("%s, %s: it goes on to move %d, and the condition held before", name, policy, last)
			}
		}
	}
}

// A condition that makes no sense, or that may never come, is refused with the way
// out.
func TestWrongConditionsAreRefused(t *testing.T) {
	for want, a := range map[string]Action{
		"needs an index":               {Policy: Drain, Until: &Until{When: Committed}},
		"needs the type of a message":  {Policy: Drain, Until: &Until{When: Sent}},
		"needs the timed policy":       {Policy: Drain, Until: &Until{When: Passed, Ms: 10}},
		"there is no node 4":           {Policy: Drain, Until: &Until{When: Elected, Node: 4}},
		"give a condition or a count":  {Policy: Timed},
		"may never hold: give a count": {Policy: Timed, Until: &Until{When: Elected}},
		"must not be negative":         {Policy: Drain, Count: -1},
		"the nodes are N-1 to N-3":     {Policy: Drain, Nodes: raft.SetOf(4)},
	} {
		c := cluster(t, func(c *Config) { c.Timers.Running = true }, campaign)
		a.Do = RunPolicy
		if _, err := c.Apply(a); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v, want something about %q", a, err, want)
		}
	}
}
