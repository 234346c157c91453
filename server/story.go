package server

import "raftplay/scenarios"

// Scenario is a scenario as the page shows it.
type Scenario struct {
	Name     string    `json:"name"`
	Title    string    `json:"title"`
	About    string    `json:"about"`
	Tags     []string  `json:"tags"`
	Nodes    int       `json:"nodes"`
	Profile  string    `json:"profile"`
	Sections []Section `json:"sections"`
	Source   string    `json:"source,omitempty"`
}

// Section is a section of a scenario.
type Section struct {
	Title string   `json:"title"`
	Prose string   `json:"prose"`
	Uses  []string `json:"uses"`
	Tests []string `json:"tests"`
	Steps []Step   `json:"steps"`
}

// Step is a step of a section; one that expects does nothing else.
type Step struct {
	Text   string `json:"text"`
	Expect bool   `json:"expect"`
}

// list returns a list that JSON writes as [] when it is empty.
func list(s []string) []string { return append([]string{}, s...) }

// ScenarioOf returns a scenario with all its sections, without its source.
func ScenarioOf(s *scenarios.Scenario) *Scenario {
	out := &Scenario{Name: s.Name, Title: s.Title, About: s.About, Tags: list(s.Tags),
		Nodes: s.Config.Nodes, Profile: s.Profile, Sections: []Section{}}
	for _, from := range s.Sections {
		to := Section{from.Title, from.Prose, list(from.Uses), list(from.Tests), []Step{}}
		for _, step := range from.Steps {
			to.Steps = append(to.Steps, Step{step.Text, step.Expect != nil})
		}
		out.Sections = append(out.Sections, to)
	}
	return out
}

// Script is how far a branch has played its scenario. Sections and steps are
// counted from 1; step 0 is the beginning of its section.
type Script struct {
	Section int      `json:"section"` // played last, 0 at the start
	Step    int      `json:"step"`    // played last
	Done    bool     `json:"done"`
	Results []Result `json:"results"`
}

// Result is one expectation that was looked at.
type Result struct {
	Section int    `json:"section"`
	Step    int    `json:"step"`
	Event   int    `json:"seq"` // the event after which it was looked at
	Text    string `json:"text"`
	Held    bool   `json:"held"`
	Why     string `json:"why,omitempty"` // what is so instead
}

// script plays a scenario in a branch and keeps count.
type script struct {
	story  *scenarios.Scenario
	player *scenarios.Player
	at     Script
}

// step plays the next step.
func (s *script) step() error {
	_, section := s.player.Next()
	results, err := s.player.Step()
	if err != nil {
		return err
	}
	if section+1 == s.at.Section {
		s.at.Step++
	} else {
		s.at.Section, s.at.Step = section+1, 0
		if s.story.Sections[section].Title == "" { // no step announces it
			s.at.Step = 1
		}
	}
	for _, r := range results {
		s.at.Results = append(s.at.Results, Result{s.at.Section, s.at.Step, r.Event, r.Text, r.Held, r.Got})
	}
	s.at.Done = s.player.Done()
	return nil
}

// sectionEnds reports whether the section that was played last has no steps left.
func (s *script) sectionEnds() bool {
	if s.at.Done {
		return true
	}
	_, next := s.player.Next()
	return next+1 != s.at.Section
}
