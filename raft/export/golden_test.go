package export

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files anew")

// Every format of one small run, as the files in testdata. Write them anew with
// go test ./raft/export -update, and read what changed.
func TestFormatsAreAsTheGoldenFiles(t *testing.T) {
	d := smallRun(t)
	for _, format := range Formats {
		got, err := Export(format, d, 0)
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("testdata", "small."+format)
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(want, got) {
			t.Errorf("%s differs from %s:\n%s", format, file, got)
		}
	}
}
