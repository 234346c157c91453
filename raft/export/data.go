package export

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"

	"raftplay/raft/trace"
)

// journalJSON returns the run as one JSON object with one action and one event
// on each line: {"raftplay":"journal","engine":…,"config":…,"actions":[…],"events":[…]}.
func journalJSON(d Document, events []trace.Event) ([]byte, error) {
	config, err := json.Marshal(d.Config)
	if err != nil {
		return nil, fmt.Errorf("the configuration has no JSON: %w", err)
	}
	marshaled, err := json.Marshal(d.Actions)
	if err != nil {
		return nil, fmt.Errorf("the actions have no JSON: %w", err)
	}
	var actions []json.RawMessage
	if err := json.Unmarshal(marshaled, &actions); err != nil {
		return nil, fmt.Errorf("the actions are no list: %w", err)
	}
	engine, err := json.Marshal(d.Engine)
	if err != nil {
		return nil, fmt.Errorf("the engine's version has no JSON: %w", err)
	}
	var b []byte
	b = append(append(b, `{"raftplay":"journal","engine":`...), engine...)
	b = append(append(b, ",\n\"config\":"...), config...)
	b = append(b, ",\n\"actions\":["...)
	for i, a := range actions {
		b = append(newItem(b, i), a...)
	}
	b = append(b, "\n],\n\"events\":["...)
	for i := range events {
		b = events[i].AppendJSON(newItem(b, i))
	}
	return append(b, "\n]}\n"...), nil
}

func newItem(b []byte, i int) []byte {
	if i > 0 {
		b = append(b, ',')
	}
	return append(b, '\n')
}

// csvRows returns the trace tables as one: the number of the section (0 outside
// all), the event, its time in virtual milliseconds, the node, what happened, and
// the role and the changes of every node.
func csvRows(j *trace.Journal, parts []part) []byte {
	header := []string{"section", "event", "time", "node", "op"}
	for _, name := range nodeNames(j.Nodes()) {
		header = append(header, name+" role", name+" delta")
	}
	rows := [][]string{header}
	for _, p := range parts {
		for _, r := range p.table.Rows {
			row := []string{strconv.Itoa(p.number), strconv.Itoa(r.Event),
				strconv.FormatInt(j.Event(r.Event).Time, 10), r.Node.String(), r.Op}
			for i, role := range r.Roles {
				row = append(row, role, r.Deltas[i])
			}
			rows = append(rows, row)
		}
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.WriteAll(rows) // a bytes.Buffer takes everything
	return b.Bytes()
}
