package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"raftplay/server"
	"raftplay/server/keep"
)

// A server prints its address, serves the page and a session, and says goodbye.
func TestServe(t *testing.T) {
	f := flag.NewFlagSet("serve", flag.ContinueOnError)
	o := serveFlags(f)
	if err := f.Parse([]string{"-addr", "127.0.0.1:0"}); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	out, in := io.Pipe()
	served := make(chan error, 1)
	go func() { served <- serve(ctx, *o, streams{out: in, err: io.Discard}) }()
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	address, is := strings.CutPrefix(strings.TrimSpace(line), "Raftplay is at ")
	if !is {
		t.Fatalf("it says %q", line)
	}
	page, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	text, _ := io.ReadAll(page.Body)
	page.Body.Close()
	if page.StatusCode != http.StatusOK || !bytes.Contains(bytes.ToLower(text), []byte("<!doctype html>")) {
		t.Errorf("the page has status %d: %.80s", page.StatusCode, text)
	}
	started, err := http.Post(address+"/api/sessions", "application/json", strings.NewReader(`{}`))
	if err != nil {
		t.Fatal(err)
	}
	defer started.Body.Close()
	var keys struct{ Session, Key string }
	if err := json.NewDecoder(started.Body).Decode(&keys); err != nil {
		t.Fatal(err)
	}
	live, _, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(address, "http")+"/api/sessions/"+keys.Session+"/live", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer live.Close()
	if err := live.WriteJSON(map[string]any{"do": "hello", "v": 1, "key": keys.Key}); err != nil {
		t.Fatal(err)
	}
	if _, welcome, err := live.ReadMessage(); err != nil || !bytes.HasPrefix(welcome, []byte(`{"is":"welcome"`)) {
		t.Fatalf("%v: %s", err, welcome)
	}
	stop()
	for err == nil {
		_, _, err = live.ReadMessage()
	}
	if !websocket.IsCloseError(err, server.CloseRestart) {
		t.Errorf("the connection ends with %v", err)
	}
	if err := <-served; err != nil {
		t.Errorf("serving ends with %v", err)
	}
}

// The word serve may be left out.
func TestServeRefusesBadFlags(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ args, why string }{
		{"-addr nowhere", "nowhere"},
		{"-max-sessions 0", "limit of sessions is 0"},
		{"-idle -1s", "limit of idle"},
		{"-max-nodes many", "max-nodes"},
		{"-static /no/such/place/at/all x", "no arguments"},
		{"-host=", "name is missing"},
		{"-host https://raft.example.org", "no scheme"},
		{"-keep 0s", "-keep is 0s"},
		{"-max-data -1", "-max-data is -1"},
		{"-addr 127.0.0.1:0 -data " + file, "not a directory"},
	} {
		for _, word := range []string{"serve ", ""} {
			var out, errs bytes.Buffer
			status := command(strings.Fields(word+c.args), nil, &out, &errs)
			if status != misused || !strings.Contains(errs.String(), c.why) || strings.Count(errs.String(), "\n") != 1 || out.Len() > 0 {
				t.Errorf("%s%s: status %d, %s%s", word, c.args, status, errs.String(), out.String())
			}
		}
	}
}

// Two servers do not share a data directory.
func TestServeNeedsItsOwnData(t *testing.T) {
	dir := t.TempDir()
	store, err := keep.Open(dir, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	_, errs, status := raftplay("", "serve", "-addr", "127.0.0.1:0", "-data", dir)
	if status != misused || !strings.Contains(errs, "another server uses the data directory "+dir) || strings.Count(errs, "\n") != 1 {
		t.Errorf("status %d: %s", status, errs)
	}
}
