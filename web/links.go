package web

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"strings"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/httprate"

	"raftplay/server"
	"raftplay/server/keep"
	"raftplay/server/link"
)

// passedOn names a run that was passed on: by the link that carries it, or by the
// id under which the server keeps it.
type passedOn struct {
	Link *string `json:"link"`
	Run  *string `json:"run"`
}

// payload returns what carries the run.
func (s *Server) payload(p passedOn) (string, error) {
	if p.Run == nil {
		return *p.Link, nil
	}
	kept, err := s.Hub.Store.Get(*p.Run)
	if errors.Is(err, keep.ErrNone) {
		return "", &server.Error{Code: server.NotFound, Why: "no run is kept here under this short link: see whether it was copied whole, and from this server"}
	}
	if err != nil {
		return "", &server.Error{Code: server.Limit, Why: "the server cannot read what it keeps: try again later"}
	}
	return string(kept), nil
}

// unpack returns the run that a payload carries.
func unpack(payload string) (link.Run, error) {
	r, err := link.Unpack(payload)
	if err != nil {
		return r, &server.Error{Code: server.Refused, Why: err.Error()}
	}
	return r, nil
}

// startRun starts a session that goes on from a run that was passed on.
func (s *Server) startRun(ctx context.Context, p passedOn) (started *server.Session, cursor int, err error) {
	payload, err := s.payload(p)
	if err != nil {
		return nil, 0, err
	}
	r, err := unpack(payload)
	if err != nil {
		return nil, 0, err
	}
	err = s.replays.turn(ctx, func(context.Context) error {
		started, err = s.Hub.StartRun(r)
		return err
	})
	return started, r.Cursor, err
}

// newLink asks for the link of a branch, at an event. Short has the server keep it.
type newLink struct {
	Branch int  `json:"branch"`
	Cursor int  `json:"cursor"`
	Short  bool `json:"short"`
}

// linked answers it.
type linked struct {
	Link string `json:"link"`
	Run  string `json:"run,omitempty"`
}

func (s *Server) makeLink(w http.ResponseWriter, r *http.Request) {
	var asked newLink
	err := read(w, r, s.Hub.Limits.BodyBytes, &asked)
	var answer linked
	if err == nil {
		answer.Link, err = s.linkOf(r, asked)
	}
	if err == nil && asked.Short {
		weighed := r.WithContext(httprate.WithIncrement(r.Context(), 1+len(answer.Link)>>10))
		if !atHome(r) && s.keeping.RespondOnLimit(w, weighed, visitor(r)) {
			return
		}
		answer.Run, err = s.keepLink(answer.Link)
	}
	if err != nil {
		fail(w, err)
		return
	}
	reply(w, http.StatusOK, answer)
}

// linkOf returns what carries the run.
func (s *Server) linkOf(r *http.Request, asked newLink) (payload string, err error) {
	session, key, err := s.open(r)
	if err != nil {
		return "", err
	}
	err = s.replays.turn(r.Context(), func(context.Context) error {
		run, err := session.Link(key, asked.Branch, asked.Cursor)
		if err != nil {
			return err
		}
		if payload, err = run.Pack(); err != nil {
			return &server.Error{Code: server.Refused, Why: err.Error()}
		}
		return nil
	})
	return payload, err
}

// keepLink keeps a run, and returns its id.
func (s *Server) keepLink(payload string) (string, error) {
	id := link.ID(payload)
	if err := s.Hub.Store.Put(id, []byte(payload)); err != nil {
		s.Log.Warn("a link was not kept", "cause", err)
		return "", &server.Error{Code: server.Limit, Why: "the server cannot keep this run: pass on the link that carries it"}
	}
	return id, nil
}

var anyID = regexp.MustCompile(`^[A-Za-z0-9]{1,64}$`)

// shortLink leads to the page, which opens the run or says why it cannot. Ids are
// often typed by hand.
func (s *Server) shortLink(w http.ResponseWriter, r *http.Request) {
	id := chi.URLParam(r, "id")
	if !anyID.MatchString(id) {
		refuse(w, http.StatusNotFound, server.NotFound, "there is no such short link")
		return
	}
	http.Redirect(w, r, "/#/k/"+strings.ToLower(id), http.StatusFound)
}
