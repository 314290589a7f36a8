package message

import (
	"strings"
	"unicode/utf8"
)

// flowWidth is how wide the lines of format=flowed text are, in characters
// (RFC 3676 4.2).
const flowWidth = 72

// flow writes text as format=flowed: long lines of prose are broken after a
// blank, which tells the reader's program to join them again.
func flow(text string) string {
	var b strings.Builder
	fenced := false
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n") {
		depth, rest := quoteDepth(line)
		if depth == 0 && isFence(rest) {
			fenced = !fenced
		}
		flowLine(&b, depth, rest, fenced)
	}
	return b.String()
}

func flowLine(b *strings.Builder, depth int, line string, whole bool) {
	quote := strings.Repeat(">", depth)
	if depth > 0 {
		quote += " "
	}
	if line == "-- " { // the mark of a signature is neither trimmed nor flowed (RFC 3676 4.3)
		b.WriteString(quote + line + "\n")
		return
	}
	line = strings.TrimRight(line, " \t")
	for {
		head, tail := line, ""
		if !whole {
			head, tail = cutFlow(line, flowWidth-len(quote))
		}
		if head == "" {
			b.WriteString(strings.TrimSuffix(quote, " ") + "\n")
			return
		}
		b.WriteString(quote)
		if quote == "" && (strings.HasPrefix(head, " ") || strings.HasPrefix(head, ">") || strings.HasPrefix(head, "From ")) {
			b.WriteByte(' ') // RFC 3676 4.4
		}
		b.WriteString(head + "\n")
		if line = tail; line == "" {
			return
		}
	}
}

// cutFlow cuts a line behind the last blank that fits, or the first that does
// not; what is left is not cut in front of something that would read as the
// beginning of a quote.
func cutFlow(line string, width int) (head, tail string) {
	if utf8.RuneCountInString(line) <= width {
		return line, ""
	}
	cut, n := 0, 0
	for i, r := range line {
		if n++; r != ' ' || i+1 == len(line) || line[i+1] == ' ' || line[i+1] == '>' {
			continue
		}
		if n <= width || cut == 0 {
			cut = i + 1
		}
		if n >= width {
			break
		}
	}
	if cut == 0 || line[:cut] == "-- " {
		return line, ""
	}
	return line[:cut], line[cut:]
}

// quoteDepth counts the ">" that a line begins with, blanks between them or
// not, and returns what stands behind them and one blank.
func quoteDepth(line string) (depth int, rest string) {
	rest = line
	for {
		next := rest
		if depth > 0 {
			next = strings.TrimPrefix(next, " ")
		}
		if !strings.HasPrefix(next, ">") {
			break
		}
		depth++
		rest = next[1:]
	}
	if depth > 0 {
		rest = strings.TrimPrefix(rest, " ")
	}
	return depth, rest
}

func isFence(line string) bool {
	line = strings.TrimLeft(line, " ")
	return strings.HasPrefix(line, "```") || strings.HasPrefix(line, "~~~")
}

// Unflow joins the lines of format=flowed text (RFC 3676 4.1), for showing or
// answering; quotes are written "> " a level.
func Unflow(text string, delSp bool) string {
	var b, para strings.Builder
	open, depth := false, 0
	end := func() {
		if open {
			b.WriteString(quoted(depth, para.String()) + "\n")
			para.Reset()
			open = false
		}
	}
	for line := range strings.SplitSeq(strings.TrimSuffix(text, "\n"), "\n") {
		n := len(line) - len(strings.TrimLeft(line, ">"))
		line = strings.TrimPrefix(line[n:], " ")
		if open && (n != depth || line == "-- ") {
			end()
		}
		depth = n
		soft := strings.HasSuffix(line, " ") && line != "-- "
		if soft && delSp {
			line = line[:len(line)-1]
		}
		para.WriteString(line)
		open = true
		if !soft {
			end()
		}
	}
	end()
	return strings.TrimSuffix(b.String(), "\n")
}

func quoted(depth int, line string) string {
	if depth == 0 {
		return line
	}
	return strings.TrimRight(strings.Repeat("> ", depth)+line, " ")
}
