package web

import (
	"net/http"
	"strings"
	"testing"
)

// The metrics tell what happened.
func TestMetrics(t *testing.T) {
	s := newSite(t, nil)
	keys := s.start(`{}`)
	s.start(`{}`)
	p := s.open(keys.Session, keys.Key, nil)
	s.open(keys.Session, keys.ViewKey, nil)
	p.reach(1, 3)
	p.must(p.act(1, campaign(1)))
	if f := p.act(1, heartbeat(1)); f.Is != "rejected" {
		t.Fatalf("%+v", f)
	}
	_, text := s.request(http.MethodGet, "/metrics", "", nil)
	for _, line := range []string{
		"raftplay_sessions 2", "raftplay_viewers 2", "raftplay_events_kept 9", "raftplay_sessions_started_total 2", "raftplay_events_total 3",
		`raftplay_actions_total{do="campaign"} 1`, `raftplay_rejections_total{code="refused"} 1`, "raftplay_slow_readers_total 0",
		"raftplay_sessions_broken_total 0", "raftplay_request_seconds_count 2", "# TYPE raftplay_delivery_seconds histogram",
	} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("the metrics lack %q:\n%s", line, grep(text, "raftplay_"))
		}
	}
}

func grep(text, word string) string {
	var found []string
	for line := range strings.Lines(text) {
		if strings.Contains(line, word) && !strings.Contains(line, "_bucket") {
			found = append(found, line)
		}
	}
	return strings.Join(found, "")
}
