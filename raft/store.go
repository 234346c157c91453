package raft

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"unicode"
)

// MaxCommand is the longest command that a client may send, in bytes.
const MaxCommand = 80

// Pair is one key of the store and its value.
type Pair struct{ Key, Value string }

// answered is a request that was applied, and what the client was told (§8).
type answered struct {
	serial uint32
	result string
}

// Store is the replicated state machine: a small key-value store with counters.
// It is a function of the commands applied. A copy made with [Store.Clone]
// shares its content.
type Store struct {
	pairs    []Pair // ascending by key; copied before a change
	answered []answered
	digest   uint64 // covers every command applied and every serial remembered, in order
}

// arguments tells how many words follow each verb of a command.
var arguments = map[string]int{"set": 2, "add": 2, "get": 1, "delete": 1}

// CheckCommand returns an error that says what is wrong with a command and what
// is allowed, or nil.
func CheckCommand(command string) error {
	if len(command) > MaxCommand {
		return fmt.Errorf("the command has %d bytes; %d are allowed", len(command), MaxCommand)
	}
	for _, r := range command {
		if !unicode.IsPrint(r) || r == '\ufffd' {
			return fmt.Errorf("the command %q has a character that is not printable", command)
		}
	}
	word := strings.Fields(command)
	if len(word) > 0 {
		if want, known := arguments[word[0]]; known && len(word) == want+1 {
			if word[0] != "add" {
				return nil
			}
			if _, err := strconv.ParseInt(word[2], 10, 64); err == nil {
				return nil
			}
			return fmt.Errorf("add takes a whole number, not %q", word[2])
		}
	}
	return fmt.Errorf("unknown command %q: use \"set KEY VALUE\", \"add KEY NUMBER\", \"get KEY\" or \"delete KEY\"", command)
}

// Apply carries out one command and returns its result. A command that makes no
// sense changes nothing and says so in its result, the same on every server.
func (s *Store) Apply(command string) (result string) {
	s.digest = MixString(s.digest, command)
	verb, rest, _ := strings.Cut(strings.TrimLeft(command, " "), " ")
	key, value, _ := strings.Cut(strings.TrimSpace(rest), " ")
	value = strings.TrimSpace(value)
	old, found := s.Get(key)
	switch verb {
	case "get":
	case "set":
		s.put(key, value)
		return key + " = " + value
	case "add":
		n, err := strconv.ParseInt(value, 10, 64)
		if err != nil {
			return "not a number: " + value
		}
		if found {
			m, err := strconv.ParseInt(old, 10, 64)
			if err != nil {
				return key + " holds no number: " + old
			}
			n += m
		}
		value = strconv.FormatInt(n, 10)
		s.put(key, value)
		return key + " = " + value
	case "delete":
		if found {
			s.remove(key)
			return key + " deleted"
		}
	default:
		return "unknown command"
	}
	if !found {
		return key + " is not set"
	}
	return key + " = " + old
}

// Get returns the value of a key.
func (s *Store) Get(key string) (value string, found bool) {
	if i, found := s.find(key); found {
		return s.pairs[i].Value, true
	}
	return "", false
}

// Pairs returns the whole content, ascending by key. It is shared and must not
// be changed.
func (s *Store) Pairs() []Pair { return s.pairs }

// Answer returns what the request with this serial number was answered, if it
// was applied before (§8: "the state machine tracks the latest serial number").
func (s *Store) Answer(serial uint32) (result string, found bool) {
	i := sort.Search(len(s.answered), func(i int) bool { return s.answered[i].serial >= serial })
	if i < len(s.answered) && s.answered[i].serial == serial {
		return s.answered[i].result, true
	}
	return "", false
}

// Remember keeps the answer of a request, for [Store.Answer].
func (s *Store) Remember(serial uint32, result string) {
	s.digest = Mix(s.digest, uint64(serial))
	n := len(s.answered)
	if n == 0 || s.answered[n-1].serial < serial {
		s.answered = append(s.answered, answered{serial, result})
		return
	}
	i := sort.Search(n, func(i int) bool { return s.answered[i].serial >= serial })
	grown := make([]answered, 0, n+1)
	grown = append(append(grown, s.answered[:i]...), answered{serial, result})
	s.answered = append(grown, s.answered[i:]...)
}

// Clone returns a store with the same content. The original may go on appending
// in place; neither ever changes what the other can see.
func (s *Store) Clone() Store {
	c := *s
	c.answered = s.answered[:len(s.answered):len(s.answered)]
	return c
}

func (s *Store) find(key string) (int, bool) {
	return sort.Find(len(s.pairs), func(i int) int { return strings.Compare(key, s.pairs[i].Key) })
}

func (s *Store) put(key, value string) {
	i, found := s.find(key)
	if found {
		s.pairs = append([]Pair(nil), s.pairs...)
		s.pairs[i].Value = value
		return
	}
	grown := make([]Pair, 0, len(s.pairs)+1)
	grown = append(append(grown, s.pairs[:i]...), Pair{key, value})
	s.pairs = append(grown, s.pairs[i:]...)
}

func (s *Store) remove(key string) {
	i, _ := s.find(key)
	left := make([]Pair, 0, len(s.pairs)-1)
	s.pairs = append(append(left, s.pairs[:i]...), s.pairs[i+1:]...)
}
