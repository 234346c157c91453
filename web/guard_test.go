package web

import (
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/gorilla/websocket"
)

// A page of another site gets nothing, by its own name or by another's, over
// HTTP or WebSocket.
func TestForeignPagesGetNothing(t *testing.T) {
	s := newSite(t, nil)
	keys := s.start(`{}`)
	at := strings.TrimPrefix(s.http.URL, "http://")
	_, port, _ := strings.Cut(at, ":")
	for _, c := range []struct {
		host, origin string
		allowed      bool
	}{
		{at, "", true},
		{at, "http://" + at, true},
		{"localhost:" + port, "http://localhost:" + port, true},
		{"LOCALHOST:" + port, "", true},
		{"[::1]:" + port, "http://[::1]:" + port, true},
		{"raft.example.org", "https://raft.example.org", true},
		{"raft.example.org:8443", "https://raft.example.org:8443", true},

		{"evil.example:" + port, "http://evil.example:" + port, false}, // DNS rebinding: Origin equals Host
		{"evil.example", "", false},
		{at, "http://evil.example", false},
		{at, "http://localhost:1", false}, // another server on the same machine
		{at, "null", false},
		{at, "file://" + at, false},
		{at, "http://" + at + ".evil.example", false},
		{"localhost", "", false},
		{"raft.example.org.evil.example", "", false},
		{"127.0.0.1", "", false},
	} {
		header := []string{"Host", c.host}
		upgrade := http.Header{"Host": {c.host}}
		if c.origin != "" {
			header = append(header, "Origin", c.origin)
			upgrade.Set("Origin", c.origin)
		}
		for _, path := range []string{"/", "/healthz", "/metrics", "/api/vocabulary"} {
			status, text := s.request(http.MethodGet, path, "", nil, header...)
			if (status == http.StatusOK) != c.allowed {
				t.Errorf("%s as %q from %q: status %d, %.80s", path, c.host, c.origin, status, text)
			}
		}
		if status, _ := s.request(http.MethodPost, "/api/sessions", "", `{}`, header...); (status == http.StatusCreated) != c.allowed {
			t.Errorf("a session as %q from %q: status %d", c.host, c.origin, status)
		}
		conn, _, err := websocket.DefaultDialer.Dial("ws://"+at+"/api/sessions/"+keys.Session+"/live", upgrade)
		if (err == nil) != c.allowed {
			t.Errorf("a connection as %q from %q: %v", c.host, c.origin, err)
		}
		if err == nil {
			conn.Close()
		}
	}
}

// Every answer, errors too, carries the headers that keep other content out.
func TestHeaders(t *testing.T) {
	s := newSite(t, nil)
	for _, path := range []string{"/", "/nothing", "/api/vocabulary", "/api/nothing", "/healthz"} {
		answer, err := s.http.Client().Get(s.http.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		policy := answer.Header.Get("Content-Security-Policy")
		for _, part := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'",
			"base-uri 'none'", "form-action 'none'", "connect-src 'self' ws://" + strings.TrimPrefix(s.http.URL, "http://")} {
			if !strings.Contains(policy, part) {
				t.Errorf("%s: the policy %q lacks %q", path, policy, part)
			}
		}
		if strings.Contains(policy, "unsafe") {
			t.Errorf("%s: the policy is %q", path, policy)
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
			"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-cache"} {
			if got := answer.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q", path, name, got)
			}
		}
	}
}

// Other sites may frame the page that is made for it, and nothing else about it is
// laxer than about the others.
func TestEmbedMayBeFramed(t *testing.T) {
	s := newSite(t, nil)
	get := func(path string) http.Header {
		answer, err := s.http.Client().Get(s.http.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusOK || answer.Header.Get("Content-Type") != "text/html; charset=utf-8" {
			t.Errorf("%s: status %d, %q", path, answer.StatusCode, answer.Header.Get("Content-Type"))
		}
		return answer.Header
	}
	page, embed, file := get("/"), get("/embed"), get("/embed.html")
	const policy, resource = "Content-Security-Policy", "Cross-Origin-Resource-Policy"
	if want := strings.Replace(page.Get(policy), "frame-ancestors 'none'", "frame-ancestors *", 1); embed.Get(policy) != want || want == page.Get(policy) {
		t.Errorf("the policy is %q, want %q", embed.Get(policy), want)
	}
	if embed.Get(resource) != "cross-origin" || embed.Get("X-Frame-Options") != "" {
		t.Errorf("%s is %q, X-Frame-Options %q", resource, embed.Get(resource), embed.Get("X-Frame-Options"))
	}
	for _, name := range []string{"X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Cache-Control"} {
		if embed.Get(name) != page.Get(name) {
			t.Errorf("%s is %q", name, embed.Get(name))
		}
	}
	if file.Get(policy) != page.Get(policy) || file.Get(resource) != page.Get(resource) {
		t.Error("the file may be framed under its own name")
	}
}

// A browser leaves out port 80, behind a name and behind an address of either kind.
func TestPort80IsLeftOut(t *testing.T) {
	for addr, hosts := range map[string][]string{
		"127.0.0.1:80": {"127.0.0.1", "localhost", "[::1]", "localhost:80"},
		"[::1]:80":     {"[::1]", "[::1]:80", "127.0.0.1"},
	} {
		at, err := net.ResolveTCPAddr("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		known := NewHosts(at, nil)
		for _, host := range hosts {
			if !known.allow(host) {
				t.Errorf("a server at %s does not answer to %q", addr, host)
			}
		}
		if known.allow("localhost:8080") || known.allow("evil.example") {
			t.Errorf("a server at %s answers to a foreign name", addr)
		}
	}
}
