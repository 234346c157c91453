package server

import (
	"errors"
	"fmt"
)

// Code says in one word why a request was refused.
type Code string

// The codes, in frames and in HTTP answers.
const (
	Refused  Code = "refused"   // the cluster cannot do it now
	Stale    Code = "stale"     // the run has moved on
	Rights   Code = "rights"    // the key does not allow it
	Rate     Code = "rate"      // too many requests in a second
	Limit    Code = "limit"     // a limit of the server is reached
	Frame    Code = "frame"     // the request cannot be read
	NotFound Code = "not-found" // there is no such thing
	Broken   Code = "broken"    // an error inside the server
)

// Error is a request's refusal, in words that name the way out.
type Error struct {
	Code Code
	Why  string
}

func (e *Error) Error() string { return e.Why }

func refuse(code Code, format string, args ...any) *Error {
	return &Error{code, fmt.Sprintf(format, args...)}
}

// CodeOf returns the code of an error, Refused for one that has none.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	return Refused
}

// Ending tells the readers of a session why their connection ends.
type Ending struct {
	Code int // of the WebSocket's close frame
	Why  string
}

// The close codes.
const (
	CloseSlow       = 4001 // the reader did not keep up
	CloseEnded      = 4002 // the session is over
	CloseNotAllowed = 4003 // the key opens nothing
	CloseNotFound   = 4004 // there is no such session
	CloseRestart    = 4005 // the server restarts
)
