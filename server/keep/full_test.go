package keep

import (
	"fmt"
	"strings"
	"testing"
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
	if !strings.Contains(err.Error(), "it could not be kept") || !strings.Contains(err.Error(), "full") || kept < 5 {
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
