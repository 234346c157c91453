// Command raftplay-load measures what one Raftplay server holds: it keeps many
// sessions, or many viewers of one, busy for a while, and prints how long events
// take to arrive and how much memory the server needs. It talks to loopback only.
//
//	raftplay serve -addr 127.0.0.1:8080 &
//	raftplay-load -sessions 2000 -viewers 1
//	raftplay-load -sessions 1 -viewers 1000
package main

import (
	"context"
	"flag"
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"sync"
	"time"
)

// plan is what is to be measured.
type plan struct {
	base     *url.URL
	sessions int
	viewers  int           // of each session; the first of them acts
	rate     float64       // actions per second, of all sessions together
	time     time.Duration // of acting
}

func main() {
	p, err := readPlan()
	if err == nil {
		err = p.run(os.Stdout)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "raftplay-load: %v\n", err)
		os.Exit(2)
	}
}

func readPlan() (plan, error) {
	var p plan
	address := flag.String("url", "http://127.0.0.1:8080", "where the server is, on loopback")
	flag.IntVar(&p.sessions, "sessions", 2000, "live sessions, 1 to 5000")
	flag.IntVar(&p.viewers, "viewers", 1, "connections to each session, 1 to 5000; the first one acts")
	flag.Float64Var(&p.rate, "rate", 200, "actions per second, of all sessions together, up to 10000")
	flag.DurationVar(&p.time, "for", 15*time.Second, "how long, up to 2m")
	flag.Parse()
	var err error
	if p.base, err = url.Parse(*address); err != nil {
		return p, err
	}
	if ip, err := netip.ParseAddr(p.base.Hostname()); err != nil || !ip.IsLoopback() || p.base.Scheme != "http" {
		return p, fmt.Errorf("%s is not on loopback: give http://127.0.0.1:PORT", *address)
	}
	switch {
	case p.sessions < 1 || p.sessions > 5000 || p.viewers < 1 || p.viewers > 5000 || p.sessions*p.viewers > 5000:
		return p, fmt.Errorf("%d sessions with %d viewers: both, and their product, must be from 1 to 5000", p.sessions, p.viewers)
	case p.rate <= 0 || p.rate > 10_000:
		return p, fmt.Errorf("the rate is %g: it must be more than 0, up to 10000", p.rate)
	case p.time <= 0 || p.time > 2*time.Minute:
		return p, fmt.Errorf("the time is %v: it must be more than 0, up to 2m", p.time)
	}
	return p, nil
}

// run measures, and prints what it finds.
func (p plan) run(out *os.File) error {
	before, err := p.memory()
	if err != nil {
		return fmt.Errorf("is the server running? %w", err)
	}
	began := time.Now()
	sessions := make([]*session, p.sessions)
	if err := each(p.sessions, func(i int) (err error) {
		sessions[i], err = p.start()
		return err
	}); err != nil {
		return err
	}
	started, err := p.memory()
	if err != nil {
		return err
	}
	if err := each(p.sessions*p.viewers, func(i int) error { return p.connect(sessions[i/p.viewers], i%p.viewers == 0) }); err != nil {
		return err
	}
	connected, err := p.memory()
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%d sessions with %d viewers each, in %v\n", p.sessions, p.viewers, time.Since(began).Round(time.Millisecond))
	appended, took, err := p.appends()
	if err != nil {
		return err
	}
	if err := p.act(sessions); err != nil {
		return err
	}
	after, err := p.memory()
	if err != nil {
		return err
	}
	actions, events, times := collect(sessions)
	fmt.Fprintf(out, "%d actions and %d events in %v; %d deliveries\n", actions, events, p.time, len(times))
	fmt.Fprintf(out, "delivery, from sending an action to its events' arrival: p50 %v, p99 %v, longest %v\n",
		quantile(times, 0.50), quantile(times, 0.99), quantile(times, 1))
	n, seconds, err := p.appends()
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%.0f changes were kept, in %v each on average\n", n-appended,
		time.Duration((seconds-took)/max(1, n-appended)*float64(time.Second)).Round(time.Microsecond))
	fmt.Fprintf(out, "memory of the server: %.1f MB at first, %.1f MB with sessions, %.1f MB with viewers, %.1f MB at the end\n",
		mega(before), mega(started), mega(connected), mega(after))
	fmt.Fprintf(out, "a new session takes %.1f KB, a viewer %.1f KB; a session with its viewers and its run, at the end, %.1f KB\n",
		(started-before)/1024/float64(p.sessions), (connected-started)/1024/float64(p.sessions*p.viewers), (after-before)/1024/float64(p.sessions))
	return nil
}

func mega(bytes float64) float64 { return bytes / (1 << 20) }

// each does something n times, some at once, until one fails.
func each(n int, do func(i int) error) error {
	const workers = 16
	ctx, stop := context.WithCancelCause(context.Background())
	defer stop(nil)
	next := make(chan int)
	var wait sync.WaitGroup
	for range workers {
		wait.Go(func() {
			for i := range next {
				if err := do(i); err != nil {
					stop(err)
				}
			}
		})
	}
	for i := 0; i < n && ctx.Err() == nil; i++ {
		next <- i
	}
	close(next)
	wait.Wait()
	return context.Cause(ctx)
}
