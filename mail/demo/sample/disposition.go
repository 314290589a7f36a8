package sample

import "mime"

// disposition makes a Content-Disposition (RFC 2183, with RFC 2231 for names
// that are not ASCII).
func disposition(how, name string) string {
	return mime.FormatMediaType(how, map[string]string{"filename": name})
}
