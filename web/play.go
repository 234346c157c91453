package web

import (
	"context"
	"net/http"

	"raftplay/server"
)

// toPlay asks for a run to be played: one that was passed on, or a scenario's.
type toPlay struct {
	passedOn
	Source *string `json:"source"`
}

// play answers with a run, and keeps nothing: for pages that show one, and for
// those who write a scenario.
func (s *Server) play(w http.ResponseWriter, r *http.Request) {
	var asked toPlay
	err := read(w, r, s.Hub.Limits.BodyBytes, &asked)
	var answer []byte
	if err == nil {
		answer, err = s.played(r.Context(), asked)
	}
	if err != nil {
		fail(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	s.hand(w, answer)
}

func (s *Server) played(ctx context.Context, asked toPlay) ([]byte, error) {
	if given(asked.Link != nil, asked.Run != nil, asked.Source != nil) != 1 {
		return nil, wrong("give a link, the id of a run, or the source of a scenario: one of them")
	}
	if asked.Source != nil {
		var answer []byte
		err := s.replays.turn(ctx, func(ctx context.Context) error {
			played, err := server.PlaySource(ctx, *asked.Source, s.Hub.Limits)
			answer = server.Encode(played)
			return err
		})
		return answer, err
	}
	payload, err := s.payload(asked.passedOn)
	if err != nil {
		return nil, err
	}
	run, err := unpack(payload)
	if err != nil {
		return nil, err
	}
	var answer []byte
	err = s.replays.turn(ctx, func(context.Context) error {
		played, err := server.PlayRun(run, s.Hub.Limits)
		answer = server.Encode(played)
		return err
	})
	return answer, err
}

// given returns how many parts of a request are given.
func given(parts ...bool) (n int) {
	for _, is := range parts {
		if is {
			n++
		}
	}
	return n
}
