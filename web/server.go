package web

import (
	"context"
	_ "embed"
	"io/fs"
	"log/slog"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/go-chi/httprate"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	"golang.org/x/sync/semaphore"

	"raftplay/scenarios"
	"raftplay/server"
)

//go:embed openapi.yaml
var openAPI []byte

// Options are what a [Server] is made of.
type Options struct {
	Hub     *server.Hub
	Hosts   Hosts
	Assets  fs.FS // the page
	Fresh   bool  // read the page anew for each request, to work on it
	Metrics prometheus.Gatherer
	Log     *slog.Logger
	// BehindProxy: visitors are told apart by the address that a proxy in front of
	// the server passes on in X-Forwarded-For; nobody else can reach the server.
	BehindProxy bool
}

// Server answers requests.
type Server struct {
	Options
	router chi.Router
	assets *assets
	live   sync.WaitGroup // connections to sessions

	replays replays
	guests  guests
	keeping *httprate.RateLimiter // of links that the server keeps, in kilobytes
	large   *semaphore.Weighted   // bytes of answers
}

// New returns a server. The error tells of a page that cannot be read.
func New(o Options) (*Server, error) {
	a, err := newAssets(o.Assets, o.Fresh)
	if err != nil {
		return nil, err
	}
	s := &Server{Options: o, assets: a, replays: newReplays(),
		guests: guests{sessions: map[string][]*server.Session{}}, large: semaphore.NewWeighted(largeBytes),
		keeping: limiter(keptPerHour, time.Hour, "the server keeps no more runs for your address within an hour: pass on the link that carries this one")}
	s.router = s.routes()
	return s, nil
}

func (s *Server) routes() chi.Router {
	r := chi.NewRouter()
	r.Use(s.logged, s.recovered, recognized(s.BehindProxy), s.Hosts.guard, headers, middleware.GetHead)
	r.Get("/healthz", func(w http.ResponseWriter, _ *http.Request) {
		reply(w, http.StatusOK, map[string]string{"status": "ok"})
	})
	r.Method(http.MethodGet, "/metrics", promhttp.HandlerFor(s.Metrics, promhttp.HandlerOpts{}))
	r.Route("/api", func(r chi.Router) {
		r.NotFound(func(w http.ResponseWriter, _ *http.Request) {
			fail(w, &server.Error{Code: server.NotFound, Why: "there is no such route: /api/openapi.yaml lists them"})
		})
		r.Get("/openapi.yaml", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/yaml")
			_, _ = w.Write(openAPI) // the reader may have gone
		})
		r.Get("/scenario-format.md", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/markdown; charset=utf-8")
			_, _ = w.Write(scenarios.Format) // the reader may have gone
		})
		r.Get("/vocabulary", s.vocabulary)
		r.Get("/scenarios", s.listScenarios)
		r.Get("/scenarios/{name}", s.oneScenario)
		r.With(perMinute(startsPerMinute)).Post("/sessions", s.startSession)
		r.Get("/sessions/{id}", s.sessionInfo)
		r.Delete("/sessions/{id}", s.deleteSession)
		r.With(perMinute(exportsPerMinute)).Get("/sessions/{id}/export", s.exportSession)
		r.With(perMinute(linksPerMinute)).Post("/sessions/{id}/link", s.makeLink)
		r.Get("/sessions/{id}/live", s.connect)
		r.With(perMinute(playsPerMinute), middleware.Compress(5, "application/json")).Post("/play", s.play)
		r.With(perMinute(playsPerMinute)).Get("/qr.svg", s.qrCode)
	})
	r.Get("/s/{id}", s.shortLink)
	r.Get("/embed", s.embed)
	r.Get("/*", s.assets.ServeHTTP)
	return r
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.router.ServeHTTP(w, r) }

// Close ends all sessions, tells their readers, and waits until they have gone or
// ctx is done.
func (s *Server) Close(ctx context.Context) {
	s.Hub.Close()
	gone := make(chan struct{})
	go func() { s.live.Wait(); close(gone) }()
	select {
	case <-gone:
	case <-ctx.Done():
	}
}

// recovered answers where an error inside the server broke a request, which harms
// no other.
func (s *Server) recovered(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			cause := recover()
			if cause == nil {
				return
			}
			if cause == http.ErrAbortHandler {
				panic(cause)
			}
			s.Log.Error("request broke", "method", r.Method, "path", r.URL.Path, "cause", cause, "stack", string(debug.Stack()))
			if r.Header.Get("Connection") != "Upgrade" {
				refuse(w, http.StatusInternalServerError, server.Broken, "an error inside the server broke the request: please report it")
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// logged writes a line for each request, without its keys: they travel in headers
// and frames only.
func (s *Server) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		watched := middleware.NewWrapResponseWriter(w, r.ProtoMajor)
		next.ServeHTTP(watched, r)
		s.Log.Debug("request", "method", r.Method, "path", r.URL.Path, "status", watched.Status(),
			"bytes", watched.BytesWritten(), "took", time.Since(began))
	})
}
