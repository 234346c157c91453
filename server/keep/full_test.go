package keep

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// When the disk is full, what does not fit is refused and changes nothing; what
// was kept can be read, and goes on when there is room again.
func TestFullDisk(t *testing.T) {
	opened, err := Open(t.TempDir(), 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	s := opened.(*store)
	pages := func(n int) {
		t.Helper()
		if err := s.do(func() error { return s.exec(fmt.Sprintf("PRAGMA max_page_count=%d", n)) }); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Create("a", nil); err != nil {
		t.Fatal(err)
	}
	pages(40)
	kept := 0
	for ; err == nil; kept++ {
		err = s.Append("a", kept, make([]byte, 3000))
	}
	kept--
	if !strings.Contains(err.Error(), "the store has failed") || !strings.Contains(err.Error(), "full") || kept < 5 {
		t.Fatalf("after %d entries: %v", kept, err)
	}
	if err := s.Append("a", kept, make([]byte, 9000)); err == nil {
		t.Error("there is room for more")
	}
	before, err := s.Stats()
	if err != nil {
		t.Fatal(err)
	}
	if _, entries, err := s.Read("a", 0); err != nil || len(entries) != kept {
		t.Errorf("%d entries of %d are there: %v", len(entries), kept, err)
	}
	pages(1000)
	if err := s.Append("a", kept, nil); err != nil {
		t.Errorf("there is room again: %v", err)
	}
	if after, err := s.Stats(); err != nil || after.Bytes != before.Bytes+perItem {
		t.Errorf("%d bytes, and then %d with an empty entry: %v", before.Bytes, after.Bytes, err)
	}
}

// What cannot be kept is nobody else's trouble, even if it is to be kept together
// with what others do.
func TestFailuresAreAlone(t *testing.T) {
	opened, err := Open("", 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	s := opened.(*store)
	batch := make([]*job, 5)
	for i := range batch {
		batch[i] = &job{done: make(chan struct{}), do: func() error {
			if _, err := s.change("INSERT INTO sessions (id, bytes, used) VALUES (?, ?, ?)", fmt.Sprint(i), perItem, s.now()); err != nil {
				return err
			}
			s.size.sessions++
			if i == 2 {
				return errors.New("the page cannot be read")
			}
			return nil
		}}
	}
	s.commit(batch)
	for i, j := range batch {
		<-j.done
		if failed := j.err != nil; failed != (i == 2) {
			t.Errorf("job %d: %v", i, j.err)
		}
	}
	if stats, err := s.Stats(); err != nil || stats.Sessions != 4 {
		t.Errorf("%+v: %v", stats, err)
	}
}

// What is pruned makes room on the disk, too, however much it is.
func TestPruningShrinksTheFile(t *testing.T) {
	opened, err := Open(t.TempDir(), 1<<30)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	s := opened.(*store)
	for i := range 30 {
		if err := s.Create(fmt.Sprint(i), make([]byte, 200_000)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Prune(time.Now()); err != nil {
		t.Fatal(err)
	}
	var pages int
	if err := s.do(func() error { return s.row("PRAGMA page_count").Scan(&pages) }); err != nil || pages > 20 {
		t.Errorf("%d pages are left: %v", pages, err)
	}
}
