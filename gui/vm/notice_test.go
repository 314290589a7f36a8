package vm

import (
	"strings"
	"testing"

	"postrider/mail/html"
	"postrider/mail/message"
)

// Whoever answers is told before where that goes, whatever the header claims.
func TestAnswersThatGoElsewhereAreTold(t *testing.T) {
	const boss = "From: Boss <boss@corp.example>\nTo: me@corp.example\n"
	for _, c := range []struct{ header, to string }{
		{boss, ""},
		{boss + "Reply-To: desk@mail.corp.example\n", ""},
		{boss + "Reply-To: boss@evil.example\n", "boss@evil.example"},
		{boss + "Reply-To: boss@corp.example, boss@evil.example\n", "boss@evil.example"},
		{boss + "Mail-Reply-To: boss@evil.example\n", "boss@evil.example"},
		{boss + "List-Id: <club.evil.example>\nReply-To: boss@evil.example\n", "boss@evil.example"},
		{boss + "List-Post: <mailto:club@lists.example>\nReply-To: club@lists.example\n", ""},
		{"From: Ada via Club <club@lists.example>\nList-Post: <mailto:club@lists.example>\nReply-To: ada@x.example\n", ""},
	} {
		h := message.ParseHeader([]byte(strings.ReplaceAll(c.header, "\n", "\r\n") + "\r\n")).Header
		b := &Body{Header: h}
		n, ok := b.replyNotice(Person{Name: h.From[0].Name, Addr: h.From[0].Addr})
		if ok != (c.to != "") || !strings.Contains(n.Text, c.to) {
			t.Errorf("%q: told %q", c.header, n.Text)
		}
	}
}

// The message of a file is told of as one that came: its name is as easily forged.
func TestMessagesOfFilesAreDoubtedToo(t *testing.T) {
	const raw = "From: \"Bank security@bank.example\" <x@evil.example>\r\nReply-To: y@other.example\r\nTo: me@corp.example\r\nContent-Type: text/html\r\n\r\n<img src=https://evil.example/a.png width=90 height=90>"
	m := message.ParseBytes([]byte(raw))
	kinds := map[NoticeKind]bool{}
	for _, n := range (&Roster{}).FileNotices(m, html.Parse(m.HTML())) {
		kinds[n.Kind] = true
	}
	for _, k := range []NoticeKind{NoticeDanger, NoticeReply, NoticePictures} {
		if !kinds[k] {
			t.Errorf("nothing is said of %v: %v", k, kinds)
		}
	}
}
