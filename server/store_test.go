package server

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"raftplay/raft/sim"
	"raftplay/server/keep"
)

// refusing is a store that appends nothing once it is told so, or reads nothing.
type refusing struct {
	keep.Store
	err   error // of Append and Touch
	blind error // of Read
}

func (r *refusing) Touch(ids ...string) error {
	if r.err != nil {
		return r.err
	}
	return r.Store.Touch(ids...)
}

func (r *refusing) Read(id string, from int) ([]byte, [][]byte, error) {
	if r.blind != nil {
		return nil, nil, r.blind
	}
	return r.Store.Read(id, from)
}

func (r *refusing) Append(id string, at int, entry []byte) error {
	if r.err != nil {
		return r.err
	}
	return r.Store.Append(id, at, entry)
}

// A change that cannot be kept is seen by nobody: the readers are sent away, and
// find the session as it was.
func TestNothingIsShownThatIsNotKept(t *testing.T) {
	store := &refusing{Store: open(t, "")}
	h := hubOf(DefaultLimits(), store)
	defer h.Close()
	s := start(t, h)
	actor, watcher := attach(t, s, s.Key, nil), attach(t, s, s.ViewKey, nil)
	if _, err := actor.Act(campaignAt(3)); err != nil {
		t.Fatal(err)
	}
	actor.all()
	watcher.all()
	store.err = errors.New("the disk is full")
	_, err := actor.Act(ActRequest{Branch: 1, At: s.branches[0].length(), Action: sim.Action{Do: sim.Crash, Node: 2}})
	if CodeOf(err) != Broken || !strings.Contains(err.Error(), "the disk is full") {
		t.Errorf("the actor is told: %v", err)
	}
	<-s.over
	for _, r := range []*Reader{actor, watcher} {
		for _, frame := range r.all() {
			if strings.HasPrefix(frame, `{"is":"events"`) {
				t.Errorf("what was not kept is shown: %s", frame)
			}
		}
		if e := r.Ending(); e == nil || e.Code != CloseRestart {
			t.Errorf("the ending is %+v", e)
		}
	}
	again, err := h.Session(s.ID)
	if err != nil {
		t.Fatalf("what was kept cannot be seen while the disk is full: %v", err)
	}
	if frames := strings.Join(seen(t, again), "\n"); !strings.Contains(frames, `"k":"timeout"`) || strings.Contains(frames, `"k":"crash"`) {
		t.Errorf("the session is not as it was: %s", frames)
	}
}

// A session that cannot be read at this moment is not gone: its readers try again.
func TestSessionsThatCannotBeRead(t *testing.T) {
	store := &refusing{Store: open(t, "")}
	h := hubOf(DefaultLimits(), store)
	defer h.Close()
	s := start(t, h)
	s.end(Ending{CloseRestart, "the server restarts"})
	<-s.over
	store.blind = errors.New("the disk is slow")
	if _, err := h.Session(s.ID); CodeOf(err) != Limit || !errorSays(err, "try again later (the disk is slow)") {
		t.Errorf("its readers are told: %v", err)
	}
	store.blind = nil
	if _, err := h.Session(s.ID); err != nil {
		t.Error(err)
	}
}

// A session that somebody watches is in use, however long nobody acts in it: others
// go first when there is no room.
func TestWatchedSessionsAreNotPruned(t *testing.T) {
	store, err := keep.Open("", 4000)
	if err != nil {
		t.Fatal(err)
	}
	h := hubOf(DefaultLimits(), store)
	defer h.Close()
	watched := start(t, h)
	defer attach(t, watched, watched.ViewKey, nil).Leave()
	others := make([]*Session, 30)
	for i := range others {
		others[i] = start(t, h)
	}
	if err := h.Prune(time.Hour); err != nil {
		t.Fatal(err)
	}
	name := func(s *Session) error {
		r := attach(t, s, s.Key, nil)
		defer r.Leave()
		_, err := r.Name(1, "a name")
		return err
	}
	if err := name(watched); err != nil {
		t.Errorf("the session is watched: %v", err)
	}
	if err := name(others[0]); CodeOf(err) != NotFound || !errorSays(err, "no longer kept") {
		t.Errorf("a session that was unused longest: %v", err)
	}
	<-others[0].over
	if err := name(others[29]); err != nil {
		t.Errorf("there is room for this one: %v", err)
	}
}

// Two servers with one store do not overwrite each other: whoever is late goes on
// from what the other one did.
func TestServersWithOneStore(t *testing.T) {
	store := open(t, "")
	one, two := hubOf(DefaultLimits(), store), hubOf(DefaultLimits(), store)
	defer one.Close()
	defer two.Close()
	s := start(t, one)
	other, err := two.Session(s.ID)
	if err != nil {
		t.Fatal(err)
	}
	quick := attach(t, other, other.Key, nil)
	if _, err := quick.Act(campaignAt(3)); err != nil {
		t.Fatal(err)
	}
	quick.Leave()
	late := attach(t, s, s.Key, nil)
	if _, err := late.Act(campaignAt(3)); CodeOf(err) != Broken || !errorSays(err, "somebody else") {
		t.Errorf("both have acted: %v", err)
	}
	<-s.over
	again, err := one.Session(s.ID)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := seen(t, again), seen(t, other); !slices.Equal(a, b) {
		t.Errorf("one shows %q, the other %q", a, b)
	}
}

func errorSays(err error, text string) bool { return err != nil && strings.Contains(err.Error(), text) }

// A session that nobody has acted in is not kept when it is put away; one that its
// owner ends is not kept at all.
func TestWhatIsNotKept(t *testing.T) {
	h := newHub(nil)
	defer h.Close()
	kept := func(s *Session) bool {
		_, _, err := h.Store.Read(s.ID, 0)
		return err == nil
	}
	ended := start(t, h)
	if _, err := attach(t, ended, ended.Key, nil).Act(campaignAt(3)); err != nil {
		t.Fatal(err)
	}
	if !kept(ended) {
		t.Error("a session that goes on is not kept")
	}
	if err := ended.Delete(ended.Key); err != nil {
		t.Fatal(err)
	}
	if kept(ended) {
		t.Error("a session is kept that its owner has ended")
	}
	if _, err := h.Session(ended.ID); CodeOf(err) != NotFound {
		t.Errorf("a session that was ended: %v", err)
	}
	idle := func(s *Session) {
		if err := s.do(func() { s.idle.Reset(0) }); err != nil {
			t.Fatal(err)
		}
		<-s.over
	}
	untouched, used := start(t, h), start(t, h)
	if _, err := attach(t, used, used.Key, nil).Name(1, "mine"); err != nil {
		t.Fatal(err)
	}
	idle(untouched)
	idle(used)
	if kept(untouched) || !kept(used) {
		t.Errorf("untouched: kept %t; used: kept %t", kept(untouched), kept(used))
	}
}
