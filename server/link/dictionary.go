package link

import "strings"

// dictionary is text that links are likely to contain, the likeliest last. Every
// link of this version is compressed with it: it never changes.
var dictionary = []byte(strings.Join([]string{
	`"votesOncePerTerm":false,"voteComparesLogs":false,"voteComparesTerms":false,"sendsLastEntryTerm":false,"electionNeedsMajority":false,`,
	`"countsCurrentVotesOnly":false,"stepsDown":false,"refusesStaleLeaders":false,"checksPrevLog":false,"truncatesConflicts":false,`,
	`"keepsMatchingEntries":false,"clampsCommit":false,"reportsMatchedOnly":false,"countsCurrentAcksOnly":false,"commitNeedsMajority":false,`,
	`"commitsOwnTermOnly":false,"appliesCommittedOnly":false,"leaderKeepsLog":false,"persistsTerm":false,"persistsVote":false,"persistsLog":false,`,
	`"termStartEntry":true,"preVote":true,"leaderStickiness":true,"checkQuorum":true,"fastBackup":true,"pipelining":true,"serialNumbers":true,`,
	`"emptyHeartbeats":true,"retriesFromLastLog":true,"resendsOnAnswer":true,"commitsWholeMessages":true`,
	`"rules":{"maxEntries":"profile":"production""profile":"raftengine""sending":"held""reorder":true}`,
	`{"do":"edit","node":1,"edit":{"term":1,"vote":1,"truncateFrom":1},"clear":"both"},{"clear":"inbox"},{"clear":"outbox"}`,
	`{"do":"links","links":{"latencyMin":5,"latencyMax":15,"loss":100,"duplicate":100,"reorder":true}},{"do":"section","title":"`,
	`{"do":"run","policy":"random","until":{"when":"committed","every":true,"index":"type":"answered""sent""handled""applied"`,
	`{"do":"run","policy":"bounce","unrecorded":true},{"do":"run","policy":"timed","until":{"when":"elected"},"count":1},`,
	`{"do":"partition","keep":true,"groups":[2,6,12]},{"do":"heal","keep":true},{"do":"heal"},{"do":"cut","node":1,"to":2},{"do":"mend","node":2,"to":1},`,
	`{"do":"rejoin","node":3,"keep":true},{"do":"isolate","node":3,"keep":true},{"do":"wipe","node":1},{"do":"send","node":1,"count":1},{"do":"timers","running":true},`,
	`"hold":"request"},"hold":"answer"},"hold":"both"},"command":"get x"},"command":"add x 1"},"command":"set x 1"},"command":"set y 2"},`,
	`{"do":"reorder","message":1,"after":1},{"do":"release","message":-1},{"do":"delay","ms":100,"message":1},{"do":"duplicate","message":1},`,
	`{"do":"restart","node":1},{"do":"crash","node":1},{"do":"campaign","node":1},{"do":"ask","node":1,"command":"set x 1"},`,
	`{"do":"run","policy":"drain"},{"do":"run","policy":"timed","until":{"when":"passed","ms":100}},{"do":"run","policy":"timed","count":1},`,
	`{"engine":"1","config":{"nodes":5,"timers":{"running":true},"links":{"loss":,"latency":[,"seed":2},"scenario":"first-election","source":"title: `,
	`{"engine":"1","config":{},"at":,"hash":"","actions":[{"do":"heartbeat","node":1},{"do":"timeout","node":3},{"do":"timeout","node":1},{"do":"timeout","node":2},`,
	`{"do":"drop","message":-1},{"do":"drop","message":2},{"do":"drop","message":1},`,
	`{"do":"deliver","message":-3},{"do":"deliver","message":-2},{"do":"deliver","message":3},{"do":"deliver","message":2},{"do":"deliver","message":1},`,
}, ""))
