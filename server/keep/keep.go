// Package keep holds what outlives the process: the sessions, each a head and
// the entries that were appended to it, and the runs behind short links.
//
// It does not know what heads, entries and blobs mean. [Store] says what a
// server may rely on, and package keeptest tests it. [Open] keeps everything in
// one SQLite file, or in memory.
package keep

import (
	"errors"
	"time"
)

// Store keeps sessions and blobs. Its methods can be called from any goroutine.
// What a method has returned from without an error is kept, whatever happens to
// the process then. A method that returns an error has changed nothing.
type Store interface {
	// Create keeps a new session. ErrExists: there is one with this id.
	Create(id string, head []byte) error
	// Append adds an entry to a session that has exactly at entries. ErrConflict:
	// it has another number of them. ErrNone: there is no such session.
	Append(id string, at int, entry []byte) error
	// Read returns a session's head, and its entries without the first from.
	// ErrNone: there is no such session.
	Read(id string, from int) (head []byte, entries [][]byte, err error)
	// Touch notes that sessions are used, as Create and Append do. One that does
	// not exist is no error.
	Touch(ids ...string) error
	// Delete removes a session, if there is one.
	Delete(id string) error

	// Put keeps a blob for good. The same blob can be put again. ErrExists:
	// another one has this id. ErrLarge: it is larger than MaxBlob. ErrFull: blobs
	// fill their share of the store.
	Put(id string, blob []byte) error
	// Get returns a blob. ErrNone: there is none with this id.
	Get(id string) ([]byte, error)

	// Prune removes the sessions that have not been used since the given time, and
	// then those unused longest until the store is not over its size. Blobs stay.
	// It returns how many sessions it removed.
	Prune(since time.Time) (int, error)
	// Stats tells how much is kept.
	Stats() (Stats, error)
	// Close ends the store. All methods return ErrClosed from then on.
	Close() error
}

// MaxBlob is how many bytes a blob may have.
const MaxBlob = 512 << 10

// Stats is how much a store keeps.
type Stats struct {
	Sessions int
	Blobs    int
	Bytes    int64 // of all heads, entries and blobs, and what each of them costs beside
}

// What a store can refuse, and changes nothing then.
var (
	ErrNone     = errors.New("it is not kept here")
	ErrExists   = errors.New("another one is kept under this id")
	ErrConflict = errors.New("somebody else has appended in between")
	ErrLarge    = errors.New("it is too large to be kept")
	ErrFull     = errors.New("the server keeps as much as it can: try again later, or save the run as a file")
	ErrClosed   = errors.New("the store is closed")
)

// refusals are the errors after which a store goes on as before.
var refusals = []error{ErrNone, ErrExists, ErrConflict, ErrLarge, ErrFull}

// perItem is what a head, an entry or a blob counts for beside its bytes: keys,
// indexes and the file's own order.
const perItem = 64
