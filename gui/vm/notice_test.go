package vm

import (
	"strings"
	"testing"

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
