package sample

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"postrider/mail"
)

const inviteName = "invite.ics"

// invite is the alternative that calendars read (RFC 6047 2.4), of
// "summary | +3d 14:00 | 90m | place".
func (l *Letter) invite() (*part, error) {
	text, err := l.calendar()
	if err != nil {
		return nil, err
	}
	p := textPart("calendar", text, utf8Name, "")
	p.params["method"] = "REQUEST"
	return p, nil
}

// inviteFile is the same once more as a file, for programs that know no
// invitations; invite has reported what is wrong with it.
func (l *Letter) inviteFile() *part {
	p := filePart("application/ics", inviteName)
	text, _ := l.calendar()
	p.content = []byte(crlf(text))
	return p
}

func (l *Letter) calendar() (string, error) {
	c := columns(l.filler.fill(l.source.get("Event")))
	if len(c) != 4 {
		return "", mail.Errorf(mail.KindBug, opRead, "an event has four columns")
	}
	ahead, err := parseAge(strings.TrimPrefix(c[1], "+"))
	if err != nil {
		return "", err
	}
	length, err := time.ParseDuration(c[2])
	if err != nil {
		return "", mail.Wrap(mail.KindBug, opRead, err)
	}
	ahead.days = -ahead.days
	start := ahead.from(l.set.options.Now)
	organizer := l.From
	if reply, err := l.set.people.find(l.source.get("Reply-To")); err == nil && len(reply) == 1 {
		organizer = reply[0] // the sender is the calendar
	}
	lines := []string{
		"BEGIN:VCALENDAR", "PRODID:-//Example//Calendar 3.2//EN", "VERSION:2.0", "METHOD:REQUEST", "BEGIN:VEVENT",
		"UID:" + l.MessageID, "DTSTAMP:" + utcStamp(l.Date), "DTSTART:" + utcStamp(start), "DTEND:" + utcStamp(start.Add(length)),
		"SUMMARY:" + icsText(c[0]), "LOCATION:" + icsText(c[3]), "DESCRIPTION:" + icsText(l.filler.fill(l.source.body)),
		fmt.Sprintf("ORGANIZER;CN=%q:mailto:%s", organizer.Name, organizer.Address),
	}
	for _, p := range append(append([]Person{}, l.To...), l.Cc...) {
		lines = append(lines, fmt.Sprintf("ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=%q:mailto:%s", p.Name, p.Address))
	}
	lines = append(lines, "SEQUENCE:0", "STATUS:CONFIRMED", "END:VEVENT", "END:VCALENDAR")
	var b strings.Builder
	for _, line := range lines {
		b.WriteString(icsFold(line) + "\n")
	}
	return b.String(), nil
}

func utcStamp(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// icsText escapes text (RFC 5545 3.3.11).
func icsText(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
}

// icsFold folds a line at 75 octets, between letters (RFC 5545 3.1).
func icsFold(line string) string {
	var b strings.Builder
	room := 75
	for _, r := range line {
		n := utf8.RuneLen(r)
		if n > room {
			b.WriteString("\n ")
			room = 74
		}
		b.WriteRune(r)
		room -= n
	}
	return b.String()
}
