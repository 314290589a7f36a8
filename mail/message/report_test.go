package message

import (
	"bytes"
	"strings"
	"testing"
)

const bounce = "From: MAILER-DAEMON@mx.test\r\nTo: anna@example.org\r\nSubject: Undelivered\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=B\r\n\r\n" +
	"--B\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.test\r\nArrival-Date: Mon, 02 Mar 2026 10:00:00 +0000\r\n\r\n" +
	"Final-Recipient: rfc822; bob@x.test\r\nOriginal-Recipient: rfc822;robert@x.test\r\nAction: Failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1\r\n  no such user\r\n\r\n" +
	"Final-Recipient: rfc822; carl@x.test\r\nAction: delayed\r\nStatus: 4.2.2\r\n\r\n--B\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <sent@example.org>\r\nSubject: Tea\r\n\r\nhi\r\n--B--\r\n"

func TestBounceIsUnderstood(t *testing.T) {
	r := ParseBytes([]byte(bounce)).Report()
	if r == nil || r.Read || !r.Failed() || r.MessageID != "sent@example.org" || r.Subject != "Tea" || len(r.Recipients) != 2 {
		t.Fatalf("%+v", r)
	}
	if got := r.Recipients[0]; got != (ReportedRecipient{"robert@x.test", "failed", "5.1.1", "550 5.1.1  no such user"}) && got.Words != "550 5.1.1 no such user" {
		t.Errorf("%+v", got)
	}
	if got := r.Recipients[1]; got.Address != "carl@x.test" || got.Action != "delayed" {
		t.Errorf("%+v", got)
	}
	if ParseBytes([]byte(question)).Report() != nil {
		t.Error("a letter is taken for a report")
	}
}

const asks = "From: Bob <bob@x.test>\r\nTo: anna@example.org\r\nSubject: Re: Tea\r\nMessage-ID: <q@x.test>\r\nDisposition-Notification-To: Bob <bob@x.test>\r\n\r\nhi\r\n"

func TestReceipt(t *testing.T) {
	m := ParseBytes([]byte(asks))
	r, ok := m.Receipt(own, written)
	if !ok {
		t.Fatal("no receipt is offered")
	}
	var b bytes.Buffer
	if err := r.Write(&b); err != nil {
		t.Fatal(err)
	}
	wellFormed(t, b.Bytes())
	back := ParseBytes(b.Bytes())
	rep := back.Report()
	if rep == nil || !rep.Read || rep.MessageID != "q@x.test" || rep.Recipients[0].Address != "anna@example.org" || rep.Recipients[0].Action != "displayed" ||
		back.Subject != "Read: Tea" || back.AutoSubmitted != "auto-replied" || back.InReplyTo != "q@x.test" {
		t.Errorf("%+v\n%s", rep, b.String())
	}
	if back.ReceiptTo() != nil {
		t.Error("a receipt asks for a receipt")
	}
}

func TestNoReceiptIsOffered(t *testing.T) {
	for what, change := range map[string][2]string{
		"to somebody else": {"Bob <bob@x.test>\r\n\r\n", "spy@x.test\r\n\r\n"}, "to two": {"Bob <bob@x.test>\r\n\r\n", "bob@x.test, spy@x.test\r\n\r\n"},
		"to a list": {"Subject:", "List-Id: <l.x.test>\r\nSubject:"}, "to a machine": {"Subject:", "Auto-Submitted: auto-generated\r\nSubject:"},
		"without being asked": {"Disposition-Notification-To", "X-Other"}, "to a newsletter": {"Subject:", "List-Unsubscribe: <https://x.test/u>\r\nSubject:"},
	} {
		if to := ParseBytes([]byte(strings.Replace(asks, change[0], change[1], 1))).ReceiptTo(); to != nil {
			t.Errorf("%s: %v", what, to)
		}
	}
}

func FuzzReport(f *testing.F) {
	f.Add([]byte(bounce))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if r := ParseBytes(raw).Report(); r != nil && len(r.Recipients) > maxReported {
			t.Errorf("%d recipients", len(r.Recipients))
		}
	})
}
