package gen

import (
	"encoding/base64"
	"strings"
	"unicode/utf16"
)

// MaildirName returns the directory of a mailbox below a Maildir++ root, ""
// for INBOX. The mailbox is UTF-8, with "/" between its levels.
func MaildirName(mailbox string) string {
	if mailbox == "INBOX" {
		return ""
	}
	return "." + strings.ReplaceAll(modifiedUTF7(mailbox), "/", ".")
}

// modifiedUTF7 is the mailbox name encoding of RFC 3501 5.1.3.
func modifiedUTF7(s string) string {
	var out strings.Builder
	var foreign []rune
	flush := func() {
		if len(foreign) > 0 {
			out.WriteString("&" + base64UTF16(foreign) + "-")
			foreign = foreign[:0]
		}
	}
	for _, c := range s {
		if c < 0x20 || c > 0x7e {
			foreign = append(foreign, c)
			continue
		}
		flush()
		if c == '&' {
			out.WriteString("&-")
		} else {
			out.WriteRune(c)
		}
	}
	flush()
	return out.String()
}

func base64UTF16(runes []rune) string {
	var b []byte
	for _, u := range utf16.Encode(runes) {
		b = append(b, byte(u>>8), byte(u))
	}
	return strings.ReplaceAll(base64.RawStdEncoding.EncodeToString(b), "/", ",")
}
