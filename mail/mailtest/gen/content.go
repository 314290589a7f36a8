package gen

import (
	"fmt"
	"html"
	"strings"
	"time"
	"unicode/utf8"
)

// content is the text of the message in the forms that its kind has.
func (d *draft) content() part {
	text := d.plainText(d.i, d.probes)
	plain := d.l.textPart("plain", text)
	switch {
	case d.kind == news && (d.l.charset != "us-ascii" || d.r.IntN(8) > 0):
		rich := d.richNewsletter()
		return multipart(d.r, "alternative", plain, rich)
	case d.kind == talk && d.r.IntN(3) == 0: // a person's HTML mail
		h := "<html><body><div>" + strings.ReplaceAll(html.EscapeString(text), "\n", "<br>\n") + "</div></body></html>\n"
		return multipart(d.r, "alternative", plain, d.l.textPart("html", h))
	}
	return plain
}

// richNewsletter is in UTF-8 and quoted-printable, as most real ones are,
// where the language's own form would be 7bit or 8bit.
func (d *draft) richNewsletter() part {
	l := d.l
	if l.charset == "us-ascii" || l.cte == "8bit" {
		l = &locale{charset: "utf-8", cte: "quoted-printable", words: l.words}
	}
	logo := d.r.IntN(8) == 0
	rich := l.textPart("html", d.newsletter(d.i, d.probes, logo))
	if !logo {
		return rich
	}
	picture := part{"Content-Type: image/png\nContent-ID: <logo@postrider.test>\nContent-Disposition: inline\nContent-Transfer-Encoding: base64",
		base64Lines(png(d.r, 64*64))}
	return multipart(d.r, "related", rich, picture)
}

// attach adds files, a forwarded message or an invitation to some messages.
func (d *draft) attach(body part) part {
	chance := 0.02
	if d.kind == talk {
		chance = 0.085
	}
	switch x := d.r.Float64(); {
	case x < chance:
		return d.files(body)
	case x < chance+0.008 && d.i > 100:
		return d.forward(body)
	case x < chance+0.016:
		return d.invitation(body)
	}
	return body
}

func (d *draft) files(body part) part {
	parts := []part{body}
	for k := 1 + d.r.IntN(2); k > 0; k-- {
		size := attachmentSize(d.r)
		parts = append(parts, d.attachment(d.r, d.l, size))
	}
	return multipart(d.r, "mixed", parts...)
}

// forward attaches an older message, without probe words: whether a search
// should find those would be open.
func (d *draft) forward(body part) part {
	inner := d.make(d.r.IntN(d.i-50), nil).Raw
	if len(inner) >= 100000 || !utf8.Valid(inner) {
		return body
	}
	return multipart(d.r, "mixed", body, part{"Content-Type: message/rfc822\nContent-Disposition: attachment", inner})
}

func (d *draft) invitation(body part) part {
	const stamp = "20060102T150000Z"
	start := time.Unix(d.date, 0).UTC()
	ics := fmt.Sprintf("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//rig//EN\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:%x@example.org\nDTSTART:%s\nDTEND:%s\nSUMMARY:%s\nEND:VEVENT\nEND:VCALENDAR\n",
		d.r.Uint64(), start.Format(stamp), start.Add(time.Hour).Format(stamp), d.sentence(d.r, locales[0], 4))
	return multipart(d.r, "alternative", body, part{"Content-Type: text/calendar; charset=utf-8; method=REQUEST\nContent-Transfer-Encoding: 8bit", []byte(ics)})
}
