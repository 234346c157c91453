package keep_test

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"raftplay/server/keep"
	"raftplay/server/keep/keeptest"
)

func inMemory(*testing.T) keeptest.Place {
	return keeptest.Place{Open: func(most int64) (keep.Store, error) { return keep.Open("", most) }}
}

func inFile(t *testing.T) keeptest.Place {
	dir := filepath.Join(t.TempDir(), "a % strange?name#", "data")
	return keeptest.Place{Lasts: true, Open: func(most int64) (keep.Store, error) { return keep.Open(dir, most) }}
}

func TestInMemory(t *testing.T) { keeptest.Run(t, inMemory) }
func TestInFile(t *testing.T)   { keeptest.Run(t, inFile) }

// wrong is a store that does one thing wrong.
type wrong struct {
	keep.Store
	create func(id string, head []byte) error
	append func(id string, at int, entry []byte) error
	read   func(id string, from int) ([]byte, [][]byte, error)
	remove func(id string) error
	put    func(id string, blob []byte) error
	prune  func(since time.Time) (int, error)
	close  func() error
}

func (w wrong) Create(id string, head []byte) error              { return w.create(id, head) }
func (w wrong) Append(id string, at int, entry []byte) error     { return w.append(id, at, entry) }
func (w wrong) Read(id string, at int) ([]byte, [][]byte, error) { return w.read(id, at) }
func (w wrong) Delete(id string) error                           { return w.remove(id) }
func (w wrong) Put(id string, blob []byte) error                 { return w.put(id, blob) }
func (w wrong) Prune(since time.Time) (int, error)               { return w.prune(since) }
func (w wrong) Close() error                                     { return w.close() }

// The suite notices a store that does not do what it says.
func TestSuiteNoticesWrongStores(t *testing.T) {
	for name, spoil := range map[string]func(w *wrong, s keep.Store){
		"overwrites sessions": func(w *wrong, s keep.Store) {
			w.create = func(id string, head []byte) error { _ = s.Delete(id); return s.Create(id, head) }
		},
		"appends anywhere": func(w *wrong, s keep.Store) {
			w.append = func(id string, _ int, entry []byte) error {
				_, entries, err := s.Read(id, 0)
				if err != nil {
					return err
				}
				return s.Append(id, len(entries), entry)
			}
		},
		"loses what it said it kept": func(w *wrong, s keep.Store) {
			w.append = func(id string, at int, entry []byte) error {
				if at == 15 {
					return nil
				}
				return s.Append(id, at, entry)
			}
		},
		"reads all at any position": func(w *wrong, s keep.Store) {
			w.read = func(id string, _ int) ([]byte, [][]byte, error) { return s.Read(id, 0) }
		},
		"does not delete": func(w *wrong, s keep.Store) { w.remove = func(string) error { return nil } },
		"prunes nothing":  func(w *wrong, s keep.Store) { w.prune = func(time.Time) (int, error) { return 0, nil } },
		"prunes too much": func(w *wrong, s keep.Store) {
			w.prune = func(time.Time) (int, error) { return s.Prune(time.Now().Add(time.Hour)) }
		},
		"takes other blobs": func(w *wrong, s keep.Store) {
			w.put = func(id string, blob []byte) error { _ = s.Put(id, blob); return nil }
		},
		"never closes": func(w *wrong, s keep.Store) { w.close = func() error { return nil } },
	} {
		place := inMemory(t)
		wrongly := keeptest.Place{Open: func(most int64) (keep.Store, error) {
			s, err := place.Open(most)
			if err != nil {
				return nil, err
			}
			t.Cleanup(func() { s.Close() })
			w := wrong{s, s.Create, s.Append, s.Read, s.Delete, s.Put, s.Prune, s.Close}
			spoil(&w, s)
			return w, nil
		}}
		noticed := 0
		for _, c := range keeptest.Clauses {
			if !c.Lasts && c.Check(wrongly) != nil {
				noticed++
			}
		}
		if noticed == 0 {
			t.Errorf("a store that %s passes", name)
		}
	}
}

// A directory that cannot be used is refused with the way out.
func TestUnusableDirectories(t *testing.T) {
	file := func(content string) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			if err := os.WriteFile(filepath.Join(dir, "raftplay.db"), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	database := func(statement string) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			db, err := sql.Open("sqlite", filepath.Join(dir, "raftplay.db"))
			if err == nil {
				_, err = db.Exec(statement)
				db.Close()
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, c := range []struct {
		name, why string
		spoil     func(t *testing.T, dir string)
	}{
		{"no database", "is not a data file of this program", file(strings.Repeat("not a database. ", 400))},
		{"a newer one", "newer version of this program (99", database("PRAGMA user_version=99")},
		{"another program's", "belongs to another program", database("CREATE TABLE recipes (name TEXT)")},
		{"a file in its place", "not a directory", func(t *testing.T, dir string) {
			if err := os.Remove(dir); err == nil {
				err = os.WriteFile(dir, nil, 0o600)
				if err != nil {
					t.Fatal(err)
				}
			}
		}},
		{"a directory in the file's place", "cannot be used", func(t *testing.T, dir string) {
			if err := os.Mkdir(filepath.Join(dir, "raftplay.db"), 0o700); err != nil {
				t.Fatal(err)
			}
		}},
	} {
		dir := filepath.Join(t.TempDir(), "data")
		if err := os.Mkdir(dir, 0o700); err != nil {
			t.Fatal(err)
		}
		c.spoil(t, dir)
		for range 2 { // the lock is let go
			if s, err := keep.Open(dir, 1<<20); err == nil || !strings.Contains(err.Error(), c.why) {
				t.Errorf("%s: %v", c.name, err)
				if err == nil {
					s.Close()
				}
			}
		}
	}
}

// Nobody else can read the data: it has the sessions' keys.
func TestFilesArePrivate(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	s, err := keep.Open(dir, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Create("a", nil); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) < 2 {
		t.Fatalf("%v %v", files, err)
	}
	for _, f := range files {
		if info, err := f.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v: %v", f.Name(), info.Mode(), err)
		}
	}
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the directory has mode %v: %v", info.Mode(), err)
	}
}

// A store that was closed has brought all it keeps into one file, which can be
// copied.
func TestCloseLeavesOneFile(t *testing.T) {
	dir, copied := t.TempDir(), t.TempDir()
	s, err := keep.Open(dir, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Put("a", []byte("blob")); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if beside, err := filepath.Glob(filepath.Join(dir, "raftplay.db-*")); err != nil || len(beside) > 0 {
		t.Errorf("beside the file there are still %v: %v", beside, err)
	}
	content, err := os.ReadFile(filepath.Join(dir, "raftplay.db"))
	if err == nil {
		err = os.WriteFile(filepath.Join(copied, "raftplay.db"), content, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	hasBlob(t, copied)
}

// hasBlob tests that a directory is a copy of one in which a blob was kept.
func hasBlob(t *testing.T, dir string) {
	t.Helper()
	s, err := keep.Open(dir, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if blob, err := s.Get("a"); err != nil || string(blob) != "blob" {
		t.Errorf("the copy has %q: %v", blob, err)
	}
}

// Another program can copy the data while the server runs.
func TestBackupWhileOpen(t *testing.T) {
	dir, copied := t.TempDir(), t.TempDir()
	s, err := keep.Open(dir, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.Put("a", []byte("blob")); err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", filepath.Join(dir, "raftplay.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec("VACUUM INTO ?", filepath.Join(copied, "raftplay.db")); err != nil {
		t.Fatal(err)
	}
	hasBlob(t, copied)
}

// What an append costs, by how many sessions append at once.
func BenchmarkAppend(b *testing.B) {
	entry := []byte(strings.Repeat("x", 120))
	for _, dir := range []string{"", b.TempDir()} {
		for _, sessions := range []int{1, 16, 256} {
			where := "file"
			if dir == "" {
				where = "memory"
			}
			b.Run(fmt.Sprintf("%s/%d", where, sessions), func(b *testing.B) {
				in := dir
				if in != "" {
					in = b.TempDir()
				}
				s, err := keep.Open(in, 1<<30)
				if err != nil {
					b.Fatal(err)
				}
				defer s.Close()
				done := make(chan error)
				b.ResetTimer()
				for i := range sessions {
					go func() {
						id := fmt.Sprint(i)
						err := s.Create(id, nil)
						for n := 0; n < b.N/sessions && err == nil; n++ {
							err = s.Append(id, n, entry)
						}
						done <- err
					}()
				}
				for range sessions {
					if err := <-done; err != nil {
						b.Error(err)
					}
				}
			})
		}
	}
}
