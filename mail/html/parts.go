package html

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// partKind is what a part of a plain text is.
type partKind uint8

const (
	prose partKind = iota
	columns
	signature
	attribution
)

// part is a paragraph of plain text, or a block in columns.
type part struct {
	kind  partKind
	depth int
	text  string
}

// parts cuts lines into parts: at blank lines, at changes of depth, and where
// a quote, a signature or columns begin or end.
func parts(list []line) []part {
	var all []part
	for i := 0; i < len(list); {
		depth := list[i].depth
		end := i
		for end < len(list) && list[end].depth == depth {
			end++
		}
		deeper := end < len(list) && list[end].depth > depth
		all = appendRun(all, list[i:end], deeper)
		i = end
	}
	return all
}

// appendRun appends the parts of lines of one depth. deeper says that a quote
// follows, which they may introduce.
func appendRun(all []part, list []line, deeper bool) []part {
	kind := prose
	patch := false
	for i := 0; i < len(list); {
		if strings.TrimSpace(list[i].text) == "" {
			i++
			continue
		}
		if isSignature(list[i]) {
			kind = signature
		}
		end := i + 1
		for end < len(list) && strings.TrimSpace(list[end].text) != "" && !isSignature(list[end]) && !original(list[end].text) {
			end++
		}
		last := deeper && strings.TrimSpace(joinLines(list[end:], "")) == ""
		block, intro := list[i:end], []line(nil)
		i = end
		if last { // whatever is above it: a signature or a table, too
			n := len(block) - introduction(block)
			block, intro = block[:n], block[n:]
		}
		if len(block) > 0 {
			patch = patch && patchGoesOn(block) || beginsPatch(block)
			switch {
			case kind == signature:
				all = append(all, part{signature, block[0].depth, joinLines(block, "\n")})
			case patch || inColumns(block):
				all = appendColumns(all, block, len(all) > 0 && i > 0)
			default:
				all = append(all, proseOf(block))
			}
		}
		if len(intro) > 0 {
			all = append(all, part{attribution, intro[0].depth, joinLines(intro, " ")})
		}
	}
	return all
}

// proseOf makes a paragraph.
func proseOf(block []line) part {
	sep := "\n"
	if wrapped(block) {
		sep = " "
	}
	return part{prose, block[0].depth, joinLines(block, sep)}
}

func joinLines(block []line, sep string) string {
	var b strings.Builder
	for i, l := range block {
		if i > 0 {
			b.WriteString(sep)
		}
		b.WriteString(l.text)
	}
	return b.String()
}

// appendColumns appends a block in columns. Such blocks with a blank line
// between them are one, so that a patch stays whole.
func appendColumns(all []part, block []line, near bool) []part {
	text := joinLines(block, "\n")
	if n := len(all); near && n > 0 && all[n-1].kind == columns && all[n-1].depth == block[0].depth && len(all[n-1].text) < maxValue {
		all[n-1].text += "\n\n" + text
		return all
	}
	return append(all, part{columns, block[0].depth, text})
}

// introduction is how many of the last lines introduce a quote, 0 to 3.
func introduction(block []line) int {
	for n := 1; n <= min(3, len(block)); n++ {
		text := joinLines(block[len(block)-n:], " ")
		if !introduces(text) {
			continue
		}
		// A date or an address shows that the beginning is there.
		if n == len(block) || strings.ContainsAny(text, "0123456789") && (strings.Contains(text, "@") || strings.Count(text, " ") > 3) && startsSentence(text) {
			return n
		}
		if n == min(3, len(block)) {
			return 1
		}
	}
	return 0
}

func startsSentence(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return !unicode.IsLower(r)
}

// beginsPatch reports whether a block is the head of a patch or of a part of
// it.
func beginsPatch(block []line) bool {
	for i, l := range block {
		t := l.text
		if strings.HasPrefix(t, "diff --git ") || strings.HasPrefix(t, "@@ -") ||
			strings.HasPrefix(t, "--- ") && i+1 < len(block) && strings.HasPrefix(block[i+1].text, "+++ ") || strings.HasPrefix(t, "Index: ") && i+1 < len(block) && strings.HasPrefix(block[i+1].text, "====") {
			return true
		}
	}
	return false
}

// patchGoesOn reports whether a block belongs to the patch above it.
func patchGoesOn(block []line) bool {
	for _, l := range block {
		if strings.IndexByte(" +-@\\\t", l.text[0]) < 0 {
			return false
		}
	}
	return true
}

// inColumns reports whether a block loses its meaning in a proportional face:
// a table, a drawing, a program.
func inColumns(block []line) bool {
	boxes, pipes, rules, code, art, indented := 0, 0, 0, 0, 0, 0
	gaps := map[int]int{}
	for _, l := range block {
		t := l.text
		switch {
		case strings.ContainsFunc(t, func(r rune) bool { return r >= 0x2500 && r <= 0x259F }):
			boxes++
		case isRule(t):
			rules++
		case strings.Count(t, "|") >= 2:
			pipes++
		}
		if codeLike(t) {
			code++
		}
		if artLike(t) {
			art++
		}
		if strings.HasPrefix(t, "    ") || strings.HasPrefix(t, "\t") {
			indented++
		}
		for _, at := range gapEnds(t) {
			gaps[at]++
		}
	}
	n := len(block)
	if boxes > 0 || n > 1 && (pipes*2 >= n && pipes > 1 || pipes > 0 && rules > 0) {
		return true
	}
	for _, k := range gaps {
		if k > 1 && k*2 >= n-rules {
			return true
		}
	}
	return n > 1 && (code*5 >= n*3 || art*2 > n || indented == n && code > 0)
}

// isRule reports whether a line is drawn with signs, such as "+---+---+".
func isRule(t string) bool {
	t = strings.TrimSpace(t)
	return len(t) >= 5 && strings.Trim(t, "-=+|_ ") == "" && strings.ContainsAny(t, "-=")
}

// gapEnds are the columns at which text goes on after three spaces or a tab.
func gapEnds(t string) (ends []int) {
	spaces, col, seen := 0, 0, false
	for _, r := range t {
		switch {
		case r == '\t':
			spaces, col = spaces+3, (col/8+1)*8
			continue
		case r == ' ':
			spaces++
		default:
			if seen && spaces >= 3 && len(ends) < 16 {
				ends = append(ends, col)
			}
			spaces, seen = 0, true
		}
		col++
	}
	return ends
}

// codeLike reports whether a line looks like one of a program.
func codeLike(t string) bool {
	s := strings.TrimSpace(t)
	if s == "" {
		return false
	}
	switch s[len(s)-1] {
	case ';', '{', '}':
		return true
	}
	for _, p := range []string{"$ ", "# include", "#include", "#define", "// ", "/* ", ">>> ", "func ", "def ", "import ", "return ", "public ", "static ", "SELECT ", "sudo ", "if (", "for (", "while (", "</"} {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return s[0] == '<' && s[len(s)-1] == '>' && strings.Contains(s, "</")
}

// artLike reports whether a line is a drawing: more signs than letters.
func artLike(t string) bool {
	signs, all := 0, 0
	for _, r := range t {
		if unicode.IsSpace(r) {
			continue
		}
		all++
		if r < 0x80 && (unicode.IsPunct(r) || unicode.IsSymbol(r)) {
			signs++
		}
	}
	return all >= 4 && signs*2 > all
}
