package server

import "github.com/prometheus/client_golang/prometheus"

// Metrics is what a server counts.
type Metrics struct {
	Sessions    prometheus.Gauge
	Viewers     prometheus.Gauge
	Kept        prometheus.Gauge
	Started     prometheus.Counter
	Broken      prometheus.Counter
	Events      prometheus.Counter
	Actions     *prometheus.CounterVec // by what they do
	Rejections  *prometheus.CounterVec // by code
	SlowReaders prometheus.Counter
	Stored      prometheus.Gauge // the next three: as [Hub.Prune] found them
	Links       prometheus.Gauge
	StoredBytes prometheus.Gauge
	Resumed     prometheus.Counter
	PutAway     prometheus.Counter
	Pruned      prometheus.Counter
	Append      prometheus.Histogram
	Acting      prometheus.Histogram
	Delivery    prometheus.Histogram
}

// NewMetrics returns metrics that are registered with r.
func NewMetrics(r prometheus.Registerer) *Metrics {
	short := prometheus.ExponentialBuckets(0.0001, 2.5, 14)
	m := &Metrics{
		Sessions:    prometheus.NewGauge(prometheus.GaugeOpts{Name: "raftplay_sessions", Help: "Live sessions."}),
		Viewers:     prometheus.NewGauge(prometheus.GaugeOpts{Name: "raftplay_viewers", Help: "Connections to sessions."}),
		Kept:        prometheus.NewGauge(prometheus.GaugeOpts{Name: "raftplay_events_kept", Help: "Events that live sessions hold in memory."}),
		Started:     prometheus.NewCounter(prometheus.CounterOpts{Name: "raftplay_sessions_started_total", Help: "Sessions started."}),
		Broken:      prometheus.NewCounter(prometheus.CounterOpts{Name: "raftplay_sessions_broken_total", Help: "Sessions ended by an error inside the server."}),
		Events:      prometheus.NewCounter(prometheus.CounterOpts{Name: "raftplay_events_total", Help: "Events that happened in sessions."}),
		Actions:     prometheus.NewCounterVec(prometheus.CounterOpts{Name: "raftplay_actions_total", Help: "Actions carried out."}, []string{"do"}),
		Rejections:  prometheus.NewCounterVec(prometheus.CounterOpts{Name: "raftplay_rejections_total", Help: "Requests not carried out."}, []string{"code"}),
		SlowReaders: prometheus.NewCounter(prometheus.CounterOpts{Name: "raftplay_slow_readers_total", Help: "Connections let go because they did not keep up."}),
		Stored:      prometheus.NewGauge(prometheus.GaugeOpts{Name: "raftplay_sessions_stored", Help: "Sessions that are kept, live or not."}),
		Links:       prometheus.NewGauge(prometheus.GaugeOpts{Name: "raftplay_links_stored", Help: "Runs behind short links."}),
		StoredBytes: prometheus.NewGauge(prometheus.GaugeOpts{Name: "raftplay_stored_bytes", Help: "Bytes of sessions and short links that are kept."}),
		Resumed:     prometheus.NewCounter(prometheus.CounterOpts{Name: "raftplay_sessions_resumed_total", Help: "Sessions taken up again from where they are kept."}),
		PutAway:     prometheus.NewCounter(prometheus.CounterOpts{Name: "raftplay_sessions_put_away_total", Help: "Sessions that left memory and are kept."}),
		Pruned:      prometheus.NewCounter(prometheus.CounterOpts{Name: "raftplay_sessions_pruned_total", Help: "Sessions no longer kept, because of their age or of all sessions' size."}),
		Append:      prometheus.NewHistogram(prometheus.HistogramOpts{Name: "raftplay_append_seconds", Help: "To keep one change of a session.", Buckets: short}),
		Acting:      prometheus.NewHistogram(prometheus.HistogramOpts{Name: "raftplay_request_seconds", Help: "From a request's arrival to its answer.", Buckets: short}),
		Delivery:    prometheus.NewHistogram(prometheus.HistogramOpts{Name: "raftplay_delivery_seconds", Help: "From an event to its being written to a connection that was waiting for it.", Buckets: short}),
	}
	r.MustRegister(m.Sessions, m.Viewers, m.Kept, m.Started, m.Broken, m.Events, m.Actions, m.Rejections, m.SlowReaders,
		m.Stored, m.Links, m.StoredBytes, m.Resumed, m.PutAway, m.Pruned, m.Append, m.Acting, m.Delivery)
	return m
}
