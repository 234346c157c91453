// Package keeptest says, clause by clause, what a server relies on in a store,
// and checks it.
package keeptest

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"raftplay/server/keep"
)

// Place is where a store is.
type Place struct {
	// Open opens the store. It keeps so many bytes.
	Open func(most int64) (keep.Store, error)
	// Lasts: what is kept is there again when the place is opened again.
	Lasts bool
}

// Clause is one thing that must be true of a store. Check gets a place where
// nothing is kept, and says what is not so.
type Clause struct {
	Name  string
	Lasts bool // of stores that last
	Check func(Place) error
}

// Run checks all clauses. place returns a place where nothing is kept.
func Run(t *testing.T, place func(t *testing.T) Place) {
	for _, c := range Clauses {
		t.Run(strings.ReplaceAll(c.Name, " ", "_"), func(t *testing.T) {
			p := place(t)
			if c.Lasts && !p.Lasts {
				t.Skip("this store does not last")
			}
			if err := c.Check(p); err != nil {
				t.Error(err)
			}
		})
	}
}

const plenty = 1 << 30

// with is a clause about a store that has room for everything.
func with(check func(keep.Store) error) func(Place) error { return sized(plenty, check) }

// sized is a clause about a store that keeps so many bytes.
func sized(most int64, check func(keep.Store) error) func(Place) error {
	return func(p Place) error {
		s, err := p.Open(most)
		if err != nil {
			return err
		}
		return errors.Join(check(s), s.Close())
	}
}

// Clauses are all that must be true.
var Clauses = []Clause{
	{"a session has a head and entries in order", false, with(func(s keep.Store) error {
		return first(
			is(nil, s.Create("a", []byte("head"))),
			holds(s, "a", "head"),
			is(nil, s.Append("a", 0, []byte("one"))),
			is(nil, s.Append("a", 1, []byte("two"))),
			holds(s, "a", "head", "one", "two"),
		)
	})},
	{"heads and entries are any bytes, or none", false, with(func(s keep.Store) error {
		wild := "\x00\xff'; DROP TABLE sessions; --\u2028"
		return first(
			is(nil, s.Create(wild, nil)),
			is(nil, s.Append(wild, 0, []byte(wild))),
			is(nil, s.Append(wild, 1, nil)),
			holds(s, wild, "", wild, ""),
		)
	})},
	{"reading begins at a position", false, with(func(s keep.Store) error {
		if err := s.Create("a", nil); err != nil {
			return err
		}
		for i := range 1_100 { // more than a store may care to read in one go
			if err := s.Append("a", i, fmt.Append(nil, i)); err != nil {
				return err
			}
		}
		for _, from := range []int{0, 1, 500, 1_099, 1_100, 1_101} {
			_, entries, err := s.Read("a", from)
			if want := max(0, 1_100-from); err != nil || len(entries) != want {
				return fmt.Errorf("from %d: %d entries, want %d: %v", from, len(entries), want, err)
			}
			for i, e := range entries {
				if string(e) != fmt.Sprint(from+i) {
					return fmt.Errorf("from %d: entry %d is %q", from, i, e)
				}
			}
		}
		return nil
	})},
	{"a session is created once", false, with(func(s keep.Store) error {
		return first(
			is(nil, s.Create("a", []byte("head"))),
			is(keep.ErrExists, s.Create("a", []byte("other"))),
			is(keep.ErrExists, s.Create("a", []byte("head"))),
			holds(s, "a", "head"),
		)
	})},
	{"an entry is appended at the position that is expected, or not at all", false, with(func(s keep.Store) error {
		return first(
			is(nil, s.Create("a", nil)),
			is(keep.ErrConflict, s.Append("a", 1, []byte("early"))),
			is(keep.ErrConflict, s.Append("a", -1, []byte("before"))),
			is(nil, s.Append("a", 0, []byte("one"))),
			is(keep.ErrConflict, s.Append("a", 0, []byte("again"))),
			holds(s, "a", "", "one"),
		)
	})},
	{"of many who append at one position exactly one wins", false, with(func(s keep.Store) error {
		if err := s.Create("a", nil); err != nil {
			return err
		}
		const rounds, rivals = 20, 16
		for round := range rounds {
			errs := atOnce(rivals, func(i int) error { return s.Append("a", round, fmt.Append(nil, i)) })
			winner := -1
			for i, err := range errs {
				switch {
				case err == nil && winner < 0:
					winner = i
				case !errors.Is(err, keep.ErrConflict):
					return fmt.Errorf("round %d: %d and %d: %v", round, winner, i, err)
				}
			}
			_, entries, err := s.Read("a", round)
			if err != nil || winner < 0 || len(entries) != 1 || string(entries[0]) != fmt.Sprint(winner) {
				return fmt.Errorf("round %d: %d won and %q is kept: %v", round, winner, entries, err)
			}
		}
		return nil
	})},
	{"sessions do not mix, however many append at once", false, with(func(s keep.Store) error {
		const sessions, entries = 16, 20
		errs := atOnce(sessions, func(i int) error {
			id := fmt.Sprint("session ", i)
			err := s.Create(id, []byte(id))
			for k := 0; k < entries && err == nil; k++ {
				err = s.Append(id, k, fmt.Appendf(nil, "%d of %d", k, i))
			}
			return err
		})
		if err := errors.Join(errs...); err != nil {
			return err
		}
		for i := range sessions {
			var want []string
			for k := range entries {
				want = append(want, fmt.Sprintf("%d of %d", k, i))
			}
			id := fmt.Sprint("session ", i)
			if err := holds(s, id, id, want...); err != nil {
				return err
			}
		}
		return nil
	})},
	{"what is read stays as it was", false, with(func(s keep.Store) error {
		head, entry, blob := []byte("head"), []byte("entry"), []byte("blob")
		err := first(is(nil, s.Create("a", head)), is(nil, s.Append("a", 0, entry)), is(nil, s.Put("b", blob)))
		for _, ours := range [][]byte{head, entry, blob} {
			clear(ours)
		}
		got, _ := s.Get("b")
		clear(got)
		return first(err, holds(s, "a", "head", "entry"), gives(s, "b", "blob"))
	})},
	{"there is nothing under other ids", false, with(func(s keep.Store) error {
		_, _, read := s.Read("a", 0)
		_, got := s.Get("a")
		return first(
			is(keep.ErrNone, read),
			is(keep.ErrNone, got),
			is(keep.ErrNone, s.Append("a", 0, nil)),
			is(nil, s.Touch("a")),
			is(nil, s.Delete("a")),
			counts(s, 0, 0),
		)
	})},
	{"a session that was deleted is gone, with its entries", false, with(func(s keep.Store) error {
		return first(
			is(nil, s.Create("a", []byte("head"))),
			is(nil, s.Append("a", 0, []byte("one"))),
			is(nil, s.Create("b", []byte("other"))),
			is(nil, s.Delete("a")),
			is(keep.ErrNone, s.Append("a", 1, nil)),
			is(nil, s.Create("a", []byte("new"))),
			holds(s, "a", "new"),
			holds(s, "b", "other"),
		)
	})},
	{"a blob never changes", false, with(func(s keep.Store) error {
		return first(
			is(nil, s.Put("a", []byte("blob"))),
			is(nil, s.Put("a", []byte("blob"))),
			is(keep.ErrExists, s.Put("a", []byte("other"))),
			is(nil, s.Put("none", nil)),
			gives(s, "a", "blob"),
			gives(s, "none", ""),
			counts(s, 0, 2),
		)
	})},
	{"a blob has a size", false, with(func(s keep.Store) error {
		most := strings.Repeat("x", keep.MaxBlob)
		return first(
			is(keep.ErrLarge, s.Put("a", []byte(most+"x"))),
			is(nil, s.Put("a", []byte(most))),
			gives(s, "a", most),
		)
	})},
	{"a store that is full of blobs takes no more, and drops none", false, sized(100_000, func(s keep.Store) error {
		kept := 0
		for s.Put(fmt.Sprint(kept), bytes.Repeat([]byte{'x'}, 5000)) == nil {
			if kept++; kept > 100 {
				return errors.New("it is never full")
			}
		}
		if kept < 5 {
			return fmt.Errorf("it is full with %d blobs of 5000 bytes, half of the store", kept)
		}
		_, pruned := s.Prune(time.Now().Add(time.Hour))
		return first(
			is(keep.ErrFull, s.Put("another", bytes.Repeat([]byte{'x'}, 5000))),
			is(nil, s.Put("0", bytes.Repeat([]byte{'x'}, 5000))),
			is(nil, s.Create("a", bytes.Repeat([]byte{'x'}, 5000))),
			pruned,
			counts(s, 1, kept),
		)
	})},
	{"sessions unused for long are pruned, and nothing else", false, with(func(s keep.Store) error {
		if err := first(is(nil, s.Create("a", nil)), is(nil, s.Put("a", nil))); err != nil {
			return err
		}
		none, err := s.Prune(time.Now().Add(-time.Hour))
		if err != nil || none != 0 {
			return fmt.Errorf("%d sessions are pruned that were used within the hour: %v", none, err)
		}
		one, err := s.Prune(time.Now().Add(time.Hour))
		if err != nil || one != 1 {
			return fmt.Errorf("%d sessions are pruned, want 1: %v", one, err)
		}
		return first(is(keep.ErrNone, s.Append("a", 0, nil)), gives(s, "a", ""), counts(s, 0, 1))
	})},
	{"a store that is too large loses what was unused longest", false, sized(100_000, func(s keep.Store) error {
		for i := range 30 {
			if err := s.Create(fmt.Sprint(i), bytes.Repeat([]byte{'x'}, 4000)); err != nil {
				return err
			}
		}
		err := first(is(nil, s.Touch()), is(nil, s.Touch("none", "0", "2")), is(nil, s.Append("1", 0, bytes.Repeat([]byte{'x'}, 4000))))
		if err != nil {
			return err
		}
		pruned, err := s.Prune(time.Unix(0, 0))
		if err != nil || pruned < 6 || pruned > 20 {
			return fmt.Errorf("%d sessions of 30 that are a quarter too large are pruned: %v", pruned, err)
		}
		for i := range 30 {
			_, _, err := s.Read(fmt.Sprint(i), 0)
			if kept := i < 3 || i >= 3+pruned; kept != (err == nil) {
				return fmt.Errorf("session %d of 30 after %d were pruned: %v", i, pruned, err)
			}
		}
		stats, err := s.Stats()
		if err != nil || stats.Bytes > 100_000 {
			return fmt.Errorf("%d bytes are left of 100000: %v", stats.Bytes, err)
		}
		return counts(s, 30-pruned, 0)
	})},
	{"a closed store does nothing", false, func(p Place) error {
		s, err := p.Open(plenty)
		if err != nil {
			return err
		}
		err = first(is(nil, s.Create("a", nil)), is(nil, s.Close()))
		_, _, read := s.Read("a", 0)
		_, got := s.Get("a")
		_, pruned := s.Prune(time.Now())
		_, stats := s.Stats()
		return first(
			err,
			is(keep.ErrClosed, s.Create("b", nil)),
			is(keep.ErrClosed, s.Append("a", 0, nil)),
			is(keep.ErrClosed, s.Touch("a")),
			is(keep.ErrClosed, s.Delete("a")),
			is(keep.ErrClosed, s.Put("a", nil)),
			is(keep.ErrClosed, read), is(keep.ErrClosed, got), is(keep.ErrClosed, pruned), is(keep.ErrClosed, stats),
			is(nil, s.Close()),
		)
	}},
	{"everything is there when the store is opened again", true, func(p Place) error {
		fill := func(s keep.Store) error {
			return first(
				is(nil, s.Create("old", bytes.Repeat([]byte{'x'}, 60_000))),
				is(nil, s.Create("a", []byte("head"))),
				is(nil, s.Append("a", 0, []byte("one"))),
				is(nil, s.Create("b", nil)),
				is(nil, s.Delete("b")),
				is(nil, s.Put("c", []byte("blob"))),
			)
		}
		look := func(s keep.Store) error {
			return first(
				holds(s, "a", "head", "one"),
				gives(s, "c", "blob"),
				counts(s, 2, 1),
				is(keep.ErrConflict, s.Append("a", 0, []byte("again"))),
				is(nil, s.Append("a", 1, []byte("two"))),
				holds(s, "a", "head", "one", "two"),
				is(keep.ErrExists, s.Put("c", []byte("other"))),
			)
		}
		small := func(s keep.Store) error { // sizes and the order of use are remembered
			pruned, err := s.Prune(time.Unix(0, 0))
			if err != nil || pruned != 1 {
				return fmt.Errorf("%d sessions are pruned, want the old one: %v", pruned, err)
			}
			return holds(s, "a", "head", "one", "two")
		}
		return first(with(fill)(p), with(look)(p), sized(50_000, small)(p))
	}},
	{"two do not use one place", true, func(p Place) error {
		s, err := p.Open(plenty)
		if err != nil {
			return err
		}
		defer s.Close()
		second, err := p.Open(plenty)
		if err == nil {
			return errors.Join(errors.New("it is opened twice"), second.Close())
		}
		return is(nil, s.Create("a", nil))
	}},
}
