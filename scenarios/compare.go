package scenarios

import (
	"fmt"
	"strings"
)

// maxDifferences is how many rows that differ are shown.
const maxDifferences = 10

// CompareTables compares two texts of trace tables, as
// [raftplay/raft/export.TablesText] writes them, section by section and row by
// row, and returns what differs in words; nil if nothing does.
func CompareTables(want, got string) []string {
	var out []string
	a, b := tablesOf(want), tablesOf(got)
	differ := 0
	for i := range max(len(a), len(b)) {
		wanted, came := at(a, i), at(b, i)
		for k := range max(len(wanted), len(came)) {
			w, c := rowAt(wanted, k), rowAt(came, k)
			if w == c {
				continue
			}
			if differ++; differ <= maxDifferences {
				out = append(out, fmt.Sprintf("table %d, line %d of %d (%d came):", i+1, k+1, len(wanted), len(came)),
					"  want "+w, "  got  "+c)
			}
		}
	}
	if differ > maxDifferences {
		out = append(out, fmt.Sprintf("and %d more lines differ", differ-maxDifferences))
	}
	return out
}

// tablesOf returns the lines of each table, without the padding between cells,
// which moves whenever any cell of a table grows.
func tablesOf(text string) [][]string {
	var out [][]string
	for _, t := range strings.Split(strings.TrimRight(text, "\n"), "\n\n") {
		lines := strings.Split(t, "\n")
		for i, l := range lines {
			lines[i] = strings.Join(strings.Fields(l), " ")
		}
		out = append(out, lines)
	}
	return out
}

func at(tables [][]string, i int) []string {
	if i < len(tables) {
		return tables[i]
	}
	return nil
}

func rowAt(rows []string, i int) string {
	if i < len(rows) {
		return rows[i]
	}
	return "(nothing)"
}
