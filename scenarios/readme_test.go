package scenarios_test

import (
	"os"
	"regexp"
	"testing"

	"raftplay/scenarios"
)

// The examples in README.md are scenarios, and everything in them comes as they
// say.
func TestExamplesInReadme(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	examples := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllSubmatch(text, -1)
	if len(examples) < 3 {
		t.Fatalf("there are %d examples", len(examples))
	}
	for _, e := range examples {
		s, err := scenarios.Parse("README.md", e[1])
		if err != nil {
			t.Errorf("%v in\n%s", err, e[1])
			continue
		}
		for _, failure := range play(t, s).Failures() {
			t.Errorf("%s in\n%s", failure, e[1])
		}
	}
}
