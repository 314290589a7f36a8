package query

import (
	"fmt"
	"strings"
)

// operator turns a value into a node; false means that it is no such value,
// and kind says what one would be: `"x" is no date`.
type operator struct {
	kind string
	read func(value string, prefix bool) (Expr, bool)
}

// fields are the operators that look for words, and so may have a group.
var fields = map[string]Field{
	"from": From, "to": To, "cc": Cc, "subject": Subject, "body": Body, "filename": Filename,
}

var operators = map[string]operator{
	"is":  {"state of a message", readIs},
	"has": {"thing that a message can have", readHas},

	"after":  {"date", dated(After)},
	"before": {"date", dated(Before)},
	"on":     {"date", dated(On)},
	// The names that people bring along from elsewhere.
	"since":      {"date", dated(After)},
	"newer":      {"date", dated(After)},
	"newer_than": {"date", dated(After)},
	"older":      {"date", dated(Before)},
	"older_than": {"date", dated(Before)},
	"date":       {"date", dated(On)},

	"larger":  {"size", sized(true)},
	"smaller": {"size", sized(false)},

	"in":      {"mailbox", func(v string, _ bool) (Expr, bool) { return In{v}, v != "" }},
	"tag":     {"tag", func(v string, _ bool) (Expr, bool) { return Tagged{v}, v != "" }},
	"account": {"account", func(v string, _ bool) (Expr, bool) { return InAccount{v}, v != "" }},
}

func init() {
	for name, field := range fields {
		operators[name] = operator{"text", words(field)}
	}
}

var states = map[string]State{
	"unread": Unread, "unseen": Unread, "read": Read, "seen": Read,
	"flagged": Flagged, "starred": Flagged, "answered": Answered, "replied": Answered,
	"draft": Draft, "forwarded": Forwarded, "tagged": AnyTag,
}

func readIs(value string, _ bool) (Expr, bool) {
	state, ok := states[strings.ToLower(value)]
	return Is{state}, ok
}

func readHas(value string, _ bool) (Expr, bool) {
	switch strings.ToLower(value) {
	case "attachment", "attachments":
		return Has{Attachment}, true
	}
	return nil, false
}

func dated(side Side) func(string, bool) (Expr, bool) {
	return func(value string, _ bool) (Expr, bool) {
		when, ok := ParseWhen(value)
		return Dated{side, when}, ok
	}
}

func sized(larger bool) func(string, bool) (Expr, bool) {
	return func(value string, _ bool) (Expr, bool) {
		n, ok := parseSize(value)
		return Sized{larger, n}, ok
	}
}

func words(field Field) func(string, bool) (Expr, bool) {
	return func(value string, prefix bool) (Expr, bool) {
		return Text{field, value, prefix}, len(Tokens(value)) > 0
	}
}

// cutOperator parts a run of text at its first colon, ASCII or full-width.
// The name is lower case and looks like the name of an operator, known or not.
func cutOperator(run string) (name, rest string, ok bool) {
	i := strings.IndexAny(run, ":：")
	if i <= 0 {
		return "", "", false
	}
	name = strings.ToLower(run[:i])
	if strings.Trim(name, "abcdefghijklmnopqrstuvwxyz_") != "" {
		return "", "", false
	}
	rest = strings.TrimPrefix(strings.TrimPrefix(run[i:], ":"), "：")
	return name, rest, true
}

// unknownNote is the hint for name:rest, where there is one to give: "Re:" and
// "https://…" were never meant as operators.
func unknownNote(name, rest string) string {
	if rest == "" || strings.HasPrefix(rest, "//") {
		return ""
	}
	return fmt.Sprintf("there is no operator %q; it was searched for as words", name+":")
}
