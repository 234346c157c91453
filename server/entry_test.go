package server

import (
	"errors"
	"fmt"
	"testing"

	"raftplay/raft/sim"
)

// A session that another engine plays otherwise does not open, and says why. What
// was kept of it stays.
func TestSessionsOfAnotherEngine(t *testing.T) {
	for _, c := range []struct{ head, change, why string }{
		{`{"v":1,"engine":"0","key":"k","viewKey":"w","config":{}}`, `{"v":1,"branch":1,"action":{"do":"campaign","node":1},"length":9,"hash":"x"}`,
			"begun with engine 0; this is engine " + sim.Engine + ", and here it comes out otherwise, from change 1 on"},
		{`{"v":1,"engine":"` + sim.Engine + `","key":"k","viewKey":"w","config":{}}`, `{"v":1,"branch":1,"action":{"do":"campaign","node":1},"length":9,"hash":"x"}`,
			"change 1 does not come out as it was kept: it brings other events"},
		{`{"v":1,"engine":"0","key":"k","viewKey":"w","config":{}}`, `{"v":1,"branch":1,"action":{"do":"cross-fade"}}`, "engine 0"},
		{`{"v":2,"key":"k","viewKey":"w","config":{}}`, `{}`, "version 2, and this program knows 1"},
		{`{"v":1,"config":{}}`, `{}`, "no keys"},
		{`{"v":1,"key":"k","viewKey":"w"}`, `{}`, "no configuration"},
		{`{"v":1,"key":"k","viewKey":"w","config":{}}`, `{"v":9}`, "version 9"},
		{`no JSON`, `{}`, "cannot be read"},
		{`{"v":1,"key":"k","viewKey":"w","source":"title: ["}`, `{}`, "cannot be read"},
	} {
		h := newHub(nil)
		if err := errors.Join(h.Store.Create("a", []byte(c.head)), h.Store.Append("a", 0, []byte(c.change))); err != nil {
			t.Fatal(err)
		}
		if _, err := h.Session("a"); CodeOf(err) != Refused || !errorSays(err, c.why) {
			t.Errorf("%s: %v", c.head, err)
		}
		if _, changes, err := h.Store.Read("a", 0); err != nil || len(changes) != 1 {
			t.Errorf("%s: %d changes are left: %v", c.head, len(changes), err)
		}
		if h.coming != 0 {
			t.Errorf("%s: %d sessions are coming", c.head, h.coming)
		}
		h.Close()
	}
}

// Whatever is found in the store, taking up a session does not break the server.
func FuzzEntry(f *testing.F) {
	head := `{"v":1,"engine":"1","key":"k","viewKey":"w","config":{}}`
	source := `{"v":1,"key":"k","viewKey":"w","file":"a.yaml","source":` + fmt.Sprintf("%q", failing) + `}`
	for _, change := range []string{
		`{"v":1,"branch":1,"action":{"do":"campaign","node":1},"length":5}`,
		`{"v":1,"branch":1,"fork":-1,"action":{"do":"campaign","node":1}}`,
		`{"v":1,"branch":1,"fork":99,"action":{"do":"campaign","node":200}}`,
		`{"v":1,"branch":1,"fork":0,"action":{"do":"run","policy":"timed","count":-5}}`,
		`{"v":1,"branch":1,"steps":1000000000}`,
		`{"v":1,"branch":0,"name":"x"}`, `{"v":1,"branch":1,"name":"x","length":3}`, `{"v":1,"branch":1}`, `null`, ``, `[]`,
	} {
		f.Add([]byte(head), []byte(change))
		f.Add([]byte(source), []byte(change))
	}
	f.Add([]byte(`{"v":1,"key":"k","viewKey":"w","run":{"engine":"1","config":{"nodes":3},"actions":[{"do":"campaign","node":1}],"at":-4,"hash":"x"}}`), []byte(`{}`))
	f.Add([]byte(`{"v":1,"key":"k","viewKey":"w","config":{"nodes":2000000}}`), []byte(`{}`))
	h := newHub(func(l *Limits) { l.Events = 2000 })
	f.Cleanup(h.Close)
	f.Fuzz(func(t *testing.T, head, change []byte) {
		began, err := readHead(head)
		if err != nil {
			return
		}
		s, err := newSession(h, "a", began)
		if err != nil {
			return
		}
		for range 2 {
			if s.again(change) != nil {
				return
			}
		}
	})
}
