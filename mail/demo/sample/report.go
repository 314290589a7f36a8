package sample

import (
	"fmt"
	"strings"
	"time"

	"postrider/mail"
)

// report makes a delivery status notification about the letter that this one
// answers (RFC 3464), of "address | 5.1.1 | what the other server said".
func (l *Letter) report(content bool) (*part, error) {
	c := columns(l.filler.fill(l.source.get("Bounce")))
	if len(c) != 3 || l.parent == nil {
		return nil, mail.Errorf(mail.KindBug, opRead, "a bounce has three columns, and a letter that it is about")
	}
	action := "failed"
	if strings.HasPrefix(c[1], "4") {
		action = "delayed"
	}
	status := fmt.Sprintf("Reporting-MTA: dns; %s\nArrival-Date: %s\n\nFinal-Recipient: rfc822; %s\nAction: %s\nStatus: %s\nRemote-MTA: dns; mx.%s\nDiagnostic-Code: smtp; %s\n",
		l.From.domain(), l.parent.Date.Format(time.RFC1123Z), c[0], action, c[1], Person{Address: c[0]}.domain(), c[2])
	original := &part{kind: "message/rfc822"}
	if content {
		original.content = l.parent.Raw()
	}
	return &part{
		kind: "multipart/report", params: map[string]string{"report-type": "delivery-status"},
		parts: []*part{l.plain(), {kind: "message/delivery-status", content: []byte(crlf(status))}, original},
	}, nil
}
