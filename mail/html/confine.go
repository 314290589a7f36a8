package html

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
)

// Policies for a browser that shows a mail: nothing runs, nothing is sent, and
// nothing is loaded, or pictures alone.
const (
	alone    = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'">`
	pictures = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data: https:; form-action 'none'; base-uri 'none'">` +
		`<meta name="referrer" content="no-referrer">`
)

// Confine returns source, as it was written, with a Content-Security-Policy at
// its head, for whoever opens it in a browser: it loads nothing, or with remote
// only pictures by https, which are not told where they are shown.
func Confine(source string, remote bool) string {
	policy := alone
	if remote {
		policy = pictures
	}
	at := headOf(source)
	return source[:at] + policy + "\n" + source[at:]
}

// headOf is where the head's content begins in source: after all of doctype,
// html and head that are there. Before a doctype it would put a browser into
// quirks mode.
func headOf(source string) int {
	z := html.NewTokenizer(strings.NewReader(source))
	at, read := 0, 0
	for {
		kind := z.Next()
		raw := z.Raw()
		read += len(raw)
		switch kind {
		case html.DoctypeToken:
			at = read
		case html.CommentToken:
		case html.TextToken:
			if len(bytes.TrimSpace(raw)) > 0 && string(raw) != "\uFEFF" {
				return at
			}
		case html.StartTagToken:
			name, _ := z.TagName()
			switch string(name) {
			case "html":
				at = read
			case "head":
				return read
			default:
				return at
			}
		default:
			return at
		}
	}
}
