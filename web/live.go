package web

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"net/http"
	"runtime/debug"
	"sync"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/gorilla/websocket"
	"golang.org/x/time/rate"

	"raftplay/server"
)

// answersWaiting is how many answers may wait for a connection that is slow to
// take them; the page's next request is not read until there is room.
const answersWaiting = 16

// sendBuffer is how many bytes the system may hold for a connection, about: a
// slow reader is noticed soon, and holds little.
const sendBuffer = 64 << 10

// lingerFor is how long a connection waits for the other side's goodbye.
const lingerFor = time.Second

// framesPerSecond is how many frames of one connection are read, on average, so
// that one that sends nothing but nonsense leaves room for the others.
const framesPerSecond = 500

// maxWrongHellos is how many wrong first frames are answered.
const maxWrongHellos = 3

// upgrader leaves origins to the guard, which has seen the request. Frames are
// not compressed: that would cost each connection far more memory than it saves.
var upgrader = websocket.Upgrader{
	ReadBufferSize:  1024,
	WriteBufferSize: 4096,
	WriteBufferPool: &sync.Pool{},
	CheckOrigin:     func(*http.Request) bool { return true },
}

// conn is one connection to a session. One goroutine reads from it, another
// writes.
type conn struct {
	*websocket.Conn
	server  *Server
	reader  *server.Reader
	current bool // has caught up once
	answers chan []byte
	read    chan struct{} // closed when nothing more is read
	written chan struct{} // closed when nothing more is written
}

// connect opens a live connection. What is wrong is said in frames, because a
// page cannot see why a connection was not opened.
func (s *Server) connect(w http.ResponseWriter, r *http.Request) {
	id := chi.URLParam(r, "id")
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // it has answered
	}
	if tcp, is := ws.NetConn().(*net.TCPConn); is {
		_ = tcp.SetWriteBuffer(sendBuffer) // the system's own choice works, too
	}
	s.live.Add(1)
	// A goroutine of its own lets go of what the HTTP server holds for a request.
	go func() {
		defer s.live.Done()
		defer ws.Close()
		defer s.survive(id)
		c := &conn{Conn: ws, server: s, answers: make(chan []byte, answersWaiting),
			read: make(chan struct{}), written: make(chan struct{})}
		c.run(id)
	}()
}

// survive keeps a panic in one connection from ending the others.
func (s *Server) survive(id string) {
	if cause := recover(); cause != nil {
		s.Log.Error("connection broke", "session", id, "cause", cause, "stack", string(debug.Stack()))
	}
}

// run serves the connection until it ends.
func (c *conn) run(id string) {
	session, err := c.server.Hub.Session(id)
	if err != nil {
		code := server.CloseNotFound
		if server.CodeOf(err) == server.Limit {
			code = websocket.CloseTryAgainLater
		}
		c.goodbye(server.Ending{Code: code, Why: err.Error()})
		c.linger()
		return
	}
	c.SetReadLimit(c.server.Hub.Limits.FrameBytes)
	if !c.hello(session) {
		c.linger()
		return
	}
	defer c.reader.Leave()
	go c.write(id)
	defer func() {
		close(c.read)
		<-c.written
	}()
	c.readFrames()
}

// hello waits for the first frame and welcomes the reader. It reports whether
// there is one.
func (c *conn) hello(session *server.Session) bool {
	_ = c.SetReadDeadline(time.Now().Add(c.server.Hub.Limits.HelloWait)) // reading will tell
	for range maxWrongHellos {
		kind, text, err := c.ReadMessage()
		if err != nil {
			return false
		}
		var key string
		var have map[int]int
		if kind == websocket.TextMessage {
			key, have, err = readHello(text)
		} else {
			err = errBinary
		}
		if err != nil {
			if !c.send(server.Encode(server.Rejected{Is: "rejected", ID: 0, Why: err.Error(), Code: server.CodeOf(err)})) {
				return false
			}
			continue
		}
		reader, welcome, err := session.Attach(key, have)
		if err != nil {
			c.goodbye(server.Ending{Code: closeCodes[server.CodeOf(err)], Why: err.Error()})
			return false
		}
		c.reader = reader
		if !c.send(welcome) {
			reader.Leave()
			return false
		}
		return true
	}
	c.goodbye(server.Ending{Code: server.CloseNotAllowed, Why: "no hello with the session's key has come"})
	return false
}

// closeCodes tell why a reader was not let in.
var closeCodes = map[server.Code]int{
	server.Rights:   server.CloseNotAllowed,
	server.Limit:    websocket.CloseTryAgainLater,
	server.NotFound: server.CloseRestart, // it is being put away, and can be taken up again
}

var errBinary = wrong("frames are JSON in text messages, not binary")

// readFrames carries out the page's requests, one after the other. A page that
// does not take its answers is not read from.
func (c *conn) readFrames() {
	metrics := c.server.Hub.Metrics
	pace := rate.NewLimiter(framesPerSecond, 2*framesPerSecond)
	silence := 2*c.server.Hub.Limits.PingEvery + c.server.Hub.Limits.WriteWait
	heard := func() error { return c.SetReadDeadline(time.Now().Add(silence)) }
	c.SetPongHandler(func(string) error { return heard() })
	for {
		if heard() != nil {
			return
		}
		kind, text, err := c.ReadMessage()
		if err != nil {
			return
		}
		if pace.Wait(context.Background()) != nil {
			return
		}
		began := time.Now()
		var answer any = server.Rejected{Is: "rejected", ID: 0, Why: errBinary.Error(), Code: server.Frame}
		if kind == websocket.TextMessage {
			answer = carryOut(c.reader, text)
		}
		if no, is := answer.(server.Rejected); is {
			metrics.Rejections.WithLabelValues(string(no.Code)).Inc()
		}
		metrics.Acting.Observe(time.Since(began).Seconds())
		select {
		case c.answers <- server.Encode(answer):
		case <-c.written:
			return
		}
	}
}

// write brings the reader what it lacks, until either side ends, and then sees
// to it that nothing more is read.
func (c *conn) write(id string) {
	defer func() {
		close(c.written)
		select {
		case <-c.read:
		case <-time.After(lingerFor):
			c.Close()
		}
	}()
	defer c.server.survive(id)
	every := c.server.Hub.Limits.PingEvery
	ping := time.NewTimer(rand.N(every))
	defer ping.Stop()
	for {
		var answer []byte
		select {
		case <-c.reader.Wake():
		case answer = <-c.answers:
		case <-ping.C:
			if c.WriteControl(websocket.PingMessage, nil, time.Now().Add(c.server.Hub.Limits.WriteWait)) != nil {
				return
			}
			ping.Reset(every - every/8 + rand.N(every/4+1))
			continue
		case <-c.read:
			return
		}
		if !c.catchUp() || answer != nil && !c.send(answer) {
			return
		}
		if e := c.reader.Ending(); e != nil {
			c.goodbye(*e)
			return
		}
	}
}

// catchUp sends what the reader lacks at this moment.
func (c *conn) catchUp() bool {
	c.reader.Refresh()
	sent := false
	for f := c.reader.Next(); f != nil; f = c.reader.Next() {
		if !c.send(f) {
			return false
		}
		sent = true
	}
	if sent && c.current { // else it was not there when these things happened
		c.server.Hub.Metrics.Delivery.Observe(time.Since(c.reader.Published()).Seconds())
	}
	c.current = true
	return true
}

// send writes one frame. It reports false if the reader has gone or is let go
// because it is too slow.
func (c *conn) send(frame []byte) bool {
	began, wait := time.Now(), c.server.Hub.Limits.WriteWait
	_ = c.SetWriteDeadline(began.Add(wait)) // writing will tell
	err := c.WriteMessage(websocket.TextMessage, frame)
	var failure net.Error
	switch {
	case errors.As(err, &failure) && failure.Timeout(): // a frame is half written: nothing can follow it
		c.server.Hub.Metrics.SlowReaders.Inc()
		c.Close()
		return false
	case err == nil && time.Since(began) > wait/2:
		c.server.Hub.Metrics.SlowReaders.Inc()
		c.goodbye(server.Ending{Code: server.CloseSlow, Why: "this connection is too slow: connect again to go on from here"})
		return false
	}
	return err == nil
}

// goodbye tells the reader why the connection ends. The words are in a frame:
// there is little room for them in the closing one.
func (c *conn) goodbye(e server.Ending) {
	until := time.Now().Add(c.server.Hub.Limits.WriteWait)
	_ = c.SetWriteDeadline(until)
	if c.WriteMessage(websocket.TextMessage, server.Encode(server.Text{Is: "goodbye", Why: e.Why})) == nil {
		_ = c.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(e.Code, ""), until) // it ends either way
	}
}

// linger reads until the other side has closed, too, but not for long: closing
// with something unread would take back the goodbye.
func (c *conn) linger() {
	_ = c.SetReadDeadline(time.Now().Add(lingerFor)) // reading will tell
	for {
		if _, _, err := c.NextReader(); err != nil {
			return
		}
	}
}
