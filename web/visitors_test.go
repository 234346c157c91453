package web

import (
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"raftplay/server"
)

// from sends a request as it comes from an address, with X-Forwarded-For.
func (s *site) from(addr, forwarded, method, path, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, s.http.URL+path, strings.NewReader(body))
	r.RemoteAddr = addr
	r.Header.Set("Content-Type", "application/json")
	if forwarded != "" {
		r.Header.Set("X-Forwarded-For", forwarded)
	}
	answer := httptest.NewRecorder()
	s.ServeHTTP(answer, r)
	return answer
}

// A visitor who asks too often is told when to come back; others, and whoever sits
// at the machine itself, are not held up.
func TestVisitorsAreLimited(t *testing.T) {
	s := newSite(t, nil)
	const stranger, household, neighbour = "192.0.2.1:1000", "[2001:db8::1]:1", "[2001:db8::2]:1"
	const other, home, home6 = "192.0.2.2:1000", "127.0.0.1:1", "[::1]:1"
	const path = "/api/sessions/x/export" // answered at once: the key is missing
	for i := range exportsPerMinute {
		for _, addr := range []string{stranger, household, home, home6} {
			if answer := s.from(addr, "", http.MethodGet, path, ""); answer.Code != http.StatusForbidden {
				t.Fatalf("request %d of %s: status %d, %s", i+1, addr, answer.Code, answer.Body)
			}
		}
	}
	const late = http.StatusTooManyRequests
	for addr, want := range map[string]int{stranger: late, household: late, neighbour: late, other: 403, home: 403, home6: 403} {
		answer := s.from(addr, "192.0.2.77", http.MethodGet, path, "")
		if answer.Code != want {
			t.Errorf("%s: status %d, want %d", addr, answer.Code, want)
		}
		if want == late && (!strings.Contains(answer.Body.String(), `"code":"rate"`) || answer.Header().Get("Retry-After") != "60") {
			t.Errorf("%s: %v, %s", addr, answer.Header(), answer.Body)
		}
	}
	if answer := s.from(stranger, "", http.MethodPost, "/api/sessions", "{}"); answer.Code != http.StatusCreated {
		t.Errorf("another kind of request: status %d, %s", answer.Code, answer.Body)
	}
}

// Behind a proxy, visitors are those that it names last, whatever they say of
// themselves before.
func TestVisitorsBehindAProxy(t *testing.T) {
	s := newSite(t, func(l *server.Limits) { l.PerVisitor = 1 })
	s.BehindProxy = true
	s.router = s.routes()
	for _, c := range []struct {
		forwarded string
		status    int
	}{
		{"192.0.2.1", http.StatusCreated},
		{"192.0.2.1", http.StatusTooManyRequests},
		{"127.0.0.1, 192.0.2.1", http.StatusTooManyRequests}, // it claims to sit at the machine
		{"192.0.2.2", http.StatusCreated},
		{"", http.StatusCreated}, // the proxy does not say: all of them are one
		{"", http.StatusTooManyRequests},
		{"nonsense", http.StatusTooManyRequests},
	} {
		if answer := s.from("127.0.0.1:1", c.forwarded, http.MethodPost, "/api/sessions", "{}"); answer.Code != c.status {
			t.Errorf("%q: status %d, want %d: %s", c.forwarded, answer.Code, c.status, answer.Body)
		}
	}
}

// One visitor cannot take all sessions; one that is closed makes room.
func TestSessionsOfOneVisitor(t *testing.T) {
	s := newSite(t, func(l *server.Limits) { l.PerVisitor = 2 })
	start := func(addr string) *httptest.ResponseRecorder {
		return s.from(addr, "", http.MethodPost, "/api/sessions", "{}")
	}
	const stranger = "192.0.2.1:1000"
	start(stranger)
	start(stranger)
	if answer := start(stranger); answer.Code != http.StatusTooManyRequests || !strings.Contains(answer.Body.String(), "as many live sessions as one may have") {
		t.Errorf("status %d, %s", answer.Code, answer.Body)
	}
	for _, addr := range []string{"192.0.2.2:1000", "127.0.0.1:1", "127.0.0.1:1", "127.0.0.1:1"} {
		if answer := start(addr); answer.Code != http.StatusCreated {
			t.Errorf("%s: status %d, %s", addr, answer.Code, answer.Body)
		}
	}
	first := s.guests.sessions["192.0.2.1"][0]
	if err := first.Delete(first.Key); err != nil {
		t.Fatal(err)
	}
	<-first.Over()
	if answer := start(stranger); answer.Code != http.StatusCreated {
		t.Errorf("status %d, %s", answer.Code, answer.Body)
	}
}

// noise is text that cannot be made much smaller.
func noise(length int) string {
	var b strings.Builder
	for b.Len() < length {
		b.WriteString(rand.Text())
	}
	return b.String()
}

// Keeping links has a limit of its own, by their size.
func TestKeptLinksAreLimited(t *testing.T) {
	s := newSite(t, nil)
	keys := s.start(`{}`)
	ask := func(short string) int {
		r := httptest.NewRequest(http.MethodPost, s.http.URL+"/api/sessions/"+keys.Session+"/link", strings.NewReader(`{"branch":1,"cursor":3,"short":`+short+`}`))
		r.RemoteAddr = "192.0.2.1:1"
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Authorization", "Bearer "+keys.Key)
		answer := httptest.NewRecorder()
		s.ServeHTTP(answer, r)
		return answer.Code
	}
	s.keeping = limiter(10, time.Hour, "enough")
	for i := range 10 {
		if status := ask("true"); status != http.StatusOK {
			t.Fatalf("link %d: status %d", i+1, status)
		}
	}
	if kept, carrying := ask("true"), ask("false"); kept != http.StatusTooManyRequests || carrying != http.StatusOK {
		t.Errorf("one more to keep: status %d, one that carries its run: status %d", kept, carrying)
	}
	s.keeping = limiter(10, time.Hour, "enough")
	keys = s.start(`{"source":"title: T\nsteps:\n  - campaign: N-1\n# ` + noise(20_000) + `"}`)
	if status := ask("true"); status != http.StatusTooManyRequests {
		t.Errorf("one of more than 10 KB: status %d", status)
	}
}

// Slow readers of large answers do not fill the memory; small ones are always taken.
func TestLargeAnswers(t *testing.T) {
	s := newSite(t, nil)
	hand := func(size int) int {
		answer := httptest.NewRecorder()
		s.hand(answer, make([]byte, size))
		return answer.Code
	}
	if whole := hand(largeAnswer + 1); whole != http.StatusOK || !s.large.TryAcquire(largeBytes) {
		t.Fatalf("a large one: status %d, or it takes room when it is gone", whole)
	}
	if small, large := hand(largeAnswer), hand(largeAnswer+1); small != http.StatusOK || large != http.StatusServiceUnavailable {
		t.Errorf("while others wait: status %d for a small one, %d for a large one", small, large)
	}
	s.large.Release(largeBytes)
	if status := hand(largeBytes + 1); status != http.StatusOK {
		t.Errorf("one that is larger than all may be, alone: status %d", status)
	}
}

// Every refusal has a status.
func TestStatuses(t *testing.T) {
	for _, code := range []server.Code{server.Refused, server.Stale, server.Rights, server.Rate, server.Limit, server.Frame, server.NotFound, server.Broken} {
		answer := httptest.NewRecorder()
		fail(answer, &server.Error{Code: code, Why: "it is so"})
		if answer.Code < 400 || !strings.Contains(answer.Body.String(), `"message":"it is so"`) {
			t.Errorf("%s: status %d, %s", code, answer.Code, answer.Body)
		}
	}
}

// An error inside the server breaks one request, and is logged.
func TestBrokenRequests(t *testing.T) {
	s := newSite(t, nil)
	broken := s.recovered(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("oh") }))
	answer := httptest.NewRecorder()
	broken.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/", nil))
	if answer.Code != http.StatusInternalServerError || !strings.Contains(answer.Body.String(), `"code":"broken"`) {
		t.Errorf("status %d, %s", answer.Code, answer.Body)
	}
}
