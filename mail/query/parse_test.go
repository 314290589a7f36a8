package query

import (
	"reflect"
	"strings"
	"testing"
	"time"
)

func w(value string) Text               { return Text{Value: value} }
func in(field Field, value string) Text { return Text{Field: field, Value: value} }

var parseTests = []struct {
	text string
	want Expr
}{
	{"", And{}},
	{" \t　", And{}},
	{"hello", w("hello")},
	{"hello world", And{w("hello"), w("world")}},
	{`"hello  world"`, w("hello  world")},
	{`"say ""hi"" now"`, w(`say "hi" now`)},
	{"“Ada Lovelace” x", And{w("Ada Lovelace"), w("x")}},
	{"„Guten Tag“", w("Guten Tag")},
	{`"open end`, w("open end")},
	{"inv*", Text{Value: "inv", Prefix: true}},
	{`"annual rep"*`, Text{Value: "annual rep", Prefix: true}},
	{"a*b", w("a*b")},
	{"-spam", Not{w("spam")}},
	{"NOT spam", Not{w("spam")}},
	{"NOT -spam", w("spam")},
	{"-(a b)", Not{And{w("a"), w("b")}}},
	{`-"a b" -from:x`, And{Not{w("a b")}, Not{in(From, "x")}}},
	{"a OR b", Or{w("a"), w("b")}},
	{"x a OR b y", And{w("x"), Or{w("a"), w("b")}, w("y")}},
	{"(a b) OR c", Or{And{w("a"), w("b")}, w("c")}},
	{"(a (b c))", And{w("a"), w("b"), w("c")}},
	{"(a OR b) OR c", Or{w("a"), w("b"), w("c")}},
	{"a AND b", And{w("a"), w("b")}},
	{"a or b and not c", And{w("a"), w("or"), w("b"), w("and"), w("not"), w("c")}},

	{"from:ada", in(From, "ada")},
	{"FROM:Ada", in(From, "Ada")},
	{`from:"Ada Lovelace"`, in(From, "Ada Lovelace")},
	{"from: ada", in(From, "ada")},
	{`subject: "a b" c`, And{in(Subject, "a b"), w("c")}},
	{"from：ada", in(From, "ada")},
	{"from:ad*", Text{From, "ad", true}},
	{"from:(ada OR bob)", Or{in(From, "ada"), in(From, "bob")}},
	{"from:(ada to:me)", And{in(From, "ada"), in(To, "me")}},
	{"to:a@b.example cc:c body:d filename:x.pdf", And{in(To, "a@b.example"), in(Cc, "c"), in(Body, "d"), in(Filename, "x.pdf")}},
	{"subject:Re:", in(Subject, "Re:")},
	{"subject:12:30", in(Subject, "12:30")},

	{"is:unread", Is{Unread}}, {"is:read", Is{Read}}, {"is:starred", Is{Flagged}}, {"is:flagged", Is{Flagged}},
	{"is:answered", Is{Answered}}, {"is:draft", Is{Draft}}, {"is:forwarded", Is{Forwarded}}, {"IS:Tagged", Is{AnyTag}},
	{"has:attachment", Has{Attachment}},
	{"in:@inbox", In{"@inbox"}}, {`in:"My Mail/2026"`, In{"My Mail/2026"}},
	{"tag:work account:ada@x.example", And{Tagged{"work"}, InAccount{"ada@x.example"}}},
	{"larger:5M", Sized{true, 5 << 20}}, {"larger:1.5mb", Sized{true, 3 << 19}}, {"smaller:300k", Sized{false, 300 << 10}}, {"smaller:12", Sized{false, 12}},

	{"after:2026", Dated{After, When{Unit: InYear, Year: 2026}}},
	{"before:2026-03", Dated{Before, When{Unit: InMonth, Year: 2026, Month: 3}}},
	{"on:2026-03-05", Dated{On, When{Unit: InDay, Year: 2026, Month: 3, Day: 5}}},
	{"before:2026/3/5", Dated{Before, When{Unit: InDay, Year: 2026, Month: 3, Day: 5}}},
	{"after:7d", Dated{After, When{Unit: DaysAgo, Count: 7}}},
	{"older_than:1y", Dated{Before, When{Unit: YearsAgo, Count: 1}}},
	{"on:yesterday", Dated{On, When{Unit: DaysAgo, Count: 1}}},
	{"on:Today", Dated{On, When{Unit: DaysAgo}}},
}

func TestParse(t *testing.T) {
	for _, tt := range parseTests {
		q := Parse(tt.text, Options{})
		if !reflect.DeepEqual(q.Expr, tt.want) {
			t.Errorf("Parse(%q) = %#v\nwant %#v", tt.text, q.Expr, tt.want)
		}
		if len(q.Notes) > 0 {
			t.Errorf("Parse(%q) has notes %q", tt.text, q.Notes)
		}
	}
}

func TestWhatIsNoOperatorIsWords(t *testing.T) {
	tests := []struct {
		text string
		want Expr
		note string // part of the only note; "" for none
	}{
		{"Re: hello", And{w("Re:"), w("hello")}, ""},
		{"https://x.example/a?b=c", w("https://x.example/a?b=c"), ""},
		{"12:30", w("12:30"), ""},
		{"--force - —", w("--force"), ""},
		{"Portland OR", And{w("Portland"), w("OR")}, ""},
		{"OR NOT", Not{w("NOT")}, "" /* see below */},
		{"f(x) :-)", w("f(x)"), ""},
		{"(a", w("a"), ""},
		{"a) b", And{w("a)"), w("b")}, ""},
		{"() * \" ' -- ...", And{}, ""},
		{"a'; DROP TABLE x; --", And{w("a';"), w("DROP"), w("TABLE"), w("x;")}, ""},
		{"NEAR(a b) col:x ^y", And{w("NEAR(a"), w("b)"), w("col:x"), w("^y")}, `"col:"`},
		{"sender:ada", w("sender:ada"), `no operator "sender:"`},
		{"is:weird", w("is:weird"), `"weird" is no state`},
		{"before:soon", w("before:soon"), `"soon" is no date`},
		{"on:2026-02-30", w("on:2026-02-30"), "no date"},
		{"larger:big", w("larger:big"), "no size"},
		{"larger:99999999999999G", w("larger:99999999999999G"), "no size"},
		{"from:", And{}, `"from:" needs`},
		{"from: is:read", Is{Read}, `"from:" needs`},
		{"🎂", And{}, "cannot be searched"},
	}
	tests[5].want = And{w("OR"), w("NOT")}
	for _, tt := range tests {
		q := Parse(tt.text, Options{})
		if !reflect.DeepEqual(q.Expr, tt.want) {
			t.Errorf("Parse(%q) = %#v\nwant %#v", tt.text, q.Expr, tt.want)
		}
		switch {
		case tt.note == "" && len(q.Notes) > 0, tt.note != "" && len(q.Notes) != 1:
			t.Errorf("Parse(%q) notes: %q, want %q", tt.text, q.Notes, tt.note)
		case tt.note != "" && !strings.Contains(q.Notes[0], tt.note):
			t.Errorf("Parse(%q) note: %q, want %q", tt.text, q.Notes[0], tt.note)
		}
	}
}

func TestAsYouType(t *testing.T) {
	tests := []struct {
		text string
		want Expr
	}{
		{"hello wor", And{w("hello"), Text{Value: "wor", Prefix: true}}},
		{"hello world ", And{w("hello"), w("world")}},
		{"from:ad", Text{From, "ad", true}},
		{"from:", And{}},
		{"a from: ", w("a")},
		{"a OR", w("a")},
		{"a OR ", w("a")},
		{"a NOT", w("a")},
		{"a -", w("a")},
		{`"ada lov`, Text{Value: "ada lov", Prefix: true}},
		{`"ada lov"`, w("ada lov")},
		{"is:unread", Is{Unread}},
		{"(a b", And{w("a"), Text{Value: "b", Prefix: true}}},
	}
	for _, tt := range tests {
		q := Parse(tt.text, Options{AsYouType: true})
		if !reflect.DeepEqual(q.Expr, tt.want) {
			t.Errorf("Parse(%q) = %#v\nwant %#v", tt.text, q.Expr, tt.want)
		}
		if len(q.Notes) > 0 {
			t.Errorf("Parse(%q) has notes %q", tt.text, q.Notes)
		}
	}
}

func TestPastedPageIsBounded(t *testing.T) {
	q := Parse(strings.Repeat("word ", 10_000), Options{})
	if n := len(q.Expr.(And)); n != MaxTerms || len(q.Notes) != 1 {
		t.Errorf("%d terms and notes %q, want %d and one note", n, q.Notes, MaxTerms)
	}
	deep := Parse(strings.Repeat("-(", 100_000)+"a b", Options{})
	if len(Texts(negate(deep.Expr))) == 0 && len(Texts(deep.Expr)) == 0 {
		t.Errorf("deep parentheses lost the words: %#v", deep.Expr)
	}
}

func TestTextsAreThoseToHighlight(t *testing.T) {
	q := Parse("a -b (c OR from:d) is:read", Options{})
	want := []Text{w("a"), w("c"), in(From, "d")}
	if got := Texts(q.Expr); !reflect.DeepEqual(got, want) {
		t.Errorf("Texts = %v, want %v", got, want)
	}
}

func TestString(t *testing.T) {
	tests := []struct{ text, want string }{
		{`from:"Ada"  OR  to:b`, "from:Ada OR to:b"},
		{"(a b) OR c", "(a b) OR c"},
		{"NOT (a OR b)", "-(a OR b)"},
		{`"OR" "-x" "a b"* "is:read"`, `"OR" "-x" "a b"* "is:read"`},
		{"SINCE:2026/3 older:14d newer:1d", "after:2026-03 before:14d after:yesterday"},
		{"larger:2048k smaller:1000", "larger:2M smaller:1000"},
		{`in:"a ""b"" c"`, `in:"a ""b"" c"`},
	}
	for _, tt := range tests {
		if got := String(Parse(tt.text, Options{}).Expr); got != tt.want {
			t.Errorf("String(Parse(%q)) = %q, want %q", tt.text, got, tt.want)
		}
	}
	twice := Not{Not{w("x")}}
	if got := Parse(String(twice), Options{}).Expr; !reflect.DeepEqual(got, w("x")) {
		t.Errorf("not not x = %#v", got)
	}
}

func TestWhenRange(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip(err)
	}
	now := time.Date(2026, 3, 31, 15, 4, 5, 0, berlin)
	tests := []struct{ when, from, until string }{
		{"2026", "2026-01-01", "2027-01-01"},
		{"2026-02", "2026-02-01", "2026-03-01"},
		{"2024-02-29", "2024-02-29", "2024-03-01"},
		{"today", "2026-03-31", "2026-04-01"},
		{"yesterday", "2026-03-30", "2026-03-31"},
		{"7d", "2026-03-24", "2026-03-25"},
		{"2d", "2026-03-29", "2026-03-30"}, // clocks change: 23 hours
		{"2w", "2026-03-17", "2026-03-18"},
		{"1m", "2026-02-28", "2026-03-01"},
		{"25m", "2024-02-29", "2024-03-01"},
		{"1y", "2025-03-31", "2025-04-01"},
	}
	for _, tt := range tests {
		when, ok := ParseWhen(tt.when)
		if !ok {
			t.Errorf("ParseWhen(%q) failed", tt.when)
			continue
		}
		from, until := when.Range(now)
		const midnight = "2006-01-02 15:04 MST"
		if f, u := from.Format(midnight), until.Format(midnight); f[:16] != tt.from+" 00:00" || u[:16] != tt.until+" 00:00" {
			t.Errorf("%s is %s to %s, want %s to %s", tt.when, f, u, tt.from, tt.until)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, tt := range parseTests {
		f.Add(tt.text)
	}
	f.Add("OR NOT -(from:(a -b) :( --x “y\" ")
	f.Fuzz(func(t *testing.T, text string) {
		Parse(text, Options{AsYouType: true})
		first := Parse(text, Options{}).Expr
		printed := String(first)
		again := Parse(printed, Options{}).Expr
		if !reflect.DeepEqual(first, again) {
			t.Fatalf("%q parses to %#v,\nprints as %q,\nwhich parses to %#v", text, first, printed, again)
		}
	})
}
