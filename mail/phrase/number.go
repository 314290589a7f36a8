package phrase

import (
	"strconv"
	"strings"
)

// Count groups the digits of a number: 1,204.
func Count(n int) string {
	text := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, text = "−", text[1:]
	}
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return sign + text
}

// Things counts things: "1 message", "1,204 messages".
func Things(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Count(n) + " " + many
}

// Messages counts messages.
func Messages(n int) string { return Things(n, "message", "messages") }

// Size is a number of bytes in the units that files are sold in, thousands:
// 812 bytes, 4.2 kB, 38 kB, 1.2 MB.
func Size(bytes int64) string {
	if bytes < 0 {
		bytes = 0
	}
	if bytes < 1000 {
		return Things(int(bytes), "byte", "bytes")
	}
	v, unit := float64(bytes)/1000, "kB"
	for _, next := range []string{"MB", "GB", "TB"} {
		if v < 999.5 {
			break
		}
		v, unit = v/1000, next
	}
	digits := 0
	if v < 9.95 {
		digits = 1
	}
	return strings.TrimSuffix(strconv.FormatFloat(v, 'f', digits, 64), ".0") + " " + unit
}

// Speed is bytes in a second: "1.2 MB/s".
func Speed(bytesPerSecond float64) string { return Size(int64(bytesPerSecond)) + "/s" }

// Some names the first things of a list and counts the rest: "Ada, Tomasz and 3
// others"; up to most are named.
func Some(names []string, most int) string {
	switch n := len(names); {
	case n == 0:
		return ""
	case n == 1:
		return names[0]
	case n <= most:
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	rest := len(names) - most
	return strings.Join(names[:most], ", ") + " and " + Things(rest, "other", "others")
}

// Sentence begins with a capital and ends with a point.
func Sentence(text string) string {
	if text = strings.TrimSpace(text); text == "" {
		return ""
	}
	text = Capital(text)
	if strings.ContainsAny(text[len(text)-1:], ".!?:") || strings.HasSuffix(text, "…") {
		return text
	}
	return text + "."
}

// Capital makes the first letter one.
func Capital(text string) string {
	for i, r := range text {
		return text[:i] + strings.ToUpper(string(r)) + text[i+len(string(r)):]
	}
	return text
}
