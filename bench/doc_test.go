// Package bench measures the engine: how fast it commits, side by side with etcd's
// raft library (go.etcd.io/raft/v3) in one run, and what searching, seeking and
// forking cost in a long run. It holds tests only, so that what it depends on
// stays out of the program.
//
//	go test ./bench -run '^$' -bench .
package bench
