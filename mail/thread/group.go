package thread

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Message is what threading reads of a message.
type Message struct {
	ID      string   // from Keys
	Refs    []string // from Keys
	Subject string   // decoded
	From    string   // the author's address
	To      []string // the addresses of To and Cc
	Date    time.Time
}

const (
	// Window is how old a message may be that a lone answer is still put to.
	Window = 30 * 24 * time.Hour
	// skew is how far the clock of the one who answers may be behind.
	skew = time.Hour
)

// Follows reports whether reply is a lone answer to original: by its subject
// an answer, but without a word of which message it answers, as some phones
// and web forms leave it. Then both have to have the same base subject, reply
// has to go to the author of original, and be sent at most Window after it.
// That is meant to be strict: two conversations shown as one are worse than
// one shown as two.
func Follows(reply, original Message) bool {
	base, ok := loneAnswer(reply)
	if !ok || !sentTo(reply, original.From) || !inWindow(reply.Date, original.Date) {
		return false
	}
	other, _ := BaseSubject(original.Subject)
	return base == other
}

// loneAnswer returns the base subject of an answer that refers to nothing.
func loneAnswer(m Message) (base string, ok bool) {
	if len(m.Refs) > 0 || m.Date.IsZero() {
		return "", false
	}
	base, reply := BaseSubject(m.Subject)
	return base, reply && base != ""
}

func sentTo(m Message, address string) bool {
	return address != "" && slices.ContainsFunc(m.To, func(to string) bool { return strings.EqualFold(to, address) })
}

func inWindow(reply, original time.Time) bool {
	age := reply.Sub(original)
	return !original.IsZero() && age >= -skew && age <= Window
}

// Join says which thread a message goes into, given the threads that its keys
// and those it follows are in: the one with the smallest number stays, and
// merge, sorted, each once, go into it. Found is false when there are none:
// the message begins a thread.
func Join[K cmp.Ordered](known ...K) (into K, merge []K, found bool) {
	if len(known) == 0 {
		return into, nil, false
	}
	known = slices.Compact(slices.Sorted(slices.Values(known)))
	return known[0], known[1:], true
}

// Group puts messages into threads and returns the thread of each, numbered
// from 0 in the order of first appearance. The time it takes grows with the
// messages and their references, not with how they hang together.
func Group(messages []Message) []int {
	g := newForest(len(messages))
	owner := make(map[string]int, len(messages))
	for i, m := range messages {
		for _, key := range append([]string{m.ID}, m.Refs...) {
			if key == "" {
				continue
			}
			if first, ok := owner[key]; ok {
				g.union(i, first)
				continue
			}
			owner[key] = i
		}
	}
	g.uniteLoneAnswers(messages)
	return g.labels()
}

// topic is where a lone answer looks: one author's messages on one subject.
type topic struct{ base, author string }

// uniteLoneAnswers links as Follows does. Answers and originals of a topic
// are walked by date with two marks, so that ten thousand of either do not
// make a hundred million pairs.
func (g forest) uniteLoneAnswers(messages []Message) {
	answers := map[topic][]int{}
	for i, m := range messages {
		if base, ok := loneAnswer(m); ok {
			for _, to := range m.To {
				t := topic{base, strings.ToLower(to)}
				answers[t] = append(answers[t], i)
			}
		}
	}
	originals := map[topic][]int{}
	for i, m := range messages {
		base, _ := BaseSubject(m.Subject)
		t := topic{base, strings.ToLower(m.From)}
		if m.From != "" && len(answers[t]) > 0 {
			originals[t] = append(originals[t], i)
		}
	}
	byDate := func(a, b int) int { return messages[a].Date.Compare(messages[b].Date) }
	for t, replies := range answers {
		slices.SortFunc(replies, byDate)
		slices.SortFunc(originals[t], byDate)
		g.uniteTopic(messages, replies, originals[t])
	}
}

// uniteTopic takes both lists sorted by date.
func (g forest) uniteTopic(messages []Message, replies, originals []int) {
	linked, oldest := 0, 0
	for _, r := range replies {
		date := messages[r].Date
		for oldest < len(originals) && !inWindow(date, messages[originals[oldest]].Date) && messages[originals[oldest]].Date.Before(date) {
			oldest++
		}
		// Those from oldest up to linked hang together already, by the
		// answer before.
		linked = max(linked, oldest)
		if oldest < linked {
			g.union(r, originals[oldest])
		}
		for ; linked < len(originals) && inWindow(date, messages[originals[linked]].Date); linked++ {
			g.union(r, originals[linked])
		}
	}
}

// forest is a union-find over the numbers of messages.
type forest []int

func newForest(n int) forest {
	g := make(forest, n)
	for i := range g {
		g[i] = i
	}
	return g
}

// find halves the path as it goes: no recursion, whatever the depth.
func (g forest) find(i int) int {
	for g[i] != i {
		g[i] = g[g[i]]
		i = g[i]
	}
	return i
}

// union hangs the later root below the earlier, so that a thread keeps the
// number of its first message.
func (g forest) union(i, j int) {
	i, j = g.find(i), g.find(j)
	g[max(i, j)] = min(i, j)
}

func (g forest) labels() []int {
	labels := make([]int, len(g))
	next := 0
	for i := range g {
		root := g.find(i)
		if root == i {
			labels[i] = next
			next++
			continue
		}
		labels[i] = labels[root]
	}
	return labels
}
