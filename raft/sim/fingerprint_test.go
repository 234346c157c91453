package sim

import "testing"

// Whatever makes a difference to what comes next makes one to the fingerprint.
func TestEveryDifferenceChangesTheClustersFingerprint(t *testing.T) {
	seen := map[uint64]string{}
	for name, actions := range map[string][]Action{
		"nothing":          nil,
		"a message waits":  {{Do: Timeout, Node: 1}},
		"it is held":       {{Do: Timeout, Node: 1}, {Do: Delay, Message: 1}},
		"it waits twice":   {{Do: Timeout, Node: 1}, {Do: Duplicate, Message: 1}},
		"they changed":     {{Do: Timeout, Node: 1}, {Do: Duplicate, Message: 1}, {Do: Deliver, Message: 1}},
		"a server is down": {{Do: Crash, Node: 2}},
		"a link is cut":    {{Do: CutLink, Node: 1, To: 2}},
		"the other way":    {{Do: CutLink, Node: 2, To: 1}},
		"a link holds":     {{Do: CutLink, Node: 1, To: 2, Keep: true}},
		"timers run":       {{Do: SetTimers, Running: true}},
		"links lose":       {{Do: SetLinks, Links: &Links{LatencyMin: 5, LatencyMax: 15, Loss: 1}}},
		"links are slow":   {{Do: SetLinks, Links: &Links{LatencyMin: 5, LatencyMax: 16}}},
		"links reorder":    {{Do: SetLinks, Links: &Links{LatencyMin: 5, LatencyMax: 15, Reorder: true}}},
		"a request waits":  {{Do: Ask, Node: 1, Command: "get x", Hold: HoldRequest}},
		"its answer too":   {{Do: Ask, Node: 1, Command: "get x", Hold: HoldBoth}},
	} {
		c, _, err := New(DefaultConfig(), false)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range actions {
			if _, err := c.Apply(a); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		f := c.Fingerprint()
		if other, taken := seen[f]; taken {
			t.Errorf("%q and %q have the same fingerprint", name, other)
		}
		seen[f] = name
		if f != c.Clone().Fingerprint() {
			t.Errorf("%q: a clone has another fingerprint", name)
		}
	}
}
