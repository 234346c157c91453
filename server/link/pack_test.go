package link

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"raftplay/raft"
	"raftplay/raft/sim"
	"raftplay/raft/trace"
)

// pack packs any text as a payload of this version.
func pack(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	z, err := zlib.NewWriterLevelDict(&b, zlib.BestCompression, dictionary)
	if err == nil {
		_, err = z.Write([]byte(text))
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return "1" + base64url.EncodeToString(b.Bytes())
}

func mustPack(t testing.TB, r Run) string {
	t.Helper()
	payload, err := r.Pack()
	if err != nil {
		t.Fatal(err)
	}
	return payload
}

// everything is a run in which every part of a link and every field of an action
// has a value. It need not be possible.
func everything() Run {
	config := sim.DefaultConfig()
	config.Nodes, config.Rules, config.HeldSending, config.Seed = 5, raft.Profiles[2].Rules, true, 1<<64-1
	config.Rules.MaxEntries, config.Rules.PreVote = 3, false
	config.Timers = sim.Timers{Running: true, ElectionMin: 1, ElectionMax: 2, Heartbeat: 3}
	config.Links = sim.Links{LatencyMin: 1, LatencyMax: 2, Loss: 3, Duplicate: 4, Reorder: true}
	term, vote := raft.Term(7), raft.None
	return Run{Engine: "1", Config: sim.BriefSettings(config), Source: "title: \"<T> & ü\"\n", Cursor: 12, Hash: "AAAAAAAAAAAAAAAA", Actions: []sim.Action{
		{Do: sim.Deliver, Message: 7},
		{Do: sim.Reorder, Message: 7, After: 9},
		{Do: sim.Reorder, Message: 1, After: 1},
		{Do: sim.Drop, Message: 1<<32 - 1},
		{Do: sim.Drop, After: 3},
		{Do: sim.RunPolicy, Node: 1, To: 2, Message: 3, After: 2, Ms: 4, Command: "set x \"1\" <&> é", Hold: sim.HoldBoth, Keep: true,
			Groups: []raft.NodeSet{2, 12}, Running: true, Links: &sim.Links{LatencyMin: 1, LatencyMax: 2, Loss: 3, Duplicate: 4, Reorder: true},
			Edit: &raft.Edit{Term: &term, Vote: &vote, TruncateFrom: 5}, Clear: sim.BothQueues, Policy: sim.Timed, Nodes: 6,
			Until: &sim.Until{When: sim.Committed, Node: 1, Every: true, Index: 2, Type: raft.RequestVote, Ms: 9},
			Count: 8, Title: "T", Unrecorded: true},
	}}
}

// A link of the first version opens for ever: neither the dictionary nor what is
// written here may change.
func TestLinksOpenForEver(t *testing.T) {
	sum := sha256.Sum256(dictionary)
	if got := hex.EncodeToString(sum[:]); got != "a438b739a62935f6c98b509dba224857939b7e1fe71a11fe1737e5379b594e7d" {
		t.Errorf("the dictionary of version 1 has changed, to %s: make a new version", got)
	}
	const golden = "1ePn1u4xdjJYxcoYgEIWv4lCTGXZZ4Cdd7mAXrDI5QkoOlDuk82IZREFWZLShWWd03-O974EhuiUsa48XTNlgJsqm2PWtoSqlivdPkLjIk6Lppy4lWuay_3TTmcQbU3JOODwKLyLriJTTTnljwIKJV2sGEX6U0l_zdnxP6UA7rX9BhGTl9JWAxaEf7Ok5tiOBGyXjW41GHM65MjewJqEnbx164iP7u5rlSFuDOW7oGm9BQBBTXlZe0r6x9Ve0vXJb1pBUZe7oIhS0CIWPvdDinzvwT3H8Mxz_OnG6Xw07ZqtKnh3ISvSwYZbOa_WVcl6V7OYORp1lL4rqqj_GJf4HAAD__4qEM5w"
	r, err := Unpack(golden)
	if err != nil {
		t.Fatalf("%v; today's is %s", err, mustPack(t, everything()))
	}
	if !reflect.DeepEqual(r, everything()) {
		t.Errorf("\n got %+v\nwant %+v", r, everything())
	}
	const played = "1ePn1u4xdIhABJgbwKAgsDc4pLvBO9nfKyizKNkjGFiWoeccIZ24zwl0g4iiY8UQOtoyO19u6hmSHmK4JPlkz8iMRv6wJEUWfLlnpVdcMOcDR8pMR1hLOCEsBj1TEYXG-Bfk-NyU216D5y5j83GZMMMsQDpIKBWMlKtiBWVjF1gICAAD__9hUK0Q"
	if r, err = Unpack(played); err == nil {
		_, err = r.Play(DefaultLimits())
	}
	if err != nil {
		run := clicked(t, 3, 30, 1)
		t.Errorf("%v; today's is %s", err, mustPack(t, Of(run, 40)))
	}
}

// everything leaves out no field: a field that is added needs a place in the
// golden link's successor.
func TestEverythingIsEverything(t *testing.T) {
	r := everything()
	for what, v := range map[string]reflect.Value{
		"Action": reflect.ValueOf(r.Actions[len(r.Actions)-1]), "Until": reflect.ValueOf(*r.Actions[len(r.Actions)-1].Until),
		"Edit": reflect.ValueOf(*r.Actions[len(r.Actions)-1].Edit), "Settings": reflect.ValueOf(r.Config),
		"Timers": reflect.ValueOf(*r.Config.Timers), "Links": reflect.ValueOf(*r.Config.Links),
	} {
		for i := range v.NumField() {
			if v.Field(i).IsZero() {
				t.Errorf("%s.%s has no value", what, v.Type().Field(i).Name)
			}
		}
	}
}

// Packing and unpacking gives back any run, whatever its messages are.
func TestPackingLosesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 300 {
		run := Run{Engine: sim.Engine, Scenario: "x", Cursor: r.IntN(100), Actions: []sim.Action{}}
		for range r.IntN(30) {
			a := sim.Action{Do: sim.Deliver, Node: raft.NodeID(r.IntN(4)), Message: trace.MessageID(r.IntN(5))}
			if r.IntN(3) == 0 {
				a.Message, a.After = trace.MessageID(r.Uint32()), trace.MessageID(r.IntN(5))
			}
			run.Actions = append(run.Actions, a)
		}
		if got, err := Unpack(mustPack(t, run)); err != nil || !reflect.DeepEqual(got, run) {
			t.Fatalf("%v\n got %+v\nwant %+v", err, got, run)
		}
	}
}

// 400 clicks fit into an address that every chat tool lets pass, with room to spare.
func TestFourHundredClicksFit(t *testing.T) {
	const room = 1400
	for _, nodes := range []int{3, 5} {
		for seed := range uint64(5) {
			run := clicked(t, nodes, 400, seed)
			address := "https://raft.example.org/#/r/" + mustPack(t, Of(run, run.Journal().Len()))
			if len(address) > room {
				t.Errorf("%d nodes, seed %d: %d characters, more than %d", nodes, seed, len(address), room)
			}
		}
	}
}

// Playing on with running timers is the same action again and again, and costs
// almost nothing.
func TestPlayingOnCostsLittle(t *testing.T) {
	r := Run{Engine: sim.Engine}
	for range 1000 {
		r.Actions = append(r.Actions, sim.Action{Do: sim.RunPolicy, Policy: sim.Timed, Until: &sim.Until{When: sim.Passed, Ms: 100}})
	}
	if n := len(mustPack(t, r)); n > 400 {
		t.Errorf("1000 equal actions take %d characters", n)
	}
}

// noise returns text that cannot be compressed.
func noise(length int) string {
	r := rand.New(rand.NewPCG(5, 6))
	b := make([]byte, length)
	for i := range b {
		b[i] = ' ' + byte(r.IntN(95))
	}
	return strings.NewReplacer(`"`, "", `\`, "", "<", "", ">", "", "&", "").Replace(string(b))
}

// A run that is too long for a link is told so when it is packed.
func TestTooLongToPack(t *testing.T) {
	for want, r := range map[string]Run{
		"the run has 10001 actions": {Actions: make([]sim.Action, MaxActions+1)},
		"bytes: one of at most":     {Source: strings.Repeat("x", MaxSize)},
		"characters: one of at mos": {Source: noise(550_000)},
	} {
		if _, err := r.Pack(); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "earlier part") {
			t.Errorf("%v", err)
		}
	}
}

// What is wrong with a payload is said, and how to mend it.
func TestWrongPayloads(t *testing.T) {
	good := mustPack(t, Of(clicked(t, 3, 40, 1), 5))
	flip := func(at int) string {
		other := byte('A')
		if good[at] == other {
			other = 'B'
		}
		return good[:at] + string(other) + good[at+1:]
	}
	text, err := everything().encode()
	if err != nil {
		t.Fatal(err)
	}
	with := func(old, new string) string {
		changed := strings.Replace(string(text), old, new, 1)
		if changed == string(text) {
			t.Fatalf("%s is not in %s", old, text)
		}
		return pack(t, changed)
	}
	const begin = `{"engine":"1","config":{},"at":0,"hash":"","actions":`
	for _, c := range []struct{ name, payload, want string }{
		{"nothing", "", "the link is empty"},
		{"spaces", good[:10] + " " + good[10:], "this is no link: it has other characters"},
		{"an emoji", "1🙂", "this is no link: it has other characters"},
		{"another version", "2" + good[1:], "open it with a newer raftplay"},
		{"only the version", "1", "the link is cut"},
		{"cut by half", good[:len(good)/2], "the link is cut"},
		{"cut by one", good[:len(good)-1], "copy it again, all of it"},
		{"altered at its start", flip(1), "the link was altered"},
		{"altered in its middle", flip(len(good) / 2), "copy it again, all of it"},
		{"something added", good + "AAAA", "the link was altered"},
		{"another dictionary", "1" + base64url.EncodeToString([]byte{0x78, 0xf9, 1, 2, 3, 4, 5}), "the link was altered"},
		{"too long", "1" + strings.Repeat("A", maxPayload), "no link has more than"},
		{"a bomb", pack(t, strings.Repeat(" ", 8<<20)), "too large when unpacked: 524288 bytes are allowed"},
		{"no JSON", pack(t, "hello"), "the link holds no run: invalid character"},
		{"no object", pack(t, "[]"), "the link holds no run: json: cannot unmarshal array"},
		{"no engine", pack(t, `{}`), "the engine's version is missing"},
		{"no actions", pack(t, `{"engine":"1"}`), "the link holds no run"},
		{"null", pack(t, begin+`null}`), "it is not spelled as links are"},
		{"deep", pack(t, begin+strings.Repeat("[", 200_000)), "the link holds no run"},
		{"deep, inside", pack(t, begin+`[{"do":"x","until":`+strings.Repeat(`{"when":`, 50_000)), "the link holds no run"},
		{"many actions", pack(t, begin+`[`+strings.Repeat(`{},`, 160_000)+`{}]}`), "it has 160001 actions: a link may have 10000"},
		{"an unknown key", with(`"at":12`, `"at":12,"colour":1`), `unknown field "colour"`},
		{"an unknown key of an action", with(`"ms":4`, `"ms":4,"colour":1`), `unknown field "colour"`},
		{"a key twice", with(`"at":12`, `"at":11,"at":12`), "not spelled as links are"},
		{"another spelling", with(`"at":12`, `"AT":12`), "not spelled as links are"},
		{"room", with(`"at":12`, `"at": 12`), "not spelled as links are"},
		{"something behind", pack(t, string(text)+"{}"), "something behind its end"},
		{"a wrong type", with(`"at":12`, `"at":"12"`), "cannot unmarshal string"},
		{"a fraction", with(`"at":12`, `"at":1.5`), "cannot unmarshal number 1.5"},
		{"a huge number", with(`"at":12`, `"at":1e999`), "cannot unmarshal number 1e999"},
		{"no number", with(`"at":12`, `"at":NaN`), "invalid character 'N'"},
		{"a negative cursor", with(`"at":12`, `"at":-1`), "it looks at event -1"},
		{"a negative node", with(`"node":1`, `"node":-1`), "cannot unmarshal number -1"},
		{"a negative message", with(`"message":7`, `"message":-7`), "there can be no message m-6"},
		{"a huge message", with(`"message":7`, `"message":9223372036854775807`), "there can be no message"},
		{"two scenarios", with(`"source":`, `"scenario":"x","source":`), "the words of two scenarios"},
		{"invalid UTF-8", with(`ü`, "\xff"), "not written in UTF-8"},
		{"of another engine", with(`"engine":"1"`, `"engine":"99","news":true`), "made by engine 99; this is engine 1, which cannot read it"},
	} {
		if _, err := Unpack(c.payload); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %s", c.name, err, c.want)
		}
	}
}

// No single wrong character, and no cut, goes unnoticed.
func TestEveryAlterationIsNoticed(t *testing.T) {
	good := mustPack(t, Of(clicked(t, 3, 20, 2), 5))
	for at := range good {
		if _, err := Unpack(good[:at]); err == nil {
			t.Errorf("cut after %d characters, it still opens", at)
		}
		for _, c := range "A9_" {
			if other := good[:at] + string(c) + good[at+1:]; other != good {
				if _, err := Unpack(other); err == nil {
					t.Errorf("with %c at %d, it still opens", c, at)
				}
			}
		}
	}
}

// Whatever comes, it is a run that packs again to the same, or it is refused.
func FuzzUnpack(f *testing.F) {
	text, err := everything().encode()
	if err != nil {
		f.Fatal(err)
	}
	for _, seed := range []string{
		"", "{}", "[]", "null", string(text),
		strings.Replace(string(text), `"at":12`, `"at":1e400`, 1),
		strings.Replace(string(text), `"message":7`, `"message":-9223372036854775808`, 1),
		strings.Replace(string(text), `"count":8`, `"count":9223372036854775807`, 1),
		strings.Replace(string(text), `ü`, "\xff\xfe", 1),
		strings.Replace(string(text), `"engine":"1"`, `"engine":"2"`, 1),
	} {
		f.Add(pack(f, seed), seed)
	}
	for _, large := range []string{strings.Repeat(" ", 2*MaxSize), strings.Repeat("[", 100_000),
		`{"engine":"1","config":{},"at":0,"hash":"","actions":[` + strings.Repeat(`{},`, 99_999) + `{}]}`} {
		f.Add(pack(f, large), "")
	}
	f.Add("2AAAA", "")
	f.Add("1", "")
	f.Add("🙂", "NaN")
	limits := Limits{Nodes: 5, Entries: 64, Events: 500}
	f.Fuzz(func(t *testing.T, payload, text string) {
		for _, payload := range []string{payload, pack(t, text)} {
			r, err := Unpack(payload)
			if err != nil {
				if err.Error() == "" {
					t.Fatal("an error without words")
				}
				continue
			}
			if again, err := Unpack(mustPack(t, r)); err != nil || !reflect.DeepEqual(again, r) {
				t.Fatalf("%v\n got %+v\nwant %+v", err, again, r)
			}
			if run, err := r.Play(limits); err == nil && Hash(run.Journal()) != r.Hash {
				t.Fatal("it is played otherwise than it says")
			}
			if written, err := json.Marshal(r); err != nil || len(written) == 0 {
				t.Fatal(err)
			}
		}
	})
}

// Unpacking and playing a thousand clicks is a matter of milliseconds.
func BenchmarkOpen1000(b *testing.B) {
	payload := mustPack(b, Of(clicked(b, 5, 1000, 1), 5))
	b.ReportMetric(float64(len(payload)), "characters")
	for b.Loop() {
		r, err := Unpack(payload)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := r.Play(DefaultLimits()); err != nil {
			b.Fatal(err)
		}
	}
}
