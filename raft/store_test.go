package raft

import (
	"slices"
	"strings"
	"testing"
)

func TestStoreCommandsAndTheirResults(t *testing.T) {
	var s Store
	for _, c := range []struct{ command, result string }{
		{"get x", "x is not set"},
		{"set x 1", "x = 1"},
		{"get x", "x = 1"},
		{"add x 41", "x = 42"},
		{"add x -2", "x = 40"},
		{"add y 3", "y = 3"},
		{"set z word", "z = word"},
		{"add z 1", "z holds no number: word"},
		{"add x much", "not a number: much"},
		{"delete z", "z deleted"},
		{"delete z", "z is not set"},
		{"set  a   1", "a = 1"},
		{"jump", "unknown command"},
	} {
		expect(t, "the result of "+c.command, s.Apply(c.command), c.result)
	}
	if want := []Pair{{"a", "1"}, {"x", "40"}, {"y", "3"}}; !slices.Equal(s.Pairs(), want) {
		t.Errorf("the store holds %v, want %v", s.Pairs(), want)
	}
}

func TestCheckCommand(t *testing.T) {
	for _, good := range []string{"set x 1", "add x -7", "get x", "delete x", "set schlüssel wert", "set x 🙂"} {
		if err := CheckCommand(good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for bad, want := range map[string]string{
		"":                                 "unknown command",
		"set x":                            "unknown command",
		"set x 1 2":                        "unknown command",
		"get":                              "unknown command",
		"SET x 1":                          "unknown command",
		"add x one":                        "add takes a whole number",
		"add x 9223372036854775808":        "add takes a whole number",
		"set x a\nb":                       "not printable",
		"set x \x7f":                       "not printable",
		"set x \xff":                       "not printable",
		"set\u00a0x\u00a01":                "not printable",
		"set x \u202e1":                    "not printable",
		"set x " + strings.Repeat("1", 80): "80 are allowed",
	} {
		if err := CheckCommand(bad); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want something about %q", bad, err, want)
		}
	}
}

// Whatever passes the check is understood when it is applied.
func TestWhatIsCheckedIsUnderstood(t *testing.T) {
	for _, command := range []string{"set x 1", "  set x 1", "set x 1  ", "set  x  1", " get x", "add x 1 "} {
		var s Store
		if result := s.Apply(command); CheckCommand(command) == nil && !strings.HasPrefix(result, "x ") {
			t.Errorf("%q passes the check, and its result is %q", command, result)
		}
	}
}

func TestStoreCloneIsIndependent(t *testing.T) {
	var s Store
	s.Apply("set x 1")
	s.Remember(1, "x = 1")
	before := s.Pairs()
	clone := s.Clone()
	s.Apply("set x 2")
	s.Apply("set a 1")
	s.Remember(2, "a = 1")
	clone.Apply("delete x")
	clone.Remember(2, "x deleted")
	value, _ := s.Get("x")
	expect(t, "x in the original", value, "2")
	_, found := clone.Get("x")
	expect(t, "x in the clone is found", found, false)
	expect(t, "what was handed out", before[0], Pair{"x", "1"})
	mine, _ := s.Answer(2)
	theirs, _ := clone.Answer(2)
	expect(t, "the original's answer", mine, "a = 1")
	expect(t, "the clone's answer", theirs, "x deleted")
}

func TestStoreRemembersAnswersInAnyOrder(t *testing.T) {
	var s Store
	for _, serial := range []uint32{5, 2, 9, 1} {
		s.Remember(serial, strings.Repeat("i", int(serial)))
	}
	for serial := range uint32(11) {
		result, found := s.Answer(serial)
		expect(t, "the answer is found", found, slices.Contains([]uint32{1, 2, 5, 9}, serial))
		if found {
			expect(t, "the answer", len(result), int(serial))
		}
	}
}
