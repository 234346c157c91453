package export

import (
	"strings"

	"raftplay/raft"
	"raftplay/raft/trace"
)

// The least widths of columns: what is usual fits, so that a longer cell does
// not move the rows of a table that is compared with its last version.
const (
	opWidth   = 29
	nodeWidth = 14
)

// TablesText returns trace tables as aligned text. A row names the node at which
// something happened, what it was, and for every node its role and what changed.
func TablesText(tables []trace.Table) string { return tableText(numbered(tables)) }

func tableText(parts []part) string {
	var b strings.Builder
	for i := range parts {
		if i > 0 {
			b.WriteByte('\n')
		}
		if h := parts[i].heading(); h != "" {
			b.WriteString(h + "\n")
		}
		writeAligned(&b, alignedRows(parts[i].table))
	}
	return b.String()
}

func alignedRows(t trace.Table) [][]string {
	header := []string{"Node", "Op"}
	if len(t.Rows) > 0 {
		header = append(header, nodeNames(len(t.Rows[0].Roles))...)
	}
	rows := [][]string{header}
	for _, r := range t.Rows {
		row := []string{r.Node.String(), r.Op}
		for i, role := range r.Roles {
			row = append(row, strings.TrimSpace(role+" "+r.Deltas[i]))
		}
		rows = append(rows, row)
	}
	return rows
}

func writeAligned(b *strings.Builder, rows [][]string) {
	least := make([]int, len(rows[0]))
	for i := range least {
		least[i] = nodeWidth
	}
	least[0], least[1] = len("N-10"), opWidth
	widths := columnWidths(rows, least)
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			if i > 0 {
				line.WriteString(" | ")
			}
			line.WriteString(pad(cell, widths[i]))
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}

// gridTable returns rows as an RST grid table, the first head rows as its header.
func gridTable(rows [][]string, head int) string {
	widths := columnWidths(rows, make([]int, len(rows[0])))
	line := func(c string) string {
		s := "+"
		for _, w := range widths {
			s += strings.Repeat(c, w+2) + "+"
		}
		return s + "\n"
	}
	var b strings.Builder
	b.WriteString(line("-"))
	for i, row := range rows {
		b.WriteString("|")
		for k, cell := range row {
			b.WriteString(" " + pad(cell, widths[k]) + " |")
		}
		b.WriteString("\n")
		if i == head-1 {
			b.WriteString(line("="))
		} else {
			b.WriteString(line("-"))
		}
	}
	return b.String()
}

// gridRows returns a trace table with three columns for each node, under two
// rows of header.
func gridRows(t trace.Table, nodes int) [][]string {
	rows := make([][]string, 2, 2+len(t.Rows))
	for _, name := range nodeNames(nodes) {
		rows[0] = append(rows[0], name, name, name)
		rows[1] = append(rows[1], "Role", "Op", "Delta")
	}
	for _, r := range t.Rows {
		var row []string
		for i, role := range r.Roles {
			op := ""
			if r.Node == raft.NodeID(i+1) {
				op = r.Op
			}
			row = append(row, role, op, r.Deltas[i])
		}
		rows = append(rows, row)
	}
	return rows
}

func nodeNames(n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = raft.NodeID(i + 1).String()
	}
	return names
}

// columnWidths returns the width of the longest cell of each column, or least.
// The cells of trace tables are plain ASCII.
func columnWidths(rows [][]string, least []int) []int {
	widths := least
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], len(cell))
		}
	}
	return widths
}

func pad(s string, width int) string { return s + strings.Repeat(" ", width-len(s)) }
