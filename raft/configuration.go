package raft

// Configuration is the set of servers that take part in the cluster (§6). Every
// quorum is counted through it, never by a node count, so that voters may change
// while the cluster runs.
type Configuration struct {
	Voters NodeSet // whose votes and copies count
}

// Members returns every server that receives the log.
func (c Configuration) Members() NodeSet { return c.Voters }

// IsQuorum reports whether the servers in set are a majority of the voters.
func (c Configuration) IsQuorum(set NodeSet) bool {
	return 2*(set&c.Voters).Len() > c.Voters.Len()
}

// QuorumIndex returns the highest index that at least a majority of the voters
// have reached, where reached tells each voter's index.
func (c Configuration) QuorumIndex(reached *[MaxNodes + 1]Index) Index {
	var sorted [MaxNodes]Index // descending
	n := 0
	for id := c.Voters.Next(None); id != None; id = c.Voters.Next(id) {
		i := n
		for ; i > 0 && sorted[i-1] < reached[id]; i-- {
			sorted[i] = sorted[i-1]
		}
		sorted[i] = reached[id]
		n++
	}
	if n == 0 {
		return 0
	}
	return sorted[n/2]
}
