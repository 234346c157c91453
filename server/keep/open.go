package keep

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// The files in a data directory.
const (
	fileName = "raftplay.db"
	lockName = "raftplay.lock"
)

// schemaVersion is kept in the file's user_version.
const schemaVersion = 1

const schema = `
CREATE TABLE sessions ( -- small rows without an index on used, because every append changes one
	id      TEXT PRIMARY KEY,
	entries INTEGER NOT NULL DEFAULT 0,
	bytes   INTEGER NOT NULL,
	used    INTEGER NOT NULL -- nanoseconds since 1970; no two sessions have the same
) STRICT, WITHOUT ROWID;
CREATE TABLE entries ( -- of a session, from 0 on, and its head at -1
	session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
	at      INTEGER NOT NULL,
	entry   BLOB NOT NULL,
	PRIMARY KEY (session, at)
) STRICT, WITHOUT ROWID;
CREATE TABLE blobs (
	id   TEXT PRIMARY KEY,
	blob BLOB NOT NULL
) STRICT;
`

// Open opens the store in a directory, which is created if it is missing; in
// memory if dir is empty. most is how many bytes it may keep: half of them at
// most are blobs. The error says why the directory cannot be used.
func Open(dir string, most int64) (Store, error) {
	if dir == "" {
		return open(":memory:", nil, most)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("the data directory cannot be made: %w", err)
	}
	lock, err := lockDir(dir)
	if err != nil {
		return nil, err
	}
	file := filepath.Join(dir, fileName)
	if err = touchFile(file); err == nil {
		var s *store
		if s, err = open(source(file), lock, most); err == nil {
			return s, nil
		}
		err = explain(file, err)
	}
	return nil, errors.Join(err, lock.Close())
}

// source returns a file as SQLite's driver takes it, whatever is in its name.
func source(file string) string {
	return (&url.URL{Scheme: "file", Opaque: url.PathEscape(file)}).String()
}

// touchFile makes a file that nobody else can read, if there is none. SQLite
// gives what it puts beside it the same rights.
func touchFile(name string) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("the data directory cannot be used: %w", err)
	}
	return f.Close()
}

// lockDir keeps other processes from using a directory, until it is closed or
// the process ends, however it ends. The lock is a file of its own, so that
// other programs can read the data, to make a backup.
func lockDir(dir string) (*sql.DB, error) {
	file := filepath.Join(dir, lockName)
	if err := touchFile(file); err != nil {
		return nil, err
	}
	lock, err := sql.Open("sqlite", source(file))
	if err != nil {
		return nil, err
	}
	lock.SetMaxOpenConns(1)
	if _, err = lock.Exec("PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE"); err == nil {
		return lock, nil
	}
	if codeOf(err) == sqlite3.SQLITE_BUSY {
		err = fmt.Errorf("another server uses the data directory %s: stop it, or give this one its own", dir)
	} else {
		err = explain(file, err)
	}
	return nil, errors.Join(err, lock.Close())
}

// codeOf returns SQLite's primary code for an error, 0 if it is not SQLite's.
func codeOf(err error) int {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return 0
	}
	return e.Code() & 0xff
}

// explain says in plain words why a file cannot be opened.
func explain(file string, err error) error {
	switch codeOf(err) {
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("%s is not a data file of this program, or is damaged: move it away, or put a backup in its place (%w)", file, err)
	case sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR:
		return fmt.Errorf("%s cannot be written: give the server's user the right to (%w)", file, err)
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("%s cannot be opened: make room on its disk (%w)", file, err)
	}
	return fmt.Errorf("%s: %w", file, err)
}

func open(name string, lock *sql.DB, most int64) (*store, error) {
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, err
	}
	s := &store{db: db, lock: lock, most: most, jobs: make(chan *job), closing: make(chan struct{}), closed: make(chan struct{})}
	if s.conn, err = db.Conn(context.Background()); err == nil {
		err = s.prepare()
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	go s.serve()
	return s, nil
}

// prepare brings the connection and the file's schema into shape.
func (s *store) prepare() error {
	for _, set := range []string{
		"PRAGMA busy_timeout=10000",
		"PRAGMA auto_vacuum=INCREMENTAL", // of a new file
		"PRAGMA journal_mode=WAL",
		"PRAGMA synchronous=FULL",
		"PRAGMA wal_autocheckpoint=4096",     // pages: 16 MB, to write what changes often less often
		"PRAGMA journal_size_limit=16777216", // what the log has taken at its worst, it gives back
		"PRAGMA foreign_keys=ON",
		"PRAGMA temp_store=MEMORY", // there may be no other directory to write to
	} {
		if err := s.exec(set); err != nil {
			return err
		}
	}
	var version, tables int
	if err := s.row("SELECT (SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)").Scan(&version, &tables); err != nil {
		return err
	}
	switch {
	case version > schemaVersion:
		return fmt.Errorf("the file was written by a newer version of this program (%d, this one knows %d): use that one", version, schemaVersion)
	case version == 0 && tables > 0:
		return errors.New("the file belongs to another program: give the server a directory of its own")
	case version == 0:
		if err := s.exec("BEGIN;" + schema + fmt.Sprintf("PRAGMA user_version=%d; COMMIT", schemaVersion)); err != nil {
			return err
		}
	}
	return s.row("SELECT (SELECT coalesce(sum(bytes), 0) FROM sessions), (SELECT coalesce(sum(length(blob) + ?), 0) FROM blobs), "+
		"(SELECT count(*) FROM sessions), (SELECT count(*) FROM blobs), (SELECT coalesce(max(used), 0) FROM sessions)", perItem).
		Scan(&s.size.sessionBytes, &s.size.blobBytes, &s.size.sessions, &s.size.blobs, &s.stamp)
}
