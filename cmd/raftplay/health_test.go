package main

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// The health check succeeds if the server says that it is well, and only then.
func TestHealth(t *testing.T) {
	status := http.StatusOK
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/healthz" {
			t.Errorf("it asks for %s", r.URL.Path)
		}
		w.WriteHeader(status)
	}))
	if out, errs, exit := raftplay("", "health", site.URL+"/"); exit != fine || out+errs != "" {
		t.Errorf("a server that is well: %d %s%s", exit, out, errs)
	}
	status = http.StatusServiceUnavailable
	if _, errs, exit := raftplay("", "health", site.URL); exit != differs || !strings.Contains(errs, "503") {
		t.Errorf("a server that is not well: %d %s", exit, errs)
	}
	site.Close()
	if _, errs, exit := raftplay("", "health", site.URL); exit != differs || !strings.Contains(errs, "refused") {
		t.Errorf("no server: %d %s", exit, errs)
	}
	for _, args := range []string{"127.0.0.1:8080", "ftp://127.0.0.1", "http://a http://b"} {
		if _, errs, exit := raftplay("", append([]string{"health"}, strings.Fields(args)...)...); exit != misused || strings.Count(errs, "\n") != 1 {
			t.Errorf("%s: %d %s", args, exit, errs)
		}
	}
}
