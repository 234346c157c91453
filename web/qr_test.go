package web

import (
	"encoding/xml"
	"image/color"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/boombuler/barcode/qr"
)

// The picture of a code has exactly the code's dark cells, inside a quiet zone.
func TestQRCodes(t *testing.T) {
	s := newSite(t, nil)
	for _, text := range []string{s.http.URL + "/s/k7fzqdsbsm5onhrc", "https://raft.example.org/s/k7fzqdsbsm5onhrc", "https://raft.example.org/#/r/" + strings.Repeat("Az09_-", 40)} {
		status, svg := s.request(http.MethodGet, "/api/qr.svg?text="+url.QueryEscape(text), "", nil)
		var picture struct {
			ViewBox string `xml:"viewBox,attr"`
			Paths   []struct {
				Fill string `xml:"fill,attr"`
				D    string `xml:"d,attr"`
			} `xml:"path"`
		}
		if err := xml.Unmarshal([]byte(svg), &picture); err != nil || status != http.StatusOK || len(picture.Paths) != 2 || picture.Paths[0].Fill != "#fff" {
			t.Fatalf("%s: status %d, %v\n%s", text, status, err, svg)
		}
		code, err := qr.Encode(text, qr.M, qr.Auto)
		if err != nil {
			t.Fatal(err)
		}
		cells := code.Bounds().Dx()
		if side := strconv.Itoa(cells + 8); picture.ViewBox != "0 0 "+side+" "+side {
			t.Errorf("%s: %d cells in %q", text, cells, picture.ViewBox)
		}
		drawn := map[[2]int]bool{}
		for _, run := range regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-(\d+)z`).FindAllStringSubmatch(picture.Paths[1].D, -1) {
			var n [4]int
			for i := range n {
				n[i], _ = strconv.Atoi(run[i+1])
			}
			for i := range n[2] {
				drawn[[2]int{n[0] + i - 4, n[1] - 4}] = true
			}
		}
		dark := 0
		for y := range cells {
			for x := range cells {
				is := code.At(x, y) == color.Black
				if drawn[[2]int{x, y}] != is {
					t.Fatalf("%s: the cell at %d, %d is drawn dark: %v", text, x, y, !is)
				}
				if is {
					dark++
				}
			}
		}
		if dark != len(drawn) || dark < cells*cells/4 {
			t.Errorf("%s: %d dark cells of %d are drawn as %d", text, dark, cells*cells, len(drawn))
		}
	}
}

// Codes lead to this server only.
func TestQRCodesLeadNowhereElse(t *testing.T) {
	s := newSite(t, nil)
	for text, why := range map[string]string{
		"":                               "an address of this server",
		"hello":                          "an address of this server",
		"https://evil.example/s/abc":     "an address of this server",
		"javascript:alert(1)":            "an address of this server",
		"//raft.example.org/s/abc":       "an address of this server",
		"ftp://raft.example.org/s/abc":   "an address of this server",
		"https://me@raft.example.org/":   "an address of this server",
		"https://raft.example.org.evil/": "an address of this server",
		"https://raft.example.org/" + strings.Repeat("a", 300): "take its short link",
	} {
		if status, text := s.request(http.MethodGet, "/api/qr.svg?text="+url.QueryEscape(text), "", nil); status != http.StatusBadRequest || !strings.Contains(text, why) {
			t.Errorf("%.60s: status %d, %s", text, status, text)
		}
	}
}
