package transfer

import (
	"encoding/base64"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// Modified UTF-7 (RFC 3501 5.1.3), in which Dovecot and Courier name folders
// on disk: "&" begins base64 of UTF-16, "-" ends it, "&-" is "&".

var utf7Base64 = base64.NewEncoding("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,").WithPadding(base64.NoPadding)

// decodeUTF7 returns s as it is where it is not well formed: then it was UTF-8.
func decodeUTF7(s string) string {
	var b strings.Builder
	for rest := s; ; {
		plain, after, found := strings.Cut(rest, "&")
		b.WriteString(plain)
		if !found {
			return b.String()
		}
		coded, next, closed := strings.Cut(after, "-")
		text, ok := decodeRun(coded)
		if !closed || !ok {
			return s
		}
		b.WriteString(text)
		rest = next
	}
}

func decodeRun(coded string) (string, bool) {
	if coded == "" {
		return "&", true
	}
	raw, err := utf7Base64.DecodeString(coded)
	if err != nil || len(raw)%2 != 0 {
		return "", false
	}
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = uint16(raw[2*i])<<8 | uint16(raw[2*i+1])
	}
	text := strings.ReplaceAll(string(utf16.Decode(units)), string(oneDot), ".")
	return text, !strings.ContainsRune(text, utf8.RuneError) && !strings.ContainsAny(text, "/\x00")
}

// oneDot stands for a dot in a name, which parts the levels of Maildir++. It
// looks the same; a coded dot would be an error, and Dovecot hides the folder.
const oneDot = '\u2024'

func encodeUTF7(s string) string {
	var b strings.Builder
	var run []rune
	flush := func() {
		if len(run) == 0 {
			return
		}
		var raw []byte
		for _, u := range utf16.Encode(run) {
			raw = append(raw, byte(u>>8), byte(u))
		}
		b.WriteString("&" + utf7Base64.EncodeToString(raw) + "-")
		run = run[:0]
	}
	for _, r := range s {
		if r == '.' {
			r = oneDot
		}
		if r < ' ' || r > '~' {
			run = append(run, r)
			continue
		}
		flush()
		if r == '&' {
			b.WriteString("&-")
			continue
		}
		b.WriteRune(r)
	}
	flush()
	return b.String()
}
