package web

import (
	"net/http"
	"sync"
	"time"

	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"

	"raftplay/server"
)

// What one visitor may ask for in a minute. A class behind one address is one
// visitor, and all of it may open a page at once.
const (
	startsPerMinute  = 240
	playsPerMinute   = 600
	exportsPerMinute = 240
	linksPerMinute   = 240
)

// keptPerHour is how many kilobytes of links the server keeps for one visitor in an
// hour: nobody fills it alone.
const keptPerHour = 4096

// recognized finds out who asks: the remote address, or the one that the proxy in
// front of the server passes on.
func recognized(behindProxy bool) func(http.Handler) http.Handler {
	if behindProxy {
		return middleware.ClientIPFromXFFTrustedProxies(1)
	}
	return middleware.ClientIPFromRemoteAddr
}

// visitor returns who asks, "" if a proxy does not say it. Addresses of IPv6 that
// belong to one household count as one.
func visitor(r *http.Request) string {
	return httprate.CanonicalizeIP(middleware.GetClientIP(r.Context()))
}

// atHome reports whether the visitor sits at the machine itself, whose visitors
// are not limited.
func atHome(r *http.Request) bool {
	return middleware.GetClientIPAddr(r.Context()).IsLoopback()
}

// perMinute lets each visitor ask so many times in a minute.
func perMinute(times int) func(http.Handler) http.Handler {
	limited := limiter(times, time.Minute, "too many requests from your address in a minute: wait a moment")
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if atHome(r) || !limited.RespondOnLimit(w, r, visitor(r)) {
				next.ServeHTTP(w, r)
			}
		})
	}
}

func limiter(times int, window time.Duration, why string) *httprate.RateLimiter {
	return httprate.NewRateLimiter(times, window,
		httprate.WithResponseHeaders(httprate.ResponseHeaders{RetryAfter: "Retry-After"}),
		httprate.WithLimitHandler(func(w http.ResponseWriter, _ *http.Request) {
			refuse(w, http.StatusTooManyRequests, server.Rate, why)
		}))
}

// guests counts the live sessions that each visitor has started.
type guests struct {
	mu       sync.Mutex
	sessions map[string][]*server.Session
}

// full returns an error if a visitor has as many live sessions as one may.
func (g *guests) full(r *http.Request, most int) error {
	if most <= 0 || atHome(r) {
		return nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if n := len(g.live(visitor(r))); n >= most {
		return &server.Error{Code: server.Rate, Why: "your address has as many live sessions as one may have here: close some, or try again later"}
	}
	return nil
}

// add counts a session.
func (g *guests) add(r *http.Request, s *server.Session) {
	if atHome(r) {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	who := visitor(r)
	for other := range g.sessions {
		g.live(other)
	}
	g.sessions[who] = append(g.sessions[who], s)
}

// live returns a visitor's sessions without those that are over, which are
// forgotten.
func (g *guests) live(who string) []*server.Session {
	var live []*server.Session
	for _, s := range g.sessions[who] {
		select {
		case <-s.Over():
		default:
			live = append(live, s)
		}
	}
	if g.sessions[who] = live; len(live) == 0 {
		delete(g.sessions, who)
	}
	return live
}
