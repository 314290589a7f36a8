package mail

import (
	"slices"
	"strings"
)

// System is a set of the flags that every client knows, as bits.
type System uint16

// The flags of RFC 9051 2.3.2 and the registered keywords that mail programs
// share (RFC 5788). The values are stored: never renumber them.
const (
	Seen System = 1 << iota
	Flagged
	Answered
	Draft
	Deleted
	Forwarded
	Junk
	NotJunk
	MDNSent
)

var systemNames = []struct {
	bit  System
	name string
}{
	{Seen, `\Seen`}, {Flagged, `\Flagged`}, {Answered, `\Answered`}, {Draft, `\Draft`}, {Deleted, `\Deleted`},
	{Forwarded, "$Forwarded"}, {Junk, "$Junk"}, {NotJunk, "$NotJunk"}, {MDNSent, "$MDNSent"},
}

// keywordAliases are other spellings in the field of a flag above.
var keywordAliases = map[string]System{
	"forwarded": Forwarded, "junk": Junk, "notjunk": NotJunk, "nonjunk": NotJunk, "$nonjunk": NotJunk,
}

// Flags are the flags and keywords of one placement: comparable, and equal
// exactly when they mean the same. The zero value is no flags.
type Flags struct {
	System   System
	Keywords string // the other keywords, sorted, lower case folded apart, joined by one space
}

// FlagsOf makes Flags of the names a server or a person gave. Names compare
// without case (RFC 9051 2.3.2); \Recent and `\*` are not flags of a message
// and are left out, as is anything empty.
func FlagsOf(names ...string) Flags {
	var f Flags
	var words []string
	for _, name := range names {
		if bit, ok := systemFlag(name); ok {
			f.System |= bit
			continue
		}
		if name = cleanKeyword(name); name != "" && name[0] != '\\' {
			words = append(words, name)
		}
	}
	f.Keywords = joinKeywords(words)
	return f
}

// Bits makes Flags of system flags alone.
func Bits(s System) Flags { return Flags{System: s} }

func systemFlag(name string) (System, bool) {
	for _, s := range systemNames {
		if strings.EqualFold(name, s.name) {
			return s.bit, true
		}
	}
	bit, ok := keywordAliases[strings.ToLower(name)]
	return bit, ok
}

// cleanKeyword drops what would break our own joined form, and control bytes.
func cleanKeyword(name string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r == 0x7f {
			return -1
		}
		return r
	}, name)
}

func joinKeywords(words []string) string {
	slices.SortFunc(words, compareFold)
	words = slices.CompactFunc(words, strings.EqualFold)
	return strings.Join(words, " ")
}

func compareFold(a, b string) int { return strings.Compare(strings.ToLower(a), strings.ToLower(b)) }

// Has reports whether all of the system flags s are set.
func (f Flags) Has(s System) bool { return f.System&s == s }

// Words returns the keywords that are no system flags: the user's tags.
func (f Flags) Words() []string { return strings.Fields(f.Keywords) }

// Names returns all flags as IMAP writes them, system flags first.
func (f Flags) Names() []string { return append(f.SystemNames(), f.Words()...) }

// SystemNames returns the system flags as IMAP writes them.
func (f Flags) SystemNames() []string {
	names := []string{}
	for _, s := range systemNames {
		if f.System&s.bit != 0 {
			names = append(names, s.name)
		}
	}
	return names
}

// Empty reports whether no flag is set.
func (f Flags) Empty() bool { return f == Flags{} }

// Union returns the flags of both.
func (f Flags) Union(g Flags) Flags {
	return Flags{f.System | g.System, joinKeywords(append(f.Words(), g.Words()...))}
}

// Minus returns f without the flags of g.
func (f Flags) Minus(g Flags) Flags {
	drop := g.Words()
	keep := slices.DeleteFunc(f.Words(), func(w string) bool {
		return slices.ContainsFunc(drop, func(d string) bool { return strings.EqualFold(d, w) })
	})
	return Flags{f.System &^ g.System, joinKeywords(keep)}
}

// FlagPatch is what a person meant to change, never the set they saw: a patch
// made offline merges with what other clients did meanwhile.
type FlagPatch struct{ Add, Remove Flags }

// Apply returns f after the patch.
func (f Flags) Apply(p FlagPatch) Flags { return f.Minus(p.Remove).Union(p.Add) }

// Then returns the one patch that does p and after it q.
func (p FlagPatch) Then(q FlagPatch) FlagPatch {
	return FlagPatch{
		Add:    p.Add.Minus(q.Remove).Union(q.Add),
		Remove: p.Remove.Minus(q.Add).Union(q.Remove),
	}
}

// Inverse returns the patch that takes before.Apply(p) back to before, and
// touches nothing that p did not change.
func (p FlagPatch) Inverse(before Flags) FlagPatch {
	after := before.Apply(p)
	return FlagPatch{Add: before.Minus(after), Remove: after.Minus(before)}
}

// Empty reports whether the patch changes nothing.
func (p FlagPatch) Empty() bool { return p.Add.Empty() && p.Remove.Empty() }
