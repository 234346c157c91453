package keeptest

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"raftplay/server/keep"
)

// first returns the first error. What it is given has been done in order.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// is returns an error if got is not the error that is wanted.
func is(want, got error) error {
	if !errors.Is(got, want) {
		return fmt.Errorf("the error is %v, want %v", got, want)
	}
	return nil
}

func holds(s keep.Store, id, head string, entries ...string) error {
	gotHead, got, err := s.Read(id, 0)
	text := make([]string, len(got))
	for i, e := range got {
		text[i] = string(e)
	}
	if err != nil || string(gotHead) != head || strings.Join(text, "\n") != strings.Join(entries, "\n") || len(text) != len(entries) {
		return fmt.Errorf("session %q is %q with %q, want %q with %q: %v", id, gotHead, text, head, entries, err)
	}
	return nil
}

func gives(s keep.Store, id, want string) error {
	if got, err := s.Get(id); err != nil || string(got) != want {
		return fmt.Errorf("blob %q is %.50q, want %.50q: %v", id, got, want, err)
	}
	return nil
}

func counts(s keep.Store, sessions, blobs int) error {
	stats, err := s.Stats()
	if err != nil || stats.Sessions != sessions || stats.Blobs != blobs || (stats.Bytes > 0) != (sessions+blobs > 0) {
		return fmt.Errorf("the store says %+v, want %d sessions and %d blobs: %v", stats, sessions, blobs, err)
	}
	return nil
}

// atOnce does something n times at once.
func atOnce(n int, do func(i int) error) []error {
	errs := make([]error, n)
	var wait sync.WaitGroup
	for i := range n {
		wait.Go(func() { errs[i] = do(i) })
	}
	wait.Wait()
	return errs
}
