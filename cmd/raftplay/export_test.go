package main

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"raftplay/scenarios"
)

func TestExportWritesEveryFormatByItsEnding(t *testing.T) {
	dir := t.TempDir()
	for ending, format := range endings {
		file := filepath.Join(dir, "run"+ending)
		out, errs, status := raftplay("", "export", "-o", file, "first-election")
		if status != fine || out != "" || errs != "" {
			t.Fatalf("%s: status %d, printed %d bytes, %q", file, status, len(out), errs)
		}
		written, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		printed, _, _ := raftplay("", "export", "-format", format, "first-election")
		dashed, _, _ := raftplay("", "export", "-format", format, "-o", "-", "first-election")
		if len(written) == 0 || string(written) != printed || dashed != printed {
			t.Errorf("%s: %d bytes in the file, %d printed, %d printed for \"-\"", format, len(written), len(printed), len(dashed))
		}
	}
}

func TestExportedPictures(t *testing.T) {
	svg, errs, status := raftplay(lesson, "export", "-format", "svg", "-section", "2", "-theme", "dark", "-width", "600", "-legend", "-")
	if status != fine || !strings.HasPrefix(svg, `<svg xmlns="http://www.w3.org/2000/svg" width="600"`) || !strings.Contains(svg, "2 · A command") {
		t.Errorf("status %d, %q, %.200s", status, errs, svg)
	}
	out, errs, status := raftplay(lesson, "export", "-format", "png", "-width", "600", "-")
	picture, err := png.Decode(strings.NewReader(out))
	if err != nil {
		t.Fatalf("status %d, %q: %v", status, errs, err)
	}
	if width := picture.Bounds().Dx(); width != 1200 {
		t.Errorf("the PNG is %d pixels wide, not 1200", width)
	}
}

// A run comes back as a scenario that plays it again.
func TestExportedScenarioIsTheRun(t *testing.T) {
	source, errs, status := raftplay("", "export", "-format", "scenario", "test_command_1")
	if status != fine || errs != "" {
		t.Fatalf("status %d, %q", status, errs)
	}
	if _, err := scenarios.Parse("exported", []byte(source)); err != nil {
		t.Fatal(err)
	}
	first, _, _ := raftplay("", "run", "test_command_1")
	again, _, _ := raftplay(source, "run", "-")
	if first != again {
		t.Error("the exported scenario's run has another trace table")
	}
}

// What does not hold is told, and the run is written all the same.
func TestExportOfARunThatIsNotAsExpected(t *testing.T) {
	out, errs, status := raftplay(strings.Replace(lesson, "leaders: N-1", "leaders: N-2", 1), "export", "-format", "csv", "-")
	if status != differs || !strings.Contains(errs, "N-2") || !strings.Contains(out, "NEW ROLE") {
		t.Errorf("status %d, %q", status, errs)
	}
}

func TestExportRefuses(t *testing.T) {
	for _, c := range []struct {
		args string
		want string
	}{
		{"first-election", "say what to write: -format with one of table, "},
		{"-o - first-election", "say what to write: -format with one of table, "},
		{"-o x.pdf first-election", "the ending of x.pdf says no format: give -format with one of "},
		{"-format pdf first-election", `unknown format "pdf": the formats are table, `},
		{"-format csv -theme dark first-election", "-theme is for pictures, svg and png, not for csv"},
		{"-format scenario -section 1 first-election", "a scenario plays from the beginning: leave out -section"},
		{"-format svg -section 9 first-election", "there is no section 9 in the run; 0 is all of it"},
		{"-format svg -width 20 first-election", "a picture is 480 to 2400 pixels wide, not 20"},
		{"-format svg -theme blue first-election", `there is no theme "blue": the themes are light and dark`},
		{"-format svg", "one run is wanted, 0 are given"},
		{"-format svg nothing-of-the-kind", "nothing-of-the-kind"},
		{"-o /nowhere/x.svg first-election", "/nowhere/x.svg"},
	} {
		out, errs, status := raftplay("", append([]string{"export"}, strings.Fields(c.args)...)...)
		if status != misused || out != "" || !strings.HasPrefix(errs, "raftplay export: ") || !strings.Contains(errs, c.want) {
			t.Errorf("export %s: status %d, %q, want %q", c.args, status, errs, c.want)
		}
	}
}

// The pictures in the README are what the export gives today. Make them anew with
// the command that README.md names.
func TestREADMEPicturesAreExports(t *testing.T) {
	for _, theme := range []string{"light", "dark"} {
		file := "../../docs/raftplay-" + theme + ".svg"
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		got, errs, status := raftplay("", "export", "-format", "svg", "-section", "3", "-legend", "-theme", theme, "leader-crash")
		if status != fine || !bytes.Equal(want, []byte(got)) {
			t.Errorf("%s is not what the export gives: status %d, %q", file, status, errs)
		}
	}
}

// The README's runs worth opening are scenarios of the library.
func TestREADMERunsExist(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	runs := regexp.MustCompile(`/#/scenario/([^)]+)\)`).FindAllStringSubmatch(string(text), -1)
	if len(runs) != 3 {
		t.Errorf("there are %d runs, not three", len(runs))
	}
	for _, run := range runs {
		if !slices.Contains(scenarios.List(), run[1]) {
			t.Errorf("there is no scenario %q", run[1])
		}
	}
}
