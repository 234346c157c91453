package scenarios_test

import (
	"bytes"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"raftplay/raft/sim"
	"raftplay/scenarios"
)

func journalBytes(run *sim.Run) []byte {
	var b []byte
	for _, e := range run.Journal().Events(0) {
		b = append(e.AppendJSON(b), '\n')
	}
	return b
}

// A run that is written down as a scenario gives the same journal again, byte
// for byte, and keeps its words.
func TestEncodedRunReplays(t *testing.T) {
	for _, name := range scenarios.List() {
		s := load(t, name)
		run := play(t, s).Run()
		src, err := scenarios.Encode(s, run.Actions())
		if err != nil {
			t.Fatal(err)
		}
		again, err := scenarios.Parse(name+".yaml", src)
		if err != nil {
			t.Fatalf("%s: what was written does not parse: %v\n%s", name, err, src)
		}
		if !bytes.Equal(journalBytes(run), journalBytes(play(t, again).Run())) {
			t.Errorf("%s: the journals differ; written was\n%s", name, src)
		}
		if again.Title != s.Title || again.About != s.About || !reflect.DeepEqual(again.Tags, s.Tags) ||
			!reflect.DeepEqual(again.Config, s.Config) || len(again.Sections) != len(s.Sections) {
			t.Errorf("%s: the head was not kept:\n%s", name, src)
		}
		for i := range s.Sections {
			a, b := s.Sections[i], again.Sections[i]
			if a.Title != b.Title || a.Prose != b.Prose || !reflect.DeepEqual(a.Uses, b.Uses) || !reflect.DeepEqual(a.Tests, b.Tests) {
				t.Errorf("%s: section %d was not kept:\n%s", name, i+1, src)
			}
		}
	}
}

// So is any run, however it came about, and its messages are named by what they
// are.
func TestEncodedRandomRunsReplay(t *testing.T) {
	for seed := range uint64(150) {
		drawn, _ := draw(seed, nil)
		run, err := sim.NewRun(drawn.config)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range drawn.play().taken {
			if _, err := run.Apply(a); err != nil {
				t.Fatal(err)
			}
		}
		src, err := scenarios.Encode(&scenarios.Scenario{Config: run.Config()}, run.Actions())
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		again, err := scenarios.Parse("again.yaml", src)
		if err != nil {
			t.Fatalf("seed %d: %v\n%s", seed, err, src)
		}
		if !bytes.Equal(journalBytes(run), journalBytes(play(t, again).Run())) {
			t.Errorf("seed %d: the journals differ; written was\n%s", seed, src)
		}
		if byID := regexp.MustCompile(`m\d+`).Find(src); byID != nil {
			t.Errorf("seed %d: %s is named by its id in\n%s", seed, byID, src)
		}
	}
}

// What is written reads as a person would have written it.
func TestEncodeIsReadable(t *testing.T) {
	run := play(t, lesson(t, "timeout: N-1", "deliver: m1", "duplicate: m3", "deliver: m3", "drain",
		"ask: {node: N-1, command: set x 1, hold: answer}", "drain", "answer", "crash: N-2")).Run()
	const want = `title: By hand
nodes: 3
steps:
  - timeout: N-1
  - deliver: {type: RequestVote, from: N-1, to: N-2}
  - duplicate: {type: RequestVoteReply, from: N-2, to: N-1}
  - deliver: {type: RequestVoteReply, from: N-2, to: N-1} # N-1 leads in term 1
  - drain # committed up to 1
  - ask: {node: N-1, command: set x 1, hold: answer}
  - drain # committed up to 2
  - answer
  - crash: N-2
`
	got, err := scenarios.Encode(&scenarios.Scenario{Title: "By hand", Config: run.Config()}, run.Actions())
	if err != nil || string(got) != want {
		t.Errorf("want\n%s\ngot %v\n%s", want, err, got)
	}
}

// Actions that do not belong together are refused, with the one that cannot be.
func TestEncodeRefusesWhatCannotBePlayed(t *testing.T) {
	config := sim.DefaultConfig()
	_, err := scenarios.Encode(&scenarios.Scenario{Config: config}, []sim.Action{{Do: sim.Restart, Node: 1}})
	if err == nil || !strings.Contains(err.Error(), `"restart"`) || !strings.Contains(err.Error(), "running already") {
		t.Errorf("got %v", err)
	}
	long := make([]sim.Action, scenarios.MaxSteps+1)
	if _, err := scenarios.Encode(&scenarios.Scenario{Config: config}, long); err == nil || !strings.Contains(err.Error(), "10001 actions") {
		t.Errorf("got %v", err)
	}
	wordy := &scenarios.Scenario{Config: config, About: strings.Repeat("words\n", scenarios.MaxSize/6)}
	if _, err := scenarios.Encode(wordy, nil); err == nil || !strings.Contains(err.Error(), "a scenario may have 262144") {
		t.Errorf("got %v", err)
	}
	config.Nodes = 99
	if _, err := scenarios.Encode(&scenarios.Scenario{Config: config}, nil); err == nil {
		t.Error("a configuration that is out of range is written")
	}
}

// Words of any kind come back as they were.
func TestEncodeKeepsWords(t *testing.T) {
	for _, words := range []string{"true", "- all: #1 \"x\"", "a: b # c", "  indented\n\ttab", "\x00\x1b[31m\u2028<script>", "ends with blanks  \n\nnext\n"} {
		from := &scenarios.Scenario{Title: "T", About: words, Config: sim.DefaultConfig(), Sections: []scenarios.Section{{Title: "S", Prose: words}}}
		src, err := scenarios.Encode(from, []sim.Action{{Do: sim.Begin, Title: "S"}})
		if err != nil {
			t.Fatal(err)
		}
		s, err := scenarios.Parse("words.yaml", src)
		if err != nil {
			t.Fatalf("%v\n%s", err, src)
		}
		if strings.TrimRight(s.About, "\n") != strings.TrimRight(words, "\n") || s.Sections[0].Prose != s.About {
			t.Errorf("want %q, got %q and %q", words, s.About, s.Sections[0].Prose)
		}
	}
}

// A title that some reader of YAML would take for something else is in quotes.
func TestEncodeQuotesKeywords(t *testing.T) {
	for _, word := range []string{"true", "No", "null", "y"} {
		src, err := scenarios.Encode(&scenarios.Scenario{Title: word, Config: sim.DefaultConfig()}, nil)
		if err != nil || !strings.HasPrefix(string(src), `title: "`+word+`"`) {
			t.Errorf("%s: %v\n%s", word, err, src)
		}
	}
}

// Rules are written as what differs from the profile.
func TestEncodeWritesRules(t *testing.T) {
	s := &scenarios.Scenario{Title: "T", Profile: "production", Config: sim.DefaultConfig()}
	s.Config.Nodes = 5
	s.Config.HeldSending = true
	s.Config.Timers.Running = true
	src, err := scenarios.Encode(s, nil)
	if err != nil {
		t.Fatal(err)
	}
	again, err := scenarios.Parse("f.yaml", src)
	if err != nil {
		t.Fatalf("%v\n%s", err, src)
	}
	if !reflect.DeepEqual(again.Config, s.Config) || again.Profile != "production" {
		t.Errorf("written was\n%s", src)
	}
}
