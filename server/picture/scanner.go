package picture

import (
	"image"
	"image/color"

	"github.com/srwiley/rasterx"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// scanner fills paths for rasterx. That package's own goes over the whole picture
// for every path; this one only over the path's part of it.
type scanner struct {
	to     *image.RGBA
	fill   image.Uniform
	points []point
	extent fixed.Rectangle26_6
	filler vector.Rasterizer
}

// point is a step of a path.
type point struct {
	at     fixed.Point26_6
	starts bool
}

func (s *scanner) Start(a fixed.Point26_6) { s.add(point{a, true}) }
func (s *scanner) Line(b fixed.Point26_6)  { s.add(point{b, false}) }

func (s *scanner) add(p point) {
	if len(s.points) == 0 {
		s.extent = fixed.Rectangle26_6{Min: p.at, Max: p.at}
	}
	s.extent.Min.X, s.extent.Max.X = min(s.extent.Min.X, p.at.X), max(s.extent.Max.X, p.at.X)
	s.extent.Min.Y, s.extent.Max.Y = min(s.extent.Min.Y, p.at.Y), max(s.extent.Max.Y, p.at.Y)
	s.points = append(s.points, p)
}

// Draw fills what was added.
func (s *scanner) Draw() {
	part := image.Rect(s.extent.Min.X.Floor(), s.extent.Min.Y.Floor(), s.extent.Max.X.Ceil(), s.extent.Max.Y.Ceil()).Intersect(s.to.Bounds())
	if len(s.points) == 0 || part.Empty() {
		return
	}
	s.filler.Reset(part.Dx(), part.Dy())
	for _, p := range s.points { // a line's outline comes in pieces: together they are closed
		x, y := float32(p.at.X)/64-float32(part.Min.X), float32(p.at.Y)/64-float32(part.Min.Y)
		if p.starts {
			s.filler.MoveTo(x, y)
		} else {
			s.filler.LineTo(x, y)
		}
	}
	s.filler.Draw(s.to, part, &s.fill, image.Point{})
}

// Clear forgets what was added.
func (s *scanner) Clear() { s.points = s.points[:0] }

func (s *scanner) GetPathExtent() fixed.Rectangle26_6 { return s.extent }

// SetColor takes a [color.Color], as all that is drawn here has.
func (s *scanner) SetColor(c any) { s.fill.C = c.(color.Color) }

// What pictures have no use for.

func (s *scanner) SetBounds(int, int)      {}
func (s *scanner) SetWinding(bool)         {}
func (s *scanner) SetClip(image.Rectangle) {}

// longest is how long a line may be for rasterx to put dashes on it: its fixed
// point numbers overflow in lines of 700 pixels.
const longest = 256 << 6

// shortLines passes a path on with its long lines in pieces.
type shortLines struct {
	rasterx.Adder
	first, at fixed.Point26_6
}

func (s *shortLines) Start(a fixed.Point26_6) {
	s.Adder.Start(a)
	s.first, s.at = a, a
}

func (s *shortLines) Line(b fixed.Point26_6) {
	from, way := s.at, b.Sub(s.at)
	pieces := max(way.X, -way.X, way.Y, -way.Y)/longest + 1
	for i := range pieces {
		part := float64(i+1) / float64(pieces)
		s.Adder.Line(from.Add(fixed.Point26_6{X: fixed.Int26_6(float64(way.X) * part), Y: fixed.Int26_6(float64(way.Y) * part)}))
	}
	s.at = b
}

func (s *shortLines) Stop(closes bool) {
	if closes {
		s.Line(s.first)
	}
	s.Adder.Stop(closes)
}

func (s *shortLines) QuadBezier(b, c fixed.Point26_6) {
	s.Adder.QuadBezier(b, c)
	s.at = c
}

func (s *shortLines) CubeBezier(b, c, d fixed.Point26_6) {
	s.Adder.CubeBezier(b, c, d)
	s.at = d
}
