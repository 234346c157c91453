package picture

import (
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"strconv"
	"strings"

	"github.com/srwiley/oksvg"
	"github.com/srwiley/rasterx"
)

// painter paints the elements of a picture one after the other. It knows what the
// page's pictures are made of: groups that are moved and scaled, rectangles,
// circles, paths and text. (oksvg, which reads the paths, would paint whole
// documents, but without text and with lines that do not scale.)
type painter struct {
	to      *image.RGBA
	dasher  *rasterx.Dasher
	letters letters
	open    []element // the elements that the next one is in
}

// element is one that is open.
type element struct {
	name       string
	attributes []xml.Attr
	words      string
	at         rasterx.Matrix2D // from its coordinates to pixels
	scale      float64          // of lengths
}

// get returns an attribute's value, "" without one.
func (e *element) get(name string) string {
	for _, a := range e.attributes {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// number returns an attribute's value, 0 without one.
func (e *element) number(name string) float64 {
	v, _ := strconv.ParseFloat(e.get(name), 64) // 0 if it is none
	return v
}

// begin opens an element.
func (p *painter) begin(e element) {
	outer := p.open[len(p.open)-1]
	e.at, e.scale = outer.at, outer.scale
	var x, y, by float64
	if n, _ := fmt.Sscanf(e.get("transform"), "translate(%g %g) scale(%g)", &x, &y, &by); n >= 2 {
		e.at = e.at.Translate(x, y)
	} else {
		by = 0
		_, _ = fmt.Sscanf(e.get("transform"), "scale(%g)", &by) // none leaves 0
	}
	if by > 0 {
		e.at, e.scale = e.at.Scale(by, by), e.scale*by
	}
	p.open = append(p.open, e)
}

// text adds words to the element that is open.
func (p *painter) text(words string) { p.open[len(p.open)-1].words += words }

// end paints the element that is open, and closes it.
func (p *painter) end() error {
	e := p.open[len(p.open)-1]
	p.open = p.open[:len(p.open)-1]
	var path rasterx.Path
	switch e.name {
	case "text":
		return p.write(e)
	case "rect":
		x, y, r := e.number("x"), e.number("y"), e.number("rx")
		rasterx.AddRoundRect(x, y, x+e.number("width"), y+e.number("height"), r, r, 0, rasterx.RoundGap, &path)
	case "circle":
		rasterx.AddCircle(e.number("cx"), e.number("cy"), e.number("r"), &path)
	case "path":
		var cursor oksvg.PathCursor
		if err := cursor.CompilePath(e.get("d")); err != nil {
			return err
		}
		path = cursor.Path
	default:
		return nil
	}
	return p.paint(e, path)
}

func (p *painter) write(e element) error {
	ink, _, err := e.colour("fill")
	if err != nil {
		return err
	}
	x, y := e.at.Transform(e.number("x"), e.number("y"))
	return p.letters.draw(e.words, x, y, e.get("text-anchor"), face{e.number("font-weight") > 500, e.number("font-size") * e.scale}, ink)
}

// paint fills a path and draws its line.
func (p *painter) paint(e element, path rasterx.Path) error {
	fill, filled, err := e.colour("fill")
	if err != nil {
		return err
	}
	line, lined, err := e.colour("stroke")
	if err != nil {
		return err
	}
	if filled {
		filler := &p.dasher.Filler
		p.dasher.Clear()
		path.AddTo(&rasterx.MatrixAdder{Adder: filler, M: e.at})
		filler.SetColor(fill)
		filler.Draw()
	}
	if !lined {
		return nil
	}
	var dashes []float64
	for _, length := range strings.Fields(e.get("stroke-dasharray")) {
		v, err := strconv.ParseFloat(length, 64)
		if err != nil {
			return err
		}
		dashes = append(dashes, v*e.scale)
	}
	width := 1.0
	if e.get("stroke-width") != "" {
		width = e.number("stroke-width")
	}
	end := rasterx.ButtCap
	if e.get("stroke-linecap") == "round" {
		end = rasterx.RoundCap
	}
	p.dasher.Clear()
	p.dasher.SetStroke(pixels(width*e.scale), pixels(4), end, end, rasterx.RoundGap, rasterx.Miter, dashes, 0)
	path.AddTo(&rasterx.MatrixAdder{Adder: &shortLines{Adder: p.dasher}, M: e.at})
	p.dasher.SetColor(line)
	p.dasher.Draw()
	return nil
}

// colour returns the colour of an element's fill or stroke, and whether it has
// one: pictures name every one that they have.
func (e *element) colour(name string) (color.NRGBA, bool, error) {
	value := e.get(name)
	if value == "" || value == "none" {
		return color.NRGBA{}, false, nil
	}
	c := color.NRGBA{A: 255}
	if n, err := fmt.Sscanf(value, "#%2x%2x%2x", &c.R, &c.G, &c.B); n != 3 {
		return c, false, fmt.Errorf("its %s is %q, no colour: %w", name, value, err)
	}
	if e.get(name+"-opacity") != "" {
		c.A = uint8(255 * e.number(name+"-opacity"))
	}
	return c, true, nil
}
