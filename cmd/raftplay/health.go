package main

import (
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

var healthCommand = subcommand{
	name:  "health",
	usage: "health [URL]",
	about: "Tells whether a server is well, for the health check of a container.",
	examples: []string{
		"raftplay health                         # the server at http://127.0.0.1:8080",
		"raftplay health http://127.0.0.1:9000",
	},
	run: func(f *flag.FlagSet, parse func() error, s streams) (int, error) {
		if err := parse(); err != nil {
			return misused, err
		}
		address := "http://127.0.0.1:8080"
		switch f.NArg() {
		case 0:
		case 1:
			address = f.Arg(0)
		default:
			return misused, fmt.Errorf("it takes one address, but was given %d", f.NArg())
		}
		u, err := url.Parse(address)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
			return misused, fmt.Errorf("%q is no address of a server: give one like http://127.0.0.1:8080", address)
		}
		if err := health(strings.TrimSuffix(address, "/")); err != nil {
			fmt.Fprintf(s.err, "raftplay health: %v\n", err)
			return differs, nil
		}
		return fine, nil
	},
}

// health returns an error if the server at an address is not well.
func health(address string) error {
	client := http.Client{Timeout: 3 * time.Second}
	answer, err := client.Get(address + "/healthz")
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s/healthz answers %s", address, answer.Status)
	}
	return nil
}
