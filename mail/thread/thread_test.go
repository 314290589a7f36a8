package thread

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestKeys(t *testing.T) {
	tests := []struct {
		name, messageID, inReplyTo, references string
		id                                     string
		refs                                   []string
	}{
		{"plain", "<a@x>", "<b@x>", "<c@x> <b@x>", "a@x", []string{"c@x", "b@x"}},
		{"nothing", "", "", "", "", nil},
		{"empty ids", "<>", "<@>", "< > <->", "", nil},
		{"own id among references", "<a@x>", "", "<a@x> <b@x>", "a@x", []string{"b@x"}},
		{"folded inside", "<a\r\n @x>", "", "<b@\r\n\tx>\r\n <c@x>", "a@x", []string{"b@x", "c@x"}},
		{"no space between", "<a@x>", "", "<b@x><c@x>", "a@x", []string{"b@x", "c@x"}},
		{"commas", "<a@x>", "", "<b@x>, <c@x>", "a@x", []string{"b@x", "c@x"}},
		{"no brackets", "a@x", "b@x", "c@x d@x", "a@x", []string{"c@x", "d@x", "b@x"}},
		{"added by", "<a@x> (added by postmaster@y)", "", "", "a@x", nil},
		{"cut off", "<a@x>", "", "<b@x> <c@", "a@x", []string{"b@x"}},
		{"doubled bracket", "<<a@x>>", "", "", "a@x", nil},
		{"sentence with id", "<a@x>", `Your message of "Mon, 1 Jan" <b@x>`, "", "a@x", []string{"b@x"}},
		{"sentence with address", "<a@x>", `Message from Ada <ada@x> of "Mon, 1 Jan"`, "", "a@x", nil},
		{"id without @", "<abc123>", "", "<def456>", "abc123", []string{"def456"}},
		{"case counts", "<A@x>", "<a@x>", "", "A@x", []string{"a@x"}},
	}
	for _, tt := range tests {
		id, refs := Keys(tt.messageID, tt.inReplyTo, tt.references)
		if id != tt.id || !slices.Equal(refs, tt.refs) {
			t.Errorf("%s: Keys = %q %q, want %q %q", tt.name, id, refs, tt.id, tt.refs)
		}
	}
}

func TestManyReferences(t *testing.T) {
	var b strings.Builder
	for i := range 10_000 {
		fmt.Fprintf(&b, "<%d@x> ", i)
	}
	_, refs := Keys("<me@x>", "", b.String())
	if len(refs) != MaxRefs || refs[0] != "0@x" || refs[MaxRefs-1] != "9999@x" {
		t.Errorf("%d refs from %q to %q", len(refs), refs[0], refs[len(refs)-1])
	}
	if id, _ := Keys("<"+strings.Repeat("a", 5000)+"@x>", "", ""); id != "" {
		t.Errorf("an id of 5,000 bytes was taken")
	}
}

func TestBaseSubject(t *testing.T) {
	tests := []struct {
		subject, base string
		reply         bool
	}{
		{"Hello", "hello", false},
		{"Re: Hello", "hello", true},
		{"RE : re:  Hello   World", "hello world", true},
		{"Re[2]: Hello", "hello", true}, {"Re (3): Hello", "hello", true}, {"Re^2: Hello", "hello", true},
		{"Fwd: Re: Hello", "hello", false},
		{"Re: Fwd: Hello", "hello", true},
		{"[list] Re: [list] Hello", "hello", true},
		{"Hello (fwd)", "hello", false}, {"Hello (FWD) (fwd)", "hello", false},
		{"[Fwd: Hello]", "hello", false}, {"Re: [Fwd: Re: Hello]", "hello", true},
		{"[only a tag]", "[only a tag]", false},
		{"Re: [tag]", "[tag]", true},
		{"AW: WG: Angebot", "angebot", true}, {"Antw.: x", "antw.: x", false}, {"Antwort: x", "x", true},
		{"SV: VS: hej", "hej", true}, {"VB: hej", "hej", false},
		{"R: I: ciao", "ciao", true}, {"TR: bonjour", "bonjour", false}, {"RV: hola", "hola", false}, {"Odp: PD: tak", "tak", true},
		{"YNT: İLT: selam", "selam", true},
		{"回复：转发：你好", "你好", true}, {"答复: 你好", "你好", true}, {"轉寄: 你好", "你好", false},
		{"返信：件名", "件名", true}, {"회신: 안녕", "안녕", true}, {"رد: مرحبا", "مرحبا", true},
		{"Ответ: привет", "привет", true}, {"Απ: γεια", "γεια", true},
		{"Re:", "", true}, {"", "", false},
		{"Regarding: Hello", "regarding: hello", false},
		{"Ref: 12345", "ref: 12345", false},
		{"http://x.example", "http://x.example", false},
	}
	for _, tt := range tests {
		base, reply := BaseSubject(tt.subject)
		if base != tt.base || reply != tt.reply {
			t.Errorf("BaseSubject(%q) = %q %v, want %q %v", tt.subject, base, reply, tt.base, tt.reply)
		}
	}
}

func TestTopic(t *testing.T) {
	for subject, want := range map[string]string{
		"Re: AW: [List] Hello  There": "[List] Hello There",
		"WG: Re: Rechnung":            "Rechnung",
		"Hello":                       "Hello",
	} {
		if got := Topic(subject); got != want {
			t.Errorf("Topic(%q) = %q, want %q", subject, got, want)
		}
	}
}

func TestFollows(t *testing.T) {
	day := time.Date(2026, 3, 4, 9, 0, 0, 0, time.UTC)
	original := Message{ID: "a@x", Subject: "Lunch?", From: "ada@x", To: []string{"bob@x"}, Date: day}
	reply := Message{ID: "b@x", Subject: "RE: lunch?", From: "bob@x", To: []string{"Ada@X"}, Date: day.Add(time.Hour)}
	tests := []struct {
		name   string
		change func(reply, original *Message)
		want   bool
	}{
		{"lone answer", func(r, o *Message) {}, true},
		{"clock a little behind", func(r, o *Message) { r.Date = day.Add(-time.Minute) }, true},
		{"names another message", func(r, o *Message) { r.Refs = []string{"c@x"} }, false},
		{"not an answer", func(r, o *Message) { r.Subject = "Lunch?" }, false},
		{"a forward", func(r, o *Message) { r.Subject = "Fwd: Lunch?" }, false},
		{"other subject", func(r, o *Message) { o.Subject = "Dinner?" }, false},
		{"to someone else", func(r, o *Message) { r.To = []string{"eve@x"} }, false},
		{"author unknown", func(r, o *Message) { o.From = ""; r.To = []string{""} }, false},
		{"too late", func(r, o *Message) { r.Date = day.Add(Window + time.Minute) }, false},
		{"before it", func(r, o *Message) { r.Date = day.Add(-2 * time.Hour) }, false},
		{"no date", func(r, o *Message) { r.Date = time.Time{} }, false},
		{"empty subjects", func(r, o *Message) { r.Subject, o.Subject = "Re:", "" }, false},
	}
	for _, tt := range tests {
		r, o := reply, original
		tt.change(&r, &o)
		if got := Follows(r, o); got != tt.want {
			t.Errorf("%s: Follows = %v", tt.name, got)
		}
		if got := slices.Equal(Group([]Message{o, r}), []int{0, 0}); got != tt.want {
			t.Errorf("%s: Group joins them: %v", tt.name, got)
		}
	}
}

func TestGroup(t *testing.T) {
	m := func(id string, refs ...string) Message { return Message{ID: id, Refs: refs} }
	tests := []struct {
		name string
		in   []Message
		want []int
	}{
		{"none", nil, []int{}},
		{"no ids at all", []Message{m(""), m("")}, []int{0, 1}},
		{"answer to what is not here", []Message{m("b", "a"), m("c", "a"), m("d")}, []int{0, 0, 1}},
		{"the missing one joins two threads", []Message{m("b", "a"), m("d", "c"), m("c", "a")}, []int{0, 0, 0}},
		{"same id twice", []Message{m("a"), m("x"), m("a")}, []int{0, 1, 0}},
		{"cycle", []Message{m("a", "b"), m("b", "c"), m("c", "a")}, []int{0, 0, 0}},
	}
	for _, tt := range tests {
		if got := Group(tt.in); !slices.Equal(got, tt.want) {
			t.Errorf("%s: Group = %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestJoin(t *testing.T) {
	if _, _, found := Join[int](); found {
		t.Error("Join of nothing found a thread")
	}
	into, merge, found := Join(7, 3, 7, 5, 3)
	if into != 3 || !slices.Equal(merge, []int{5, 7}) || !found {
		t.Errorf("Join = %v %v %v", into, merge, found)
	}
}

// arrivals is what a store does, one message at a time.
type arrivals struct {
	threads map[string]int // by id
	of      []int          // by message
	seen    []Message
	next    int
}

func (a *arrivals) add(m Message) {
	var known []int
	for _, id := range append([]string{m.ID}, m.Refs...) {
		if n, ok := a.threads[id]; ok && id != "" {
			known = append(known, n)
		}
	}
	for i, other := range a.seen {
		if Follows(m, other) || Follows(other, m) {
			known = append(known, a.of[i])
		}
	}
	into, merge, found := Join(known...)
	if !found {
		into = a.next
		a.next++
	}
	a.seen, a.of = append(a.seen, m), append(a.of, into)
	for i, n := range a.of {
		if slices.Contains(merge, n) {
			a.of[i] = into
		}
	}
	for id, n := range a.threads {
		if slices.Contains(merge, n) {
			a.threads[id] = into
		}
	}
	for _, id := range append([]string{m.ID}, m.Refs...) {
		a.threads[id] = into
	}
}

// randomMail has few ids, subjects and people, so that much hangs together.
func randomMail(r *rand.Rand, n int) []Message {
	pick := func(of int, prefix string) string { return fmt.Sprint(prefix, r.IntN(of)) }
	messages := make([]Message, n)
	for i := range messages {
		m := &messages[i]
		m.ID = pick(2*n, "id")
		for range r.IntN(3) {
			m.Refs = append(m.Refs, pick(2*n, "id"))
		}
		m.Subject = []string{"", "Re: ", "Fwd: "}[r.IntN(3)] + pick(n/4+1, "subject")
		m.From = pick(4, "person")
		m.To = []string{pick(4, "person"), pick(4, "person")}
		m.Date = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(r.IntN(120*24)) * time.Hour)
	}
	return messages
}

// samePartition compares two namings of the threads of the same messages.
func samePartition(a, b []int) bool {
	forth, back := map[int]int{}, map[int]int{}
	for i := range a {
		f, okF := forth[a[i]]
		k, okB := back[b[i]]
		if okF && f != b[i] || okB && k != a[i] {
			return false
		}
		forth[a[i]], back[b[i]] = b[i], a[i]
	}
	return true
}

func TestThreadsDoNotDependOnArrivalOrder(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		messages := randomMail(r, 4+r.IntN(40))
		want := Group(messages)
		order := r.Perm(len(messages))
		a := arrivals{threads: map[string]int{}}
		shuffled := make([]Message, len(messages))
		for i, from := range order {
			shuffled[i] = messages[from]
			a.add(shuffled[i])
		}
		expected := make([]int, len(messages))
		for i, from := range order {
			expected[i] = want[from]
		}
		if !samePartition(a.of, expected) {
			t.Fatalf("seed %d: one by one %v, all at once %v", seed, a.of, expected)
		}
		if got := Group(shuffled); !samePartition(got, expected) {
			t.Fatalf("seed %d: in another order %v, want %v", seed, got, expected)
		}
	}
}

func FuzzKeys(f *testing.F) {
	f.Add("<a@x>", "re <b@x>", "<c@x> d@x <")
	f.Fuzz(func(t *testing.T, a, b, c string) {
		id, refs := Keys(a, b, c)
		if len(refs) > MaxRefs || slices.Contains(refs, id) && id != "" || slices.Contains(refs, "") {
			t.Fatalf("Keys = %q %q", id, refs)
		}
		again, _ := Keys("<"+id+">", "", "")
		if again != id {
			t.Fatalf("id %q became %q", id, again)
		}
	})
}

func FuzzBaseSubject(f *testing.F) {
	f.Add("Re: [x] Fwd: [Fwd: hello (fwd)]")
	f.Add("回复：İLT：x")
	f.Fuzz(func(t *testing.T, subject string) {
		base, _ := BaseSubject(subject)
		if again, reply := BaseSubject(base); again != base || reply {
			t.Fatalf("BaseSubject(%q) = %q, and of that %q, %v", subject, base, again, reply)
		}
	})
}

func BenchmarkGroup(b *testing.B) {
	alarms := make([]Message, 50_000)
	for i := range alarms {
		date := time.Date(2026, 1, 1, 0, i, 0, 0, time.UTC)
		alarms[i] = Message{ID: fmt.Sprint(i), Subject: "Re: alarm", From: "bot@x", To: []string{"bot@x"}, Date: date}
	}
	for name, messages := range map[string][]Message{
		"mixed 50,000":    randomMail(rand.New(rand.NewPCG(1, 1)), 50_000),
		"one bot, 50,000": alarms,
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				Group(messages)
			}
		})
	}
}
