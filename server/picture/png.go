package picture

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"

	"github.com/srwiley/rasterx"
	"golang.org/x/image/font"
)

// maxPixels bounds a PNG: 4 bytes of memory for each.
const maxPixels = 48 << 20

// PNG returns a picture that [SVG] has drawn as a PNG: with two pixels for each of
// its own, or one if it is large. The error tells that it is too large for that,
// or that the SVG is not one of ours.
func PNG(svg []byte) ([]byte, error) {
	decoder := xml.NewDecoder(bytes.NewReader(svg))
	var p *painter
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("the picture is no SVG: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			e := element{name: t.Name.Local, attributes: t.Attr}
			if p == nil {
				if p, err = newPainter(e); err != nil {
					return nil, err
				}
			}
			p.begin(e)
		case xml.CharData:
			if p != nil {
				p.text(string(t))
			}
		case xml.EndElement:
			if err := p.end(); err != nil {
				return nil, fmt.Errorf("the picture's <%s> cannot be drawn: %w", t.Name.Local, err)
			}
		}
	}
	if p == nil {
		return nil, errors.New("the picture is no SVG: it is empty")
	}
	var out bytes.Buffer
	err := png.Encode(&out, p.to)
	return out.Bytes(), err
}

// newPainter returns a painter of the picture whose outermost element this is.
func newPainter(e element) (*painter, error) {
	w, h := e.number("width"), e.number("height")
	if e.name != "svg" || !(w >= 1 && h >= 1) {
		return nil, fmt.Errorf("the picture is no SVG with a size: it begins with <%s>", e.name)
	}
	scale := 2.0
	if w*h*scale*scale > maxPixels {
		scale = 1
	}
	if w*h > maxPixels {
		return nil, fmt.Errorf("the picture has %.0f × %.0f pixels, more than a PNG may have: choose one section, or SVG", w, h)
	}
	to := image.NewRGBA(image.Rect(0, 0, int(w*scale), int(h*scale)))
	s := &scanner{to: to}
	return &painter{
		to: to, dasher: rasterx.NewDasher(to.Rect.Dx(), to.Rect.Dy(), s), letters: letters{to, map[face]font.Face{}},
		open: []element{{at: rasterx.Identity.Scale(scale, scale), scale: scale}},
	}, nil
}
