package sim

import "raftplay/raft"

// rng is the source of everything that is left to chance, SplitMix64 (Steele,
// Lea and Flood, "Fast Splittable Pseudorandom Number Generators"). It is here,
// and not from the standard library, so that a run stays the same for ever.
type rng uint64

func (r *rng) next() uint64 {
	*r += 0x9e3779b97f4a7c15
	z := uint64(*r)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below returns a number from 0 to n-1.
func (r *rng) below(n int) int { return int(r.next() % uint64(n)) }

// between returns a number from low to high, both included. It draws nothing if
// there is nothing to choose.
func (r *rng) between(low, high int64) int64 {
	if high <= low {
		return low
	}
	return low + int64(r.next()%uint64(high-low+1))
}

// chance is true perMille times out of a thousand. It draws nothing for never.
func (r *rng) chance(perMille int) bool { return perMille > 0 && r.below(1000) < perMille }

// seedOf spreads a seed that a person typed over all bits.
func seedOf(seed uint64) rng { return rng(raft.Mix(seed, 0x5241465450)) }
