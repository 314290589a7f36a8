package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"postrider/mail"
	"postrider/mail/mailtest/gen"
	"postrider/mail/query"
)

// generated fills the first account with generated mail, as a driver would, and
// returns what must be found.
func (r *room) generated(n int) (probes map[string]int) {
	r.t.Helper()
	names := gen.Mailboxes()
	r.listed(acct, names...)
	plan, probes := gen.New(gen.Options{N: n}), map[string]int{}
	lists := map[string][]Seen{}
	for i := range n {
		m := plan.Message(i)
		raw := gen.CRLF(m.Raw)
		o := Seen{UID: mail.UID(i + 1), Received: m.Date, Size: int64(len(raw)), Staged: r.stage(raw)}
		lists[m.Mailbox] = append(lists[m.Mailbox], o)
		for _, p := range m.Probes {
			probes[p]++
		}
	}
	for name, list := range lists {
		for batch := range slices.Chunk(list, 200) {
			r.seen(r.box(name), batch...)
		}
	}
	r.must(r.Indexed(r.ctx))
	return probes
}

func (r *room) found(text string, in ...mail.MailboxID) []string {
	r.t.Helper()
	rows, err := r.search(text, in...)
	r.must(err)
	return subjects(rows)
}

// TestSearchFindsExactlyTheProbes in generated mail of nine charsets and all
// transfer encodings: Latin, Cyrillic and Chinese words, and a phrase.
func TestSearchFindsExactlyTheProbes(t *testing.T) {
	r := newRoom(t)
	probes := r.generated(600)
	if len(probes) < 6 {
		t.Fatalf("only %d probes are in it", len(probes))
	}
	for probe, want := range probes {
		if got := r.found(`"` + probe + `"`); len(got) != want {
			t.Errorf("%q is found %d times, want %d", probe, len(got), want)
		}
	}
	r.newestFirst(probes)
}

// newestFirst looks at the order and the fields of rows that were found.
func (r *room) newestFirst(probes map[string]int) {
	r.t.Helper()
	for probe := range probes {
		rows, err := r.search(`"` + probe + `"`)
		r.must(err)
		if !slices.IsSortedFunc(rows, func(a, b Row) int { return b.Date.Compare(a.Date) }) {
			r.t.Errorf("%q is not found newest first", probe)
		}
		for _, row := range rows {
			if row.Path == "" || row.Account != acct || row.FromAddr == "" || !row.Here || row.Date.IsZero() {
				r.t.Errorf("a row that was found is %+v", row)
			}
		}
	}
}

// letters for what people search by.
var letters = []struct{ name, raw string }{
	{"plan", "From: Anna Müller <anna@example.org>\r\nTo: bob@example.net\r\nSubject: plan\r\nDate: Mon, 05 Jan 2026 10:00:00 +0000\r\n\r\nthe engine in Größenordnung\r\n"},
	{"bill", "From: shop@example.com\r\nTo: bob@example.net\r\nCc: carl@example.net\r\nSubject: bill\r\nDate: Mon, 12 Jan 2026 10:00:00 +0000\r\n" +
		"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nsee attached\r\n--x\r\nContent-Type: application/pdf\r\n" +
		"Content-Disposition: attachment; filename=\"invoice-77.pdf\"\r\n\r\nengine\r\n--x--\r\n"},
	{"北京", "From: li@example.cn\r\nTo: bob@example.net\r\nSubject: =?utf-8?B?5YyX5Lqs?=\r\nDate: Mon, 19 Jan 2026 10:00:00 +0000\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n特別招待 会議室\r\n"},
	{"مرحبا", "From: omar@example.org\r\nTo: bob@example.net\r\nSubject: =?utf-8?B?2YXYsdit2KjYpw==?=\r\nDate: Mon, 26 Jan 2026 10:00:00 +0000\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nاجتماع مهم\r\n"},
	{"anna", "From: Zoe <zoe@example.org>\r\nTo: anna@example.org\r\nSubject: anna\r\nDate: Mon, 02 Feb 2026 10:00:00 +0000\r\n\r\nengine, Groessenordnung, it's 100% C++\r\n"},
}

// TestSearchOperators: each narrows as it says, alone and together.
func TestSearchOperators(t *testing.T) {
	r := newRoom(t)
	ids := map[string]mail.PlacementID{}
	for i, l := range letters {
		box := r.box([]string{"INBOX", "A"}[i%2])
		r.seen(box, r.whole(mail.UID(i+1), []byte(l.raw)))
		ids[l.name] = r.find(box, l.name).ID
	}
	r.must(r.Indexed(r.ctx))
	r.do(flags(ids["plan"], `\Seen`, `\Flagged`, `\Answered`))
	r.do(flags(ids["bill"], "Work_1", "$Forwarded"))
	for text, want := range map[string][]string{
		"engine":                  {"anna", "plan"},
		"ENGINE":                  {"anna", "plan"},
		"engine -plan":            {"anna"},
		"from:anna":               {"plan"},
		"to:anna":                 {"anna"},
		"anna":                    {"anna", "plan"},
		"from:anna@example.org":   {"plan"},
		"from:müller":             {"plan"},
		"from:muller":             {"plan"},
		"größenordnung":           {"plan"},
		"cc:carl":                 {"bill"},
		"subject:plan":            {"plan"},
		"filename:invoice":        {"bill"},
		"has:attachment":          {"bill"},
		"-has:attachment engine":  {"anna", "plan"},
		"is:unread":               {"anna", "مرحبا", "北京", "bill"},
		"is:read":                 {"plan"},
		"is:starred":              {"plan"},
		"is:answered":             {"plan"},
		"tag:work_1":              {"bill"},
		"tag:work%1":              {},
		"in:A":                    {"مرحبا", "bill"},
		"in:nowhere":              {},
		"account:imap0001 engine": {"anna", "plan"},
		"account:imap0002":        {},
		"before:2026-01-12":       {"plan"},
		"after:2026-01-26":        {"anna", "مرحبا"},
		"after:2026-01-12 before:2026-01-20 example": {"北京", "bill"},
		"is:starred OR carl":                         {"bill", "plan"},
		"(carl OR zoe) -is:read":                     {"anna", "bill"},
		"larger:250":                                 {"bill"},
		"eng*":                                       {"anna", "plan"},
		`"engine in"`:                                {"plan"},
		`"in engine"`:                                {},
		"北京":                                         {"北京"},
		"招待":                                         {"北京"},
		"会議":                                         {"北京"},
		"اجتماع":                                     {"مرحبا"},
		"nosuchwordanywhere":                         {},
		"nosuchwordanywhere OR 招待":                   {"北京"},
	} {
		got := r.found(text)
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s finds %q, want %q", text, got, want)
		}
	}
	if got := r.found("engine", r.box("A")); len(got) != 0 {
		t.Errorf("in A alone there is %q", got)
	}
}

// TestSearchBoxIsNoProgram: whatever is typed is words; nothing of it reaches
// SQL or FTS5 as syntax.
func TestSearchBoxIsNoProgram(t *testing.T) {
	r := newRoom(t)
	raw := letter("x", "x", `he said "NEAR(a b)" AND subject:* OR {body} : ^c -- '; DROP TABLE message`)
	r.seen(r.box("INBOX"), r.whole(1, raw))
	r.must(r.Indexed(r.ctx))
	for _, text := range []string{
		`"`, `""`, `"""`, `*`, `**`, `-`, `--`, `(`, `)`, `()`, `AND`, `OR`, `NOT`, `NEAR`, `NEAR(a b, 2)`, `a NEAR b`, `{subject} : x`, `subject : x`,
		`subject:"`, `subject:*`, `^x`, `x^`, `+x`, `x + y`, `rowid:1`, `words MATCH 'x'`, `'; DROP TABLE message; --`, `%`, `_`, `\`, "\x00", "a\x00b",
		`subject:')`, `tag:%`, `tag:'`, `in:'"`, `x*y*`, `"a`, `a"b"c`, `OR OR OR`, `- - -`, `((((((((((((`, `-(`, `larger:`, `before:'`, "\u202e", "\xff\xfe",
		`"" ""`, `-""`, `- "x`, `body:{`, `from:)`, `rank:bm25`, `x AND`, `AND x`, `NOT`, `x NOT y`, `"x" * "y"`,
	} {
		if _, err := r.search(text); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, text := range []string{`"NEAR(a b)"`, `'; DROP TABLE message`, `subject:x`, `said`} {
		if got := r.found(text); len(got) != 1 {
			t.Errorf("%s finds %q", text, got)
		}
	}
}

// TestSearchFindsAMessageOnce in an account, however many copies it has; and in
// another account again.
func TestSearchFindsAMessageOnce(t *testing.T) {
	r := newRoom(t)
	raw := letter("x", "x", "wombat")
	for _, box := range []string{"INBOX", "A", "imap0002/INBOX"} {
		r.seen(r.box(box), r.whole(1, raw))
	}
	r.must(r.Indexed(r.ctx))
	if got := r.found("wombat"); len(got) != 2 {
		t.Errorf("found %q", got)
	}
}

// TestSearchFollowsTheMessages: what was moved is found where it is, what was
// deleted is not.
func TestSearchFollowsTheMessages(t *testing.T) {
	r := newRoom(t)
	id := r.arrive(r.box("INBOX"), "wombat")
	r.must(r.Indexed(r.ctx))
	r.do(moveTo(r.box("A"), id))
	if rows, err := r.search("wombat"); err != nil || len(rows) != 1 || rows[0].Path != "A" {
		t.Errorf("%+v, %v", rows, err)
	}
	r.do(expunge(id))
	if got := r.found("wombat"); len(got) != 0 {
		t.Errorf("found %q", got)
	}
}

// TestSearchGoesOnUntilItHasEnough: the newest thousand matches may all fail
// the rest of the query.
func TestSearchGoesOnUntilItHasEnough(t *testing.T) {
	r := newRoom(t)
	var list []Seen
	for i := range 450 {
		raw := dated(fmt.Sprint("wombat ", i), start.Add(time.Duration(i-1000)*time.Hour).Format(time.RFC1123Z))
		list = append(list, r.whole(mail.UID(i+1), raw, `\Seen`))
	}
	list[0].Flags = mail.Flags{}
	for batch := range slices.Chunk(list, 200) {
		r.seen(r.box("INBOX"), batch...)
	}
	r.must(r.Indexed(r.ctx))
	if got := r.found("wombat is:unread"); !slices.Equal(got, []string{"wombat 0"}) {
		t.Errorf("found %q", got)
	}
	found, err := r.Search(r.ctx, Search{Expr: query.Parse("wombat", query.Options{}).Expr, Limit: 7})
	if err != nil || len(found.Rows) != 7 || found.Rows[0].Subject != "wombat 449" {
		t.Errorf("the newest seven are %q, %v", subjects(found.Rows), err)
	}
}

// TestSearchSaysWhatItCouldNotLookAt: messages whose words are not in the index
// yet are counted.
func TestSearchSaysWhatItCouldNotLookAt(t *testing.T) {
	r := newRoom(t)
	r.arrive(r.box("INBOX"), "wombat")
	r.must(r.Indexed(r.ctx))
	r.index.stop()
	r.arrive(r.box("INBOX"), "another")
	found, err := r.Search(r.ctx, Search{Expr: query.Parse("wombat", query.Options{}).Expr, Limit: 7})
	if err != nil || found.Waiting != 1 || len(found.Rows) != 1 {
		t.Errorf("%+v, %v", found, err)
	}
	r.restart()
}

// restart opens the store anew without closing what was stopped by the test.
func (r *room) restart() {
	r.t.Helper()
	dir := r.Dir()
	r.index = nil
	r.must(r.Store.Close())
	s, err := Open(r.ctx, dir, Options{Now: r.clock.now})
	r.must(err)
	r.Store = s
}

// TestFoundRowIsAListsRow: a result shows what the list shows.
func TestFoundRowIsAListsRow(t *testing.T) {
	r := newRoom(t)
	r.do(flags(r.arrive(r.box("INBOX"), "wombat"), `\Flagged`, "work"))
	r.must(r.Indexed(r.ctx))
	rows, err := r.search("wombat")
	r.must(err)
	want := r.find(r.box("INBOX"), "wombat")
	if len(rows) != 1 || rows[0] != want {
		t.Errorf("found %+v\nlisted %+v", rows, want)
	}
	if want.Snippet != "This is wombat." || want.FromName != "Ada" || want.UID != 1 || want.Attachments != 0 {
		t.Errorf("the row is %+v", want)
	}
}
