package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"

	"raftplay/scenarios"
	"raftplay/server"
)

// problem is the body of an answer that tells of an error.
type problem struct {
	Error problemError `json:"error"`
}

type problemError struct {
	Code    server.Code `json:"code"`
	Message string      `json:"message"`
	At      *place      `json:"at,omitempty"`
}

// place is where a scenario's first mistake is.
type place struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

var statuses = map[server.Code]int{
	server.Refused:  http.StatusUnprocessableEntity,
	server.Stale:    http.StatusConflict,
	server.Rights:   http.StatusForbidden,
	server.Rate:     http.StatusTooManyRequests,
	server.Limit:    http.StatusServiceUnavailable,
	server.Frame:    http.StatusBadRequest,
	server.NotFound: http.StatusNotFound,
	server.Broken:   http.StatusInternalServerError,
}

// reply answers with JSON.
func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // the reader may have gone
}

func refuse(w http.ResponseWriter, status int, code server.Code, why string) {
	reply(w, status, problem{problemError{Code: code, Message: why}})
}

// fail answers with an error, and the place of a scenario's first mistake.
func fail(w http.ResponseWriter, err error) {
	var mistakes scenarios.Mistakes
	if !errors.As(err, &mistakes) || len(mistakes) == 0 {
		code := server.CodeOf(err)
		refuse(w, statuses[code], code, err.Error())
		return
	}
	first := mistakes[0]
	words := []string{first.Text}
	for _, m := range mistakes[1:] {
		words = append(words, m.Error())
	}
	reply(w, http.StatusUnprocessableEntity, problem{problemError{server.Refused, strings.Join(words, "\n"),
		&place{first.File, first.Line, first.Column}}})
}

func wrong(format string, args ...any) error {
	return &server.Error{Code: server.Frame, Why: fmt.Sprintf(format, args...)}
}

// read reads a JSON body of bounded size into to. Unknown keys are errors.
func read(w http.ResponseWriter, r *http.Request, limit int64, to any) error {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return wrong("the body must be JSON: send Content-Type: application/json")
	}
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, limit))
	d.DisallowUnknownFields()
	err := d.Decode(to)
	if err == nil {
		if _, more := d.Token(); more == io.EOF {
			return nil
		}
		err = errors.New("there is something behind its end")
	}
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return wrong("the body is too large: %d bytes are allowed", limit)
	}
	return wrong("the body cannot be read: %v", err)
}
