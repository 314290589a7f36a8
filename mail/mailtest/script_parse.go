package mailtest

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// step is one line of a conversation.
type step struct {
	number int // of the line, from 1
	verb   verb
	text   string // what to send; the pattern to expect
}

type verb int

const (
	sends   verb = iota // S: and S=
	expects             // C:
	skips               // C: ...
	closes
	resets
	startsTLS
	hangs
)

var stageDirections = map[string]verb{"close": closes, "reset": resets, "tls": startsTLS, "hang": hangs}

func parseScript(text string) ([]step, error) {
	var steps []step
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimLeft(line, " \t")
		if strings.TrimSpace(line) == "" || line[0] == '#' {
			continue
		}
		st, err := parseStep(line)
		if err != nil {
			return nil, fmt.Errorf("script line %d: %w: %s", i+1, err, line)
		}
		st.number = i + 1
		steps = append(steps, st)
	}
	return steps, nil
}

func parseStep(line string) (step, error) {
	mark, rest, ok := strings.Cut(line, " ")
	if !ok && (mark == "S:" || mark == "C:") { // an empty line
		ok = true
	}
	direction, known := stageDirections[strings.TrimSpace(rest)]
	switch {
	case mark == "S:" && ok:
		return step{verb: sends, text: rest + "\r\n"}, nil
	case mark == "S=" && ok:
		raw, err := strconv.Unquote(strings.TrimSpace(rest))
		return step{verb: sends, text: raw}, err
	case mark == "C:" && rest == "...":
		return step{verb: skips}, nil
	case mark == "C:" && ok:
		return step{verb: expects, text: rest}, nil
	case mark == "!" && known:
		return step{verb: direction}, nil
	}
	return step{}, errors.New("not an S:, S= or C: line, nor a known ! one")
}

const tagMark = "$tag"

// fits reports whether a line is as the pattern wants it, and returns the tag
// if the pattern has one.
func fits(pattern, line string) (tag string, ok bool) {
	rest, tagged := strings.CutPrefix(pattern, tagMark)
	if tagged {
		tag, _, _ = strings.Cut(line, " ")
		pattern, line = rest, line[len(tag):]
		if tag == "" {
			return "", false
		}
	}
	return tag, fitsWild(pattern, line)
}

// fitsWild matches pattern, where * is any text, the empty one too.
func fitsWild(pattern, line string) bool {
	parts := strings.Split(pattern, "*")
	first, last := parts[0], parts[len(parts)-1]
	if len(parts) == 1 {
		return pattern == line
	}
	line, ok := strings.CutPrefix(line, first)
	if !ok || len(line) < len(last) || !strings.HasSuffix(line, last) {
		return false
	}
	line = line[:len(line)-len(last)]
	for _, p := range parts[1 : len(parts)-1] {
		_, after, ok := strings.Cut(line, p)
		if !ok {
			return false
		}
		line = after
	}
	return true
}
