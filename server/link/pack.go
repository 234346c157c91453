package link

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"regexp"
)

// What a link may carry.
const (
	MaxSize    = 512 << 10 // bytes of a run's JSON, unpacked
	MaxActions = 10_000
	maxPayload = MaxSize // characters; what cannot be compressed at all is no run
)

// version is the first character of every payload that is packed as here: the
// run's JSON, in which messages are counted from the one named before, compressed
// by zlib with [dictionary], in base64url.
const version = '1'

var base64url = base64.RawURLEncoding.Strict()

// Pack returns the run for an address: letters, digits, - and _. The error tells of
// a run that is too long to be passed on.
func (r Run) Pack() (string, error) {
	if len(r.Actions) > MaxActions {
		return "", tooLong("has %d actions", len(r.Actions), MaxActions)
	}
	text, err := r.encode()
	if err != nil {
		return "", fmt.Errorf("the run cannot be written: %w", err)
	}
	if len(text) > MaxSize {
		return "", tooLong("takes %d bytes", len(text), MaxSize)
	}
	var b bytes.Buffer
	z, err := zlib.NewWriterLevelDict(&b, zlib.BestCompression, dictionary)
	if err == nil {
		_, err = z.Write(text)
	}
	if err == nil {
		err = z.Close()
	}
	payload := string(version) + base64url.EncodeToString(b.Bytes())
	if len(payload) > maxPayload {
		return "", tooLong("takes %d characters", len(payload), maxPayload)
	}
	return payload, err
}

// tooLong tells of a run that cannot be passed on whole.
func tooLong(what string, has, most int) error {
	return fmt.Errorf("the run "+what+": one of at most %d can be passed on; go back and pass on an earlier part", has, most)
}

var letters = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// Is reports whether a text could be a payload: it begins like one, and holds no
// characters that none has.
func Is(text string) bool {
	return len(text) > 20 && text[0] == version && letters.MatchString(text)
}

// Unpack returns the run that a payload carries. The error says what is wrong with
// the payload. Whether the run can be played is for [Run.Play] to find out.
func Unpack(payload string) (Run, error) {
	switch {
	case payload == "":
		return Run{}, errors.New("the link is empty: copy it again, all of it")
	case len(payload) > maxPayload:
		return Run{}, fmt.Errorf("the link has %d characters: no link has more than %d", len(payload), maxPayload)
	case !letters.MatchString(payload):
		return Run{}, errors.New("this is no link: it has other characters than A-Z, a-z, 0-9, - and _")
	case payload[0] != version:
		return Run{}, fmt.Errorf("this is no link that this version can read: links begin with %c, this one with %c; "+
			"copy it again, or open it with a newer raftplay", version, payload[0])
	}
	compressed, err := base64url.DecodeString(payload[1:])
	if err != nil {
		return Run{}, errCut
	}
	text, err := inflate(compressed)
	if err != nil {
		return Run{}, err
	}
	return decode(text)
}

var (
	errCut     = errors.New("the link is cut, or was altered: copy it again, all of it")
	errAltered = errors.New("the link was altered: copy it again, all of it")
)

// inflate unpacks, but no more than a run may take.
func inflate(compressed []byte) ([]byte, error) {
	from := bytes.NewReader(compressed)
	z, err := zlib.NewReaderDict(from, dictionary)
	var text []byte
	if err == nil {
		text, err = io.ReadAll(io.LimitReader(z, MaxSize+1))
	}
	var corrupt flate.CorruptInputError
	switch {
	case len(text) > MaxSize:
		return nil, fmt.Errorf("the link is too large when unpacked: %d bytes are allowed", MaxSize)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return nil, errCut
	case errors.Is(err, zlib.ErrChecksum), errors.Is(err, zlib.ErrHeader), errors.Is(err, zlib.ErrDictionary), errors.As(err, &corrupt), from.Len() > 0:
		return nil, errAltered
	}
	return text, err
}
