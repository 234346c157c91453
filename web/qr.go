package web

import (
	"fmt"
	"image/color"
	"net/http"
	"net/url"
	"strings"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"
)

const (
	longestQR = 300 // bytes of an address
	quietZone = 4   // cells around the code
)

// qrCode answers with the QR code of an address of this server.
func (s *Server) qrCode(w http.ResponseWriter, r *http.Request) {
	text := r.URL.Query().Get("text")
	svg, err := "", s.ownAddress(text)
	if err == nil {
		svg, err = qrSVG(text)
	}
	if err != nil {
		fail(w, err)
		return
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	_, _ = w.Write([]byte(svg)) // the reader may have gone
}

// ownAddress returns an error unless a text is an address under a name of this
// server: its codes lead nowhere else.
func (s *Server) ownAddress(text string) error {
	if len(text) > longestQR {
		return wrong("the address has %d bytes: a code that can be read from afar holds %d; keep the run, and take its short link", len(text), longestQR)
	}
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || !s.Hosts.allow(u.Host) {
		return wrong("text must be an address of this server")
	}
	return nil
}

// qrSVG returns the QR code of a text as a picture: black on white whatever the
// page's theme is, because that is what cameras read.
func qrSVG(text string) (string, error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return "", wrong("the address has no code: %v", err)
	}
	cells := code.Bounds().Dx()
	side := cells + 2*quietZone
	return fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">`+
		`<path fill="#fff" d="M0 0h%dv%dH0z"/><path d="%s"/></svg>`, side, side, side, side, darkPath(code, cells)), nil
}

// darkPath draws the dark cells, those beside each other as one.
func darkPath(code barcode.Barcode, cells int) string {
	var b strings.Builder
	dark := func(x, y int) bool { return x < cells && code.At(x, y) == color.Black }
	for y := range cells {
		for x := 0; x < cells; x++ {
			from := x
			for dark(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from+quietZone, y+quietZone, x-from, x-from)
			}
		}
	}
	return b.String()
}
