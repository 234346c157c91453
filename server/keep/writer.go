package keep

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"
)

// maxBatch is how many jobs share a transaction at most.
const maxBatch = 512

// store keeps everything in one SQLite database. One goroutine owns the only
// connection. Whatever waits for it when it begins a transaction shares that
// transaction, and so the wait for the disk.
type store struct {
	db      *sql.DB
	lock    *sql.DB // held while the store is open, nil in memory
	most    int64   // bytes
	jobs    chan *job
	closing chan struct{} // closed when no more jobs are taken
	once    sync.Once     // closes closing
	closed  chan struct{} // closed when the goroutine has ended

	// The rest belongs to the goroutine.
	conn       *sql.Conn
	statements map[string]*sql.Stmt
	size       size
	stamp      int64 // of the last use of a session
	end        error
}

// size is how much is kept.
type size struct {
	sessions, blobs         int
	sessionBytes, blobBytes int64
}

func (s size) bytes() int64 { return s.sessionBytes + s.blobBytes }

// job is something to be done in a transaction. It returns one of the refusals
// if it has changed nothing; any other error undoes the whole transaction. It may
// be done again then.
type job struct {
	do   func() error
	err  error
	done chan struct{}
}

// do has the goroutine call f, and returns when what f did is kept.
func (s *store) do(f func() error) error {
	j := &job{do: f, done: make(chan struct{})}
	select {
	case s.jobs <- j:
		<-j.done
		return j.err
	case <-s.closing:
		return ErrClosed
	}
}

// serve does jobs until the store is closed.
func (s *store) serve() {
	defer close(s.closed)
	for {
		select {
		case j := <-s.jobs:
			s.commit(s.gather(j))
		case <-s.closing:
			s.end = s.shut()
			return
		}
	}
}

// shut closes the database and lets go of the directory. SQLite brings all into one
// file only after the last statement is closed.
func (s *store) shut() (err error) {
	for _, p := range s.statements {
		err = errors.Join(err, p.Close())
	}
	err = errors.Join(err, s.conn.Close(), s.db.Close())
	if s.lock != nil {
		err = errors.Join(err, s.lock.Close())
	}
	return err
}

// gather returns the first job with those that wait behind it.
func (s *store) gather(first *job) []*job {
	batch := []*job{first}
	for len(batch) < maxBatch {
		select {
		case j := <-s.jobs:
			batch = append(batch, j)
		default:
			return batch
		}
	}
	return batch
}

// commit does the jobs in one transaction. If it fails, each gets one of its own:
// what cannot be kept is nobody else's trouble.
func (s *store) commit(batch []*job) {
	err := s.try(batch)
	if err != nil && len(batch) > 1 {
		for _, j := range batch {
			s.commit([]*job{j})
		}
		return
	}
	for _, j := range batch {
		if err != nil {
			j.err = fmt.Errorf("the store has failed: %w", err)
		}
		close(j.done)
	}
}

// try does the jobs in one transaction. If it returns an error, none has changed
// anything.
func (s *store) try(batch []*job) error {
	before := s.size
	err := s.exec("BEGIN IMMEDIATE")
	if err == nil {
		for _, j := range batch {
			if j.err = j.do(); j.err != nil && !slices.Contains(refusals, j.err) {
				err = j.err
				break
			}
		}
		if err == nil {
			err = s.exec("COMMIT")
		}
		if err != nil {
			_ = s.exec("ROLLBACK") // SQLite may have done it
		}
	}
	if err != nil {
		s.size = before
	}
	return err
}

// statement returns a prepared statement.
func (s *store) statement(text string) (*sql.Stmt, error) {
	if p, known := s.statements[text]; known {
		return p, nil
	}
	p, err := s.conn.PrepareContext(context.Background(), text)
	if err != nil {
		return nil, err
	}
	if s.statements == nil {
		s.statements = map[string]*sql.Stmt{}
	}
	s.statements[text] = p
	return p, nil
}

// exec carries out SQL that is not asked for often.
func (s *store) exec(text string) error {
	_, err := s.conn.ExecContext(context.Background(), text)
	return err
}

// row asks for one row, in SQL that is not asked for often.
func (s *store) row(text string, args ...any) *sql.Row {
	return s.conn.QueryRowContext(context.Background(), text, args...)
}

// change carries out a prepared statement and returns how many rows it changed.
func (s *store) change(text string, args ...any) (int64, error) {
	p, err := s.statement(text)
	if err != nil {
		return 0, err
	}
	result, err := p.Exec(args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// find reads one row with a prepared statement. ErrNone: there is none.
func (s *store) find(text string, args []any, to ...any) error {
	p, err := s.statement(text)
	if err == nil {
		err = p.QueryRow(args...).Scan(to...)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNone
	}
	return err
}

// now returns the time, later than it has ever been here.
func (s *store) now() int64 {
	s.stamp = max(s.stamp+1, time.Now().UnixNano())
	return s.stamp
}

// Stats tells how much is kept.
func (s *store) Stats() (stats Stats, err error) {
	err = s.do(func() error {
		stats = Stats{Sessions: s.size.sessions, Blobs: s.size.blobs, Bytes: s.size.bytes()}
		return nil
	})
	return stats, err
}

// Close ends the store.
func (s *store) Close() error {
	s.once.Do(func() { close(s.closing) })
	<-s.closed
	return s.end
}
