package web

import (
	"context"
	"net/http"
	"runtime"
	"time"

	"raftplay/server"
)

// replayWait is how long a request waits for its turn to have a run played.
const replayWait = 20 * time.Second

// replays does what may take long for one visitor: playing runs that were passed on,
// writing runs down, reading scenarios. As many are served at once as there are
// processors, so that those who act in sessions are not held up.
type replays chan struct{}

func newReplays() replays { return make(replays, runtime.GOMAXPROCS(0)) }

// turn waits for a turn and calls play. It returns an error if none comes.
func (t replays) turn(ctx context.Context, play func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, replayWait)
	defer cancel()
	select {
	case t <- struct{}{}:
		defer func() { <-t }()
		return play(ctx)
	case <-ctx.Done():
		return &server.Error{Code: server.Limit, Why: "the server is busy with other runs: try again in a moment"}
	}
}

// Large answers, and how many bytes of them may wait for slow readers, together.
const (
	largeAnswer = 512 << 10
	largeBytes  = 512 << 20
)

// hand answers with a text that was made for this answer. There is room for many
// small ones, and for a few large ones.
func (s *Server) hand(w http.ResponseWriter, text []byte) {
	if size := min(int64(len(text)), largeBytes); size > largeAnswer {
		if !s.large.TryAcquire(size) {
			w.Header().Del("Content-Disposition")
			fail(w, &server.Error{Code: server.Limit, Why: "the server is busy with other large runs: try again in a minute"})
			return
		}
		defer s.large.Release(size)
	}
	_, _ = w.Write(text) // the reader may have gone
}
