package sim

import (
	"strings"
	"testing"

	"raftplay/raft"
)

// No action carries more than its kind can need, in any field: a run keeps all its
// actions.
func TestActionsAreSmall(t *testing.T) {
	long := strings.Repeat("x", 1000)
	for want, a := range map[string]Action{
		"title has 1000 bytes":         {Do: Begin, Title: long},
		"is not one line":              {Do: Begin, Title: "one\ntwo"},
		"spaces at its ends":           {Do: Begin, Title: " one"},
		"the title has 1000 bytes: it": {Do: Timeout, Node: 1, Title: long},
		"command has 1000 bytes":       {Do: Timeout, Node: 1, Command: long},
		"groups":                       {Do: Timeout, Node: 1, Groups: make([]raft.NodeSet, 99)},
		"hold is":                      {Do: Timeout, Node: 1, Hold: Holding(long)},
		"clear is":                     {Do: Timeout, Node: 1, Clear: Queues(long)},
		"policy":                       {Do: Timeout, Node: 1, Policy: Policy(long)},
		"condition":                    {Do: Timeout, Node: 1, Until: &Until{When: Condition(long)}},
		"unknown action":               {Do: Verb(long)},
		"unknown policy":               {Do: RunPolicy, Policy: Policy(long)},
		"unknown condition":            {Do: RunPolicy, Policy: Drain, Until: &Until{When: Condition(long)}},
		"title":                        {Do: RunPolicy, Policy: Drain, Title: long},
	} {
		run, err := NewRun(DefaultConfig())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := run.Apply(a); err == nil || !strings.Contains(err.Error(), want) || len(run.Actions()) != 0 {
			t.Errorf("%s: %v, and %d actions are kept", a.Do, err, len(run.Actions()))
		}
	}
}
