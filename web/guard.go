package web

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"

	"raftplay/server"
)

// Hosts are the names by which a server may be called. A page of another site
// that points its own name at the server (DNS rebinding) calls it by that name
// and gets nothing.
type Hosts struct {
	exact map[string]bool // "name:port"
	names map[string]bool // with any port
}

// NewHosts returns the names of a server that listens at addr: if it is reached
// over loopback, all of loopback's; the address itself; and more names, each
// with its port, or without one for every port.
func NewHosts(addr net.Addr, more []string) Hosts {
	h := Hosts{map[string]bool{}, map[string]bool{}}
	if at, err := netip.ParseAddrPort(addr.String()); err == nil {
		_, port, _ := net.SplitHostPort(addr.String())
		if ip := at.Addr(); ip.IsLoopback() || ip.IsUnspecified() {
			for _, name := range []string{"localhost", "127.0.0.1", "::1"} {
				h.add(name, port)
			}
		}
		h.add(at.Addr().String(), port)
	}
	for _, name := range more {
		name = strings.ToLower(name)
		if _, _, err := net.SplitHostPort(name); err == nil {
			h.exact[name] = true
		} else {
			h.names[name] = true
		}
	}
	return h
}

// add adds a name with a port. A browser leaves out the port of plain HTTP.
func (h Hosts) add(name, port string) {
	full := net.JoinHostPort(name, port)
	h.exact[full] = true
	h.exact[strings.TrimSuffix(full, ":80")] = true
}

// allow reports whether a Host header, or the host of an origin, is known.
func (h Hosts) allow(host string) bool {
	host = strings.ToLower(host)
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	return h.exact[host] || h.names[name]
}

// allowOrigin reports whether an Origin header is that of the page itself.
// Programs that are no browsers send none, which is allowed: nothing that a
// browser does for another site's page comes without one and has an effect.
func (h Hosts) allowOrigin(origin string) bool {
	if origin == "" {
		return true
	}
	u, err := url.Parse(origin)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && h.allow(u.Host)
}

// guard refuses requests under a foreign name and from foreign pages.
func (h Hosts) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case !h.allow(r.Host):
			refuse(w, http.StatusMisdirectedRequest, server.Rights, "this server does not answer to that name: start it with -host NAME")
		case !h.allowOrigin(r.Header.Get("Origin")):
			refuse(w, http.StatusForbidden, server.Rights, "requests from other sites' pages are not answered")
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// embed answers with the page that other sites may frame. It can do nothing there
// but show a run, and it may be framed in pages that isolate themselves.
func (s *Server) embed(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", strings.Replace(h.Get("Content-Security-Policy"), "frame-ancestors 'none'", "frame-ancestors *", 1))
	h.Set("Cross-Origin-Resource-Policy", "cross-origin")
	s.assets.serve(w, r, "embed.html")
}

// headers sets what every answer carries: nothing may be loaded from elsewhere,
// nothing run inline, nothing framed.
func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// Older browsers do not count the page's own WebSocket as 'self'. The guard
		// has seen the host.
		sockets := "ws://" + r.Host + " wss://" + r.Host
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' "+sockets+
			"; img-src 'self' data: blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cache-Control", "no-cache")
		next.ServeHTTP(w, r)
	})
}
