package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"

	"raftplay/raft/export"
	"raftplay/raft/sim"
	"raftplay/scenarios"
	"raftplay/server/link"
)

// source is a scenario's file and the trace table that is expected of it, or a
// link that carries a run.
type source struct {
	file     string
	text     []byte
	table    []byte
	hasTable bool
	inside   bool   // the library's
	isLink   bool   // then there is nothing else but
	link     string // the payload
}

// played is a run that came of a source.
type played struct {
	run      *sim.Run
	doc      export.Document
	failures []string // what did not come as the scenario says
}

// find finds what is to be played: "-" is standard input, a name is the library's,
// an address with a run in it is a link, all else is a file or the run of a link
// without its address.
func find(name string, in io.Reader) (source, error) {
	if name == "-" {
		text, err := io.ReadAll(io.LimitReader(in, scenarios.MaxSize+1))
		if carried, is := payload(strings.TrimSpace(string(text))); is {
			return source{isLink: true, link: carried}, err
		}
		return source{file: "standard input", text: text}, err
	}
	if slices.Contains(scenarios.List(), name) {
		text, err := scenarios.Source(name)
		table, missing := scenarios.Table(name)
		return source{file: name + ".yaml", text: text, table: table, hasTable: missing == nil, inside: true}, err
	}
	if carried, is := payload(name); is {
		return source{isLink: true, link: carried}, nil
	}
	if shortLink.MatchString(name) {
		return source{}, errors.New("this short link is kept by its server: open it in a browser, and copy the link that carries the run")
	}
	text, err := readFile(name)
	if err != nil && link.Is(name) {
		return source{isLink: true, link: name}, nil
	}
	if errors.Is(err, os.ErrNotExist) {
		return source{}, fmt.Errorf("%q is neither a file nor a link, nor a scenario of the library, which has %s", name, strings.Join(scenarios.List(), ", "))
	}
	if err != nil {
		return source{}, err
	}
	table, err := os.ReadFile(tableFile(name))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return source{}, err
	}
	return source{file: name, text: text, table: table, hasTable: err == nil}, nil
}

var (
	address   = regexp.MustCompile(`^\S*(?:#/r/|/embed#)(\S*)$`)
	shortLink = regexp.MustCompile(`^https?://\S*(?:/s/|#/k/|/embed#k/)\w+$`)
)

// payload returns what an address carries, if it is one that carries a run.
func payload(name string) (string, bool) {
	found := address.FindStringSubmatch(name)
	if found == nil || shortLink.MatchString(name) {
		return "", false
	}
	return found[1], true
}

// playNamed finds what is to be played, and plays it.
func playNamed(name string, in io.Reader) (played, error) {
	found, err := find(name, in)
	if err != nil {
		return played{}, err
	}
	return found.play()
}

// report tells what did not come as the scenario says, and returns the status.
func (p played) report(to io.Writer) int {
	for _, failure := range p.failures {
		fmt.Fprintln(to, failure)
	}
	if len(p.failures) > 0 {
		return differs
	}
	return fine
}

// play plays the source to its end.
func (s source) play() (played, error) {
	if s.isLink {
		return playLink(s.link)
	}
	scenario, err := scenarios.Parse(s.file, s.text)
	if err != nil {
		return played{}, err
	}
	player, err := scenario.Play()
	if err != nil {
		return played{}, err
	}
	return played{player.Run(), scenario.Document(player.Run()), player.Failures()}, nil
}

func playLink(carried string) (played, error) {
	r, err := link.Unpack(carried)
	if err != nil {
		return played{}, err
	}
	story, err := r.Story()
	if err != nil {
		return played{}, err
	}
	run, err := r.Play(link.DefaultLimits())
	if err != nil {
		return played{}, err
	}
	if story != nil {
		return played{run: run, doc: story.Document(run)}, nil
	}
	return played{run: run, doc: export.Document{Title: "A Raft run", Engine: sim.Engine,
		Config: sim.SettingsOf(run.Config()), Actions: run.Actions(), Journal: run.Journal()}}, nil
}

// readFile reads a file, but no more of it than it takes to see that it is too large.
func readFile(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, scenarios.MaxSize+1))
}

// tableFile returns where the trace table of a scenario file is kept.
func tableFile(file string) string { return strings.TrimSuffix(file, ".yaml") + ".table" }
