package raft

import (
	"reflect"
	"strings"
	"testing"
)

// Every switch of Rules is documented by exactly one rule, in the order of the
// struct, and is named as its field.
func TestRuleListCoversEverySwitch(t *testing.T) {
	var switches []string
	fields := reflect.TypeFor[Rules]()
	for i := range fields.NumField() {
		if f := fields.Field(i); f.Type.Kind() == reflect.Bool {
			switches = append(switches, f.Name)
		}
	}
	expect(t, "the number of rules", len(RuleList), len(switches))
	for i, d := range RuleList {
		expect(t, "the name of a rule", d.Name, strings.ToLower(switches[i][:1])+switches[i][1:])
		var r Rules
		d.Set(&r, true)
		expect(t, d.Name+" sets its own field", reflect.ValueOf(r).FieldByName(switches[i]).Bool(), true)
		expect(t, d.Name+" is on", d.On(r), true)
		d.Set(&r, false)
		expect(t, "the rules once "+d.Name+" is off again", r, Rules{})
		if d.Section == "" || d.Does == "" || d.Without == "" {
			t.Errorf("%s lacks a section or words", d.Name)
		}
	}
}

func TestRuleNamed(t *testing.T) {
	d, err := RuleNamed("preVote")
	if err != nil || d.Name != "preVote" {
		t.Errorf("preVote: %v, %v", d.Name, err)
	}
	if _, err := RuleNamed("prevote"); err == nil || !strings.Contains(err.Error(), `unknown rule "prevote": the rules are votesOncePerTerm, `) {
		t.Errorf("prevote: %v", err)
	}
}

func TestProfiles(t *testing.T) {
	expect(t, "the default", Profiles[0].Name, "paper")
	for _, p := range Profiles {
		got, err := ProfileNamed(p.Name)
		if err != nil || got.Rules != p.Rules {
			t.Errorf("%s: %v", p.Name, err)
		}
	}
	for _, name := range []string{"paper", "production"} {
		p, _ := ProfileNamed(name)
		for _, d := range RuleList {
			if d.Kind == Safety {
				expect(t, d.Name+" in "+name, d.On(p.Rules), true)
			}
			if d.Kind == Dialect {
				expect(t, d.Name+" in "+name, d.On(p.Rules), false)
			}
		}
	}
	if _, err := ProfileNamed("fast"); err == nil || err.Error() != `unknown profile "fast": the profiles are paper, production, raftengine` {
		t.Errorf("fast: %v", err)
	}
}
