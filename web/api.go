package web

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"raftplay/raft/export"
	"raftplay/raft/sim"
	"raftplay/scenarios"
	"raftplay/server"
)

// scenarioCard is a scenario in the list of all.
type scenarioCard struct {
	Name     string   `json:"name"`
	Title    string   `json:"title"`
	About    string   `json:"about"`
	Tags     []string `json:"tags"`
	Nodes    int      `json:"nodes"`
	Profile  string   `json:"profile"`
	Sections []string `json:"sections"`
}

func (s *Server) listScenarios(w http.ResponseWriter, _ *http.Request) {
	cards := []scenarioCard{}
	for _, name := range scenarios.List() {
		loaded, err := scenarios.Load(name)
		if err != nil {
			fail(w, err)
			return
		}
		story := server.ScenarioOf(loaded)
		card := scenarioCard{story.Name, story.Title, story.About, story.Tags, story.Nodes, story.Profile, []string{}}
		for _, section := range story.Sections {
			card.Sections = append(card.Sections, section.Title)
		}
		cards = append(cards, card)
	}
	reply(w, http.StatusOK, cards)
}

// load returns a scenario of the library.
func load(name string) (*scenarios.Scenario, error) {
	if _, err := scenarios.Source(name); err != nil {
		return nil, &server.Error{Code: server.NotFound, Why: err.Error()}
	}
	return scenarios.Load(name)
}

func (s *Server) oneScenario(w http.ResponseWriter, r *http.Request) {
	loaded, err := load(chi.URLParam(r, "name"))
	if err != nil {
		fail(w, err)
		return
	}
	story := server.ScenarioOf(loaded)
	source, err := scenarios.Source(loaded.Name)
	if err != nil {
		fail(w, err)
		return
	}
	story.Source = string(source)
	reply(w, http.StatusOK, story)
}

// newSession asks for a session: from a scenario of the library, from the source
// of one, from a configuration, or from a run that was passed on. At most one is
// given; none means the defaults.
type newSession struct {
	passedOn
	Scenario string        `json:"scenario"`
	Source   string        `json:"source"`
	Config   *sim.Settings `json:"config"`
}

// sessionKeys answers it.
type sessionKeys struct {
	Session string `json:"session"`
	Key     string `json:"key"`
	ViewKey string `json:"viewKey"`
	Cursor  *int   `json:"cursor,omitempty"` // of a run that was passed on: the event to look at
}

func (s *Server) startSession(w http.ResponseWriter, r *http.Request) {
	var asked newSession
	err := read(w, r, s.Hub.Limits.BodyBytes, &asked)
	if err == nil {
		err = s.guests.full(r, s.Hub.Limits.PerVisitor)
	}
	var started *server.Session
	var cursor *int
	if err == nil {
		started, cursor, err = s.start(r.Context(), asked)
	}
	if err != nil {
		fail(w, err)
		return
	}
	s.guests.add(r, started)
	reply(w, http.StatusCreated, sessionKeys{started.ID, started.Key, started.ViewKey, cursor})
}

func (s *Server) start(ctx context.Context, asked newSession) (started *server.Session, cursor *int, err error) {
	if given(asked.Scenario != "", asked.Source != "", asked.Config != nil, asked.Link != nil, asked.Run != nil) > 1 {
		return nil, nil, wrong("give a scenario, the source of one, a configuration, a link, or the id of a run: one of them")
	}
	var story *scenarios.Scenario
	switch {
	case asked.Link != nil || asked.Run != nil:
		at := 0
		started, at, err = s.startRun(ctx, asked.passedOn)
		return started, &at, err
	case asked.Scenario != "":
		story, err = load(asked.Scenario)
	case asked.Source != "":
		err = s.replays.turn(ctx, func(context.Context) error {
			story, err = scenarios.Parse("scenario.yaml", []byte(asked.Source))
			return err
		})
	default:
		started, err = s.startConfig(asked.Config)
		return started, nil, err
	}
	if err == nil {
		started, err = s.Hub.StartScenario(story)
	}
	return started, nil, err
}

func (s *Server) startConfig(settings *sim.Settings) (*server.Session, error) {
	if settings == nil {
		settings = &sim.Settings{}
	}
	config, err := settings.Config()
	if err != nil {
		return nil, &server.Error{Code: server.Refused, Why: err.Error()}
	}
	return s.Hub.Start(config)
}

// open returns the session that a request names, and the key that it carries.
func (s *Server) open(r *http.Request) (*server.Session, string, error) {
	scheme, key, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") || key == "" {
		return nil, "", &server.Error{Code: server.Rights, Why: "the session's key is missing: send Authorization: Bearer KEY"}
	}
	session, err := s.Hub.Session(chi.URLParam(r, "id"))
	return session, key, err
}

func (s *Server) sessionInfo(w http.ResponseWriter, r *http.Request) {
	session, key, err := s.open(r)
	var info server.Info
	if err == nil {
		info, err = session.Info(key)
	}
	if err != nil {
		fail(w, err)
		return
	}
	reply(w, http.StatusOK, info)
}

func (s *Server) deleteSession(w http.ResponseWriter, r *http.Request) {
	session, key, err := s.open(r)
	if err == nil {
		err = session.Delete(key)
	}
	if err != nil {
		fail(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// endings are what the formats' files are called, and their content's type.
var endings = map[string][2]string{
	"table":    {"txt", "text/plain; charset=utf-8"},
	"rst":      {"rst", "text/plain; charset=utf-8"},
	"json":     {"json", "application/json"},
	"csv":      {"csv", "text/csv; charset=utf-8"},
	"puml":     {"puml", "text/plain; charset=utf-8"},
	"mermaid":  {"mmd", "text/plain; charset=utf-8"},
	"markdown": {"md", "text/markdown; charset=utf-8"},
	"scenario": {"yaml", "application/yaml"},
}

func (s *Server) exportSession(w http.ResponseWriter, r *http.Request) {
	format := r.URL.Query().Get("format")
	text, err := s.exported(r, format)
	if err != nil {
		fail(w, err)
		return
	}
	w.Header().Set("Content-Type", endings[format][1])
	w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="raftplay.%s"`, endings[format][0]))
	s.hand(w, text)
}

func (s *Server) exported(r *http.Request, format string) (text []byte, err error) {
	session, key, err := s.open(r)
	if err != nil {
		return nil, err
	}
	branch, err := number(r, "branch", 1)
	if err != nil {
		return nil, err
	}
	section, err := number(r, "section", 0)
	if err != nil {
		return nil, err
	}
	err = s.replays.turn(r.Context(), func(context.Context) error {
		most := s.Hub.Limits.Written
		if atHome(r) {
			most = math.MaxInt // it is the visitor's own memory
		}
		text, err = written(session, key, branch, section, format, most)
		return err
	})
	return text, err
}

// written returns a branch in a format, for people to read if it has at most so many
// events.
func written(session *server.Session, key string, branch, section int, format string, most int) ([]byte, error) {
	if format == "scenario" {
		return session.Scenario(key, branch)
	}
	doc, err := session.Document(key, branch)
	if err != nil {
		return nil, err
	}
	if n := doc.Journal.Len(); n > most && format != "json" && format != "csv" {
		return nil, &server.Error{Code: server.Refused, Why: fmt.Sprintf("the run has %d events: the server writes at most %d in this format; "+
			"export it as JSON or CSV, or give its link to raftplay export", n, most)}
	}
	text, err := export.Export(format, doc, section)
	if err != nil {
		return nil, &server.Error{Code: server.Refused, Why: err.Error()}
	}
	return text, nil
}

// number reads a whole number of the query.
func number(r *http.Request, name string, otherwise int) (int, error) {
	text := r.URL.Query().Get(name)
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, wrong("%s is %q: it must be a whole number", name, text)
	}
	return n, nil
}
