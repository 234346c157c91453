// Package sim is one simulated cluster: nodes, their disks, the network between
// them, the clock and the client. [Cluster.Apply] is the only way to change it:
// an action in, events out.
//
// A [Run] is a cluster with its history. It is a function of the engine's
// version, the configuration (with its seed) and the actions: the same three
// give the same journal, byte for byte, on every machine.
package sim

// Engine is the version of the engine. It changes when the same configuration
// and actions no longer give the same journal, and a run records it.
const Engine = "1"
