package picture

import (
	"image"
	"image/color"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// The fonts of PNGs. They have Latin, Greek and Cyrillic letters; what they do not
// have, and is not in instead, they show as an empty box.
var (
	regular = sync.OnceValues(func() (*sfnt.Font, error) { return opentype.Parse(goregular.TTF) })
	bold    = sync.OnceValues(func() (*sfnt.Font, error) { return opentype.Parse(gobold.TTF) })
)

// instead has signs of the diagram that the fonts lack, and what comes closest.
var instead = strings.NewReplacer("✓", "√", "✗", "×", "✕", "×", "✂", "×", "↪", "→", "↻", "○", "◷", "○", "♛", "♦", "◇", "◊",
	"∅", "ø", "⊘", "ø", "✎", "*", "▸", "►", "‖", "||")

// face names a font in one size, in pixels.
type face struct {
	bold bool
	size float64
}

// letters draws text.
type letters struct {
	to    *image.RGBA
	faces map[face]font.Face
}

// draw writes text from x on, or around it, or up to it, as the anchor says: "",
// middle or end. y is the line that letters stand on.
func (l *letters) draw(text string, x, y float64, anchor string, f face, ink color.Color) error {
	made, err := l.face(f)
	if err != nil {
		return err
	}
	text = instead.Replace(text)
	d := font.Drawer{Dst: l.to, Src: image.NewUniform(ink), Face: made, Dot: fixed.Point26_6{X: pixels(x), Y: pixels(y)}}
	switch anchor {
	case "middle":
		d.Dot.X -= d.MeasureString(text) / 2
	case "end":
		d.Dot.X -= d.MeasureString(text)
	}
	d.DrawString(text)
	return nil
}

func (l *letters) face(f face) (font.Face, error) {
	if made, known := l.faces[f]; known {
		return made, nil
	}
	parsed, err := regular()
	if f.bold {
		parsed, err = bold()
	}
	if err != nil {
		return nil, err
	}
	made, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: f.size, DPI: 72, Hinting: font.HintingNone})
	if err == nil {
		l.faces[f] = made
	}
	return made, err
}

func pixels(v float64) fixed.Int26_6 { return fixed.Int26_6(v * 64) }
