package picture

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"raftplay/raft/export"
	"raftplay/raft/sim"
	"raftplay/scenarios"
)

func document(t *testing.T, name string) export.Document {
	t.Helper()
	s, err := scenarios.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Play()
	if err != nil {
		t.Fatal(err)
	}
	return s.Document(p.Run())
}

func svgOf(t *testing.T, d export.Document, o Options) string {
	t.Helper()
	svg, err := SVG(d, o)
	if err != nil {
		t.Fatal(err)
	}
	return string(svg)
}

func TestAPictureHasWhatIsAskedFor(t *testing.T) {
	d := document(t, "leader-crash")
	whole := svgOf(t, d, Options{Width: 900})
	for _, want := range []string{`width="900"`, "The leader crashes", "4 · The old leader returns", "#fbfaf8"} {
		if !strings.Contains(whole, want) {
			t.Errorf("the picture has no %q", want)
		}
	}
	part := svgOf(t, d, Options{Section: 3, Theme: "dark", Legend: true})
	for _, want := range []string{"3 · The others go on", "events 51 to 72 of 96", "#14161a", "lost or dropped"} {
		if !strings.Contains(part, want) {
			t.Errorf("the picture of a section has no %q", want)
		}
	}
	if strings.Contains(part, "4 · The old leader returns") {
		t.Error("the picture of section 3 has section 4")
	}
}

// A broken invariant is marked where it breaks.
func TestAPictureShowsBrokenInvariants(t *testing.T) {
	for name, invariant := range map[string]string{"votesOncePerTerm": "Election Safety", "persistsTerm": "Terms Never Go Back", "clampsCommit": "State Machine Safety"} {
		if svg := svgOf(t, document(t, name), Options{}); !strings.Contains(svg, "breaks "+invariant) {
			t.Errorf("%s: %s is not marked", name, invariant)
		}
	}
}

func TestWhatCannotBeDrawnIsTold(t *testing.T) {
	d := document(t, "first-election")
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{Section: 9}, "there is no section 9 in the run; 0 is all of it"},
		{Options{Theme: "blue"}, `there is no theme "blue": the themes are light and dark`},
		{Options{Width: 479}, "a picture is 480 to 2400 pixels wide, not 479"},
	} {
		if _, err := SVG(d, c.o); err == nil || err.Error() != c.want {
			t.Errorf("%+v: %v, want %s", c.o, err, c.want)
		}
	}
	run, err := sim.NewRun(sim.DefaultConfig())
	if err != nil {
		t.Fatal(err)
	}
	for run.Journal().Len() < 3000 {
		if _, err := run.Apply(sim.Action{Do: sim.Crash, Node: 1}); err != nil {
			t.Fatal(err)
		}
		if _, err := run.Apply(sim.Action{Do: sim.Restart, Node: 1}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := SVG(export.Document{Journal: run.Journal()}, Options{}); err == nil || !strings.Contains(err.Error(), "2000 are the most: choose a section") {
		t.Errorf("a run of thousands of rows: %v", err)
	}
}

func decode(t *testing.T, picture []byte) image.Image {
	t.Helper()
	decoded, err := png.Decode(bytes.NewReader(picture))
	if err != nil {
		t.Fatal(err)
	}
	return decoded
}

// A PNG is the SVG with two pixels for one: its ground, a leader's line in the
// colour of its term, messages, and words.
func TestPNG(t *testing.T) {
	svg, err := SVG(document(t, "leader-crash"), Options{Section: 3, Width: 800, Legend: true})
	if err != nil {
		t.Fatal(err)
	}
	picture, err := PNG(svg)
	if err != nil {
		t.Fatal(err)
	}
	decoded := decode(t, picture)
	if size := decoded.Bounds().Size(); size.X != 1600 || size.Y < 1000 {
		t.Errorf("the PNG has %v pixels", size)
	}
	count := map[color.RGBA]int{}
	for pixels := decoded.(*image.RGBA).Pix; len(pixels) > 0; pixels = pixels[4:] {
		count[color.RGBA{pixels[0], pixels[1], pixels[2], pixels[3]}]++
	}
	for name, c := range map[string]color.RGBA{
		"ground": {0xfb, 0xfa, 0xf8, 255}, "term 1": {0x31, 0x65, 0xb0, 255}, "term 2": {0xa9, 0x53, 0x1b, 255},
		"votes": {0x72, 0x43, 0xab, 255}, "ink": {0x1d, 0x21, 0x29, 255},
	} {
		if count[c] < 300 {
			t.Errorf("%s: %d pixels have its colour", name, count[c])
		}
	}
}

// painted returns the picture of some elements, 40 by 40, on white.
func painted(t *testing.T, elements string) image.Image {
	t.Helper()
	picture, err := PNG([]byte(`<svg width="40" height="40"><rect x="0" y="0" width="40" height="40" fill="#ffffff"/>` + elements + `</svg>`))
	if err != nil {
		t.Fatal(err)
	}
	return decode(t, picture)
}

// ink returns the columns in which something dark is, the first and the last; two
// for each of the picture's.
func ink(picture image.Image) (first, last int) {
	first = -1
	for x := range picture.Bounds().Dx() {
		for y := range picture.Bounds().Dy() {
			if r, _, _, _ := picture.At(x, y).RGBA(); r < 0x8000 {
				if last = x; first < 0 {
					first = x
				}
			}
		}
	}
	return first, last
}

func TestGroupsAreMovedAndScaled(t *testing.T) {
	const square = `<rect x="1" y="1" width="4" height="4" fill="#000000"/></g>`
	for transform, want := range map[string][2]int{
		"translate(10 10)":            {22, 29},
		"scale(3)":                    {6, 29},
		"translate(10 10) scale(2)":   {24, 39},
		"translate(10 10) scale(0.5)": {21, 24},
	} {
		first, last := ink(painted(t, `<g transform="`+transform+`">`+square))
		if got := [2]int{first, last}; got != want {
			t.Errorf("%s: dark from column %d to %d, want %v", transform, first, last, want)
		}
	}
}

func TestColoursShineThrough(t *testing.T) {
	picture := painted(t, `<rect x="0" y="0" width="40" height="40" fill="#000000" fill-opacity="0.25"/>`)
	if r, _, _, _ := picture.At(40, 40).RGBA(); r>>8 < 0xbd || r>>8 > 0xc1 {
		t.Errorf("a quarter of black on white is %#x", r>>8)
	}
}

func TestTextStandsWhereItsAnchorSays(t *testing.T) {
	for anchor, inside := range map[string]func(first, last int) bool{
		"start":  func(first, last int) bool { return first >= 40 },
		"middle": func(first, last int) bool { return first < 34 && last > 46 && abs(first+last-80) <= 3 },
		"end":    func(first, last int) bool { return first >= 0 && last <= 40 },
	} {
		first, last := ink(painted(t, `<text x="20" y="20" font-size="12" fill="#000000" text-anchor="`+anchor+`">HH</text>`))
		if !inside(first, last) {
			t.Errorf("%s at column 40: dark from %d to %d", anchor, first, last)
		}
	}
}

func abs(n int) int { return max(n, -n) }

// The signs that the diagram writes have a letter, or one that stands for them.
func TestSignsOfTheDiagramAreNoEmptyBoxes(t *testing.T) {
	text := func(sign string) []byte {
		return painted(t, `<text x="5" y="30" font-size="20" fill="#000000">`+sign+`</text>`).(*image.RGBA).Pix
	}
	box := text("\ue000")
	for _, sign := range strings.Split("·×‖’…→↓↪↻∅−≠⊘▸◇●◷♛✂✎✓✕✗", "") {
		if bytes.Equal(text(sign), box) {
			t.Errorf("%s is an empty box", sign)
		}
	}
}

// Lines of any length keep their dashes: from one end to the other, half of the
// pixels are the line's. A rectangle's last side is one of them.
func TestLongDashedLines(t *testing.T) {
	const look = ` fill="none" stroke="#000000" stroke-width="4" stroke-dasharray="4 4"/></svg>`
	for _, shape := range []string{`<path d="M5 0V8000"`, `<rect x="5" y="-20" width="40" height="8040"`} {
		picture, err := PNG([]byte(`<svg width="10" height="8000"><rect x="0" y="0" width="10" height="8000" fill="#ffffff"/>` + shape + look))
		if err != nil {
			t.Fatal(err)
		}
		decoded := decode(t, picture)
		for from := 0; from < 16000; from += 2000 {
			dark := 0
			for y := from; y < from+2000; y++ {
				if r, _, _, _ := decoded.At(10, y).RGBA(); r < 0x8000 {
					dark++
				}
			}
			if dark < 900 || dark > 1100 {
				t.Errorf("%s: %d of the 2000 pixels from %d on are dark", shape, dark, from)
			}
		}
	}
}

func TestPNGOfWhatIsNone(t *testing.T) {
	for svg, want := range map[string]string{
		"":                                       "it is empty",
		"<svg":                                   "the picture is no SVG: ",
		"<html></html>":                          "it begins with <html>",
		`<svg width="9000" height="9000"></svg>`: "9000 × 9000 pixels, more than a PNG may have: choose one section, or SVG",
		`<svg width="9" height="9"><path d="M0 0V5" stroke="#000000" stroke-dasharray="x"/></svg>`: "the picture's <path> cannot be drawn: ",
		`<svg width="9" height="9"><rect fill="red"/></svg>`:                                       `its fill is "red", no colour`,
	} {
		if _, err := PNG([]byte(svg)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", svg, err, want)
		}
	}
	large, err := PNG([]byte(`<svg width="3600" height="3600"></svg>`))
	if err != nil {
		t.Fatal(err)
	}
	if size, err := png.DecodeConfig(bytes.NewReader(large)); err != nil || size.Width != 3600 {
		t.Errorf("a large picture is %d pixels wide, not 3600: %v", size.Width, err)
	}
}
