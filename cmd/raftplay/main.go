// Command raftplay serves the playground, and plays Raft scenarios: it prints
// their runs and verifies them.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

func main() {
	os.Exit(command(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// Exit statuses.
const (
	fine    = 0
	differs = 1 // something does not come as it should
	misused = 2 // bad usage or bad input
)

// streams are what a subcommand reads and writes.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// subcommand is one of the things that the program does.
type subcommand struct {
	name, usage, about string
	examples           []string
	// run declares its flags, calls parse and does the work.
	run func(f *flag.FlagSet, parse func() error, s streams) (status int, err error)
}

var subcommands = []subcommand{serveCommand, runCommand, exportCommand, verifyCommand, healthCommand}

// command runs the program with these arguments and returns its exit status.
func command(args []string, in io.Reader, out, errs io.Writer) int {
	if len(args) > 0 && slices.Contains([]string{"help", "-h", "-help", "--help"}, args[0]) {
		fmt.Fprint(out, help())
		return fine
	}
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		return serveCommand.start(args, streams{in, out, errs})
	}
	name := args[0]
	for _, sub := range subcommands {
		if sub.name == name {
			return sub.start(args[1:], streams{in, out, errs})
		}
	}
	fmt.Fprintf(errs, "raftplay: unknown command %q: the commands are %s; \"raftplay help\" shows more\n", name, commandNames())
	return misused
}

func commandNames() string {
	var names []string
	for _, sub := range subcommands {
		names = append(names, sub.name)
	}
	return strings.Join(names, ", ")
}

// start runs the subcommand and reports its error in one line.
func (sub subcommand) start(args []string, s streams) int {
	f := flag.NewFlagSet(sub.name, flag.ContinueOnError)
	f.SetOutput(io.Discard)
	status, err := sub.run(f, func() error { return f.Parse(args) }, s)
	switch {
	case errors.Is(err, flag.ErrHelp):
		fmt.Fprint(s.out, sub.help(f))
		return fine
	case err != nil:
		fmt.Fprintf(s.err, "raftplay %s: %s\n", sub.name, err)
		return misused
	}
	return status
}

func help() string {
	var b strings.Builder
	b.WriteString("Raftplay plays runs of Raft clusters.\n\nUsage:\n")
	for _, sub := range subcommands {
		fmt.Fprintf(&b, "  raftplay %s\n      %s\n", sub.usage, strings.ReplaceAll(sub.about, "\n", "\n      "))
	}
	b.WriteString("  raftplay COMMAND -h\n      Shows the flags of a command.\n\nExamples:\n")
	for _, sub := range subcommands {
		for _, e := range sub.examples {
			fmt.Fprintf(&b, "  %s\n", e)
		}
	}
	b.WriteString("\nExit status: 0 if all is well, 1 if something is not as expected, 2 for bad usage or input.\n")
	return b.String()
}

func (sub subcommand) help(f *flag.FlagSet) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Usage: raftplay %s\n\n%s\n\nFlags:\n", sub.usage, sub.about)
	f.SetOutput(&b)
	f.PrintDefaults()
	b.WriteString("\nExamples:\n")
	for _, e := range sub.examples {
		fmt.Fprintf(&b, "  %s\n", e)
	}
	return b.String()
}
