package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"raftplay/server"
	"raftplay/server/keep"
	"raftplay/static"
	"raftplay/web"
)

var serveCommand = subcommand{
	name:  "serve",
	usage: "serve [flags]",
	about: "Serves the playground: a page in which one plays with live clusters. The word serve may be left out.",
	examples: []string{
		"raftplay                                # http://127.0.0.1:8080",
		"raftplay -addr 127.0.0.1:0              # at any free port",
		"raftplay serve -addr :8080 -host raft.example.org",
		"raftplay serve -data /var/lib/raftplay  # sessions and short links outlive the server",
	},
	run: func(f *flag.FlagSet, parse func() error, s streams) (int, error) {
		o := serveFlags(f)
		if err := parse(); err != nil {
			return misused, err
		}
		if f.NArg() > 0 {
			return misused, fmt.Errorf("it takes no arguments, but was given %q", f.Arg(0))
		}
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
		defer stop()
		return fine, serve(ctx, *o, s)
	},
}

// serveOptions are what the flags of serve set.
type serveOptions struct {
	addr    string
	hosts   names
	proxied bool
	page    string
	verbose bool
	data    string
	keep    time.Duration
	most    int // megabytes
	limits  server.Limits
}

// The size of the store, in megabytes, if no flag gives it.
const (
	mostInFile   = 1024
	mostInMemory = 256
)

// names is a flag that can be given several times.
type names []string

func (n *names) String() string { return strings.Join(*n, ",") }

// Set adds a name.
func (n *names) Set(name string) error {
	switch {
	case name == "":
		return errors.New("a name is missing")
	case strings.ContainsAny(name, "/ "):
		return errors.New("a name has no scheme and no path: raft.example.org, or raft.example.org:8443")
	}
	*n = append(*n, name)
	return nil
}

func serveFlags(f *flag.FlagSet) *serveOptions {
	o := &serveOptions{limits: server.DefaultLimits()}
	f.StringVar(&o.addr, "addr", "127.0.0.1:8080", "address to listen at; port 0 picks a free one")
	f.Var(&o.hosts, "host", "another `name` by which browsers may call the server, with its port or for every port; can be given several times")
	f.BoolVar(&o.proxied, "behind-proxy", false, "visitors come through one proxy, which tells their addresses in X-Forwarded-For; nobody else can reach the server")
	f.StringVar(&o.data, "data", "", "keep sessions and short links in this `directory`, so that they outlive the server")
	f.DurationVar(&o.keep, "keep", 30*24*time.Hour, "a session that nobody used for so long is removed for good")
	f.IntVar(&o.most, "max-data", 0, fmt.Sprintf("megabytes of sessions and short links that are kept at most: sessions unused longest are removed first (default %d in a directory, %d in memory)", mostInFile, mostInMemory))
	f.StringVar(&o.page, "static", "", "serve the page from this `directory`, to work on it")
	f.BoolVar(&o.verbose, "v", false, "log every request")
	l := &o.limits
	f.IntVar(&l.Sessions, "max-sessions", l.Sessions, "live sessions at most")
	f.IntVar(&l.Viewers, "max-viewers", l.Viewers, "connections to one session at most")
	f.IntVar(&l.Nodes, "max-nodes", l.Nodes, "servers in one cluster at most")
	f.IntVar(&l.Entries, "max-entries", l.Entries, "entries in one AppendEntries at most")
	f.IntVar(&l.Branches, "max-branches", l.Branches, "branches of one session at most")
	f.IntVar(&l.Events, "max-events", l.Events, "events of one run at most")
	f.IntVar(&l.AllEvents, "max-all-events", l.AllEvents, "events that all sessions keep at most")
	f.Float64Var(&l.Actions, "max-actions", l.Actions, "requests per second in one session at most")
	f.Int64Var(&l.FrameBytes, "max-frame", l.FrameBytes, "bytes of a frame from a page at most")
	f.IntVar(&l.PerVisitor, "max-per-visitor", l.PerVisitor, "live sessions that one address has started at most, 0 for no limit")
	f.Int64Var(&l.BodyBytes, "max-body", l.BodyBytes, "bytes of a request's body at most")
	f.DurationVar(&l.Idle, "idle", l.Idle, "a session that nobody watches leaves memory after this time")
	f.DurationVar(&l.Abandoned, "abandoned", l.Abandoned, "a session that is watched, but not acted on, leaves memory after this time")
	return o
}

// check returns an error that names a flag that cannot be, and fills in the size of
// the store.
func (o *serveOptions) check() error {
	switch {
	case o.keep <= 0:
		return fmt.Errorf("-keep is %v: it must be more than 0", o.keep)
	case o.most < 0:
		return fmt.Errorf("-max-data is %d: it must be more than 0", o.most)
	case o.most == 0 && o.data == "":
		o.most = mostInMemory
	case o.most == 0:
		o.most = mostInFile
	}
	return o.limits.Check()
}

// pruneEvery is how often the store is looked through for sessions that are too
// old or too many.
const pruneEvery = time.Minute

// prune keeps the store within its limits until ctx is done.
func (o *serveOptions) prune(ctx context.Context, hub *server.Hub) {
	tick := time.NewTicker(pruneEvery)
	defer tick.Stop()
	for {
		if err := hub.Prune(o.keep); err != nil && !errors.Is(err, keep.ErrClosed) {
			hub.Log.Error("old sessions were not removed", "error", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// serve serves until ctx is done, and then says goodbye to everyone.
func serve(ctx context.Context, o serveOptions, s streams) error {
	level := slog.LevelInfo
	if o.verbose {
		level = slog.LevelDebug
	}
	log := slog.New(slog.NewTextHandler(s.err, &slog.HandlerOptions{Level: level}))
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	var page fs.FS = static.Files
	if o.page != "" {
		page = os.DirFS(o.page)
	}
	if err := o.check(); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", o.addr)
	if err != nil {
		return err
	}
	defer listener.Close()
	store, err := keep.Open(o.data, int64(o.most)<<20)
	if err != nil {
		return err
	}
	hub := server.NewHub(o.limits, server.NewMetrics(registry), log, store)
	defer hub.Close()
	site, err := web.New(web.Options{
		Hub:         hub,
		Hosts:       web.NewHosts(listener.Addr(), o.hosts),
		Assets:      page,
		Fresh:       o.page != "",
		Metrics:     registry,
		Log:         log,
		BehindProxy: o.proxied,
	})
	if err != nil {
		return err
	}
	httpServer := &http.Server{
		Handler:           site,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	fmt.Fprintf(s.out, "Raftplay is at http://%s\n", listener.Addr())
	failed := make(chan error, 1)
	go func() { failed <- httpServer.Serve(listener) }()
	go o.prune(ctx, hub)
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	log.Info("shutting down")
	end, cancel := context.WithTimeout(context.Background(), o.limits.ShutdownGrace)
	defer cancel()
	site.Close(end)
	return httpServer.Shutdown(end)
}
