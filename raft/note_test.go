package raft

import (
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Every kind of note has a name of its own and words, and the numbers in its
// words are 0, 1, 2, … without a gap.
func TestEveryNoteHasWords(t *testing.T) {
	placeholder := regexp.MustCompile(`\{n?([0-9]+)\}`)
	names := map[string]bool{}
	for code, info := range NoteTexts {
		if info.Name == "" || info.Text == "" || names[info.Name] {
			t.Errorf("note %d: the name %q is empty or taken, or the text is empty", code, info.Name)
		}
		names[info.Name] = true
		used := map[int]bool{}
		for _, m := range placeholder.FindAllStringSubmatch(info.Text, -1) {
			k, _ := strconv.Atoi(m[1])
			used[k] = true
		}
		expect(t, "the count of numbers of "+info.Name, info.Numbers(), len(used))
		for k := range len(used) {
			expect(t, "the use of a number by "+info.Name, used[k], true)
		}
		if len(used) > len(Note{}.Args) {
			t.Errorf("%s has %d numbers, more than fit", info.Name, len(used))
		}
		note := Note{Code: NoteCode(code), Args: [4]uint64{1, 2, 3, 4}}.String()
		if strings.ContainsAny(note, "{}") || !strings.HasSuffix(note, info.Section) {
			t.Errorf("%s reads %q", info.Name, note)
		}
	}
}

func TestNoteInWords(t *testing.T) {
	for want, note := range map[string]Note{
		"vote refused: its log ends at 2/t1, mine at 13/t2, §5.4.1":            {NoteVoteLog, [4]uint64{2, 1, 13, 2}},
		"vote refused: I voted for N-3 in term 12, §5.2":                       {NoteVoteTaken, [4]uint64{3, 12}},
		"changed by hand, outside the protocol":                                {Code: NoteEdited},
		"restarts as a follower from its disk: term 4, last entry 9, Figure 2": {NoteRestarted, [4]uint64{4, 9}},
	} {
		expect(t, "the note", note.String(), want)
	}
}
