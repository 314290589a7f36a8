package host_test

import (
	"strings"
	"testing"
)

func TestPOP3Pipeline(t *testing.T) {
	r := start(t)
	for _, key := range []string{"one", "two", "three"} {
		r.nora.Deliver("INBOX", letter(key, 0))
	}
	d := r.pop3(t)
	d.signIn()
	d.say("STAT", "UIDL", "RETR 1", "RETR 2", "TOP 3 1", "RETR 4", "NOOP")
	d.want("+OK 3 ")
	d.want("+OK")
	uidls := d.rest()
	if len(uidls) != 3 || uidls[0] == uidls[1] {
		t.Errorf("UIDL %q", uidls)
	}
	for _, key := range []string{"one", "two"} {
		d.want("+OK")
		got := strings.Join(d.rest(), "\r\n") + "\r\n"
		if want := string(letter(key, 0).Content()); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	d.want("+OK")
	if top := d.rest(); top[len(top)-1] != "Dear Nora," {
		t.Errorf("TOP 3 1 ends with %q", top[len(top)-1])
	}
	d.want("-ERR")
	d.want("+OK")
}

func TestPOP3DeletesAtQuitOnly(t *testing.T) {
	r := start(t)
	r.nora.Deliver("INBOX", letter("one", 0))
	r.nora.Deliver("INBOX", letter("two", 0))
	d := r.pop3(t)
	d.signIn()
	d.say("DELE 1", "RETR 1")
	d.want("+OK")
	d.want("-ERR")
	if r.nora.Where("one") == "" {
		t.Fatal("deleted before QUIT")
	}
	d.say("RSET", "DELE 2", "QUIT")
	d.want("+OK")
	d.want("+OK")
	d.want("+OK")
	if r.nora.Where("one") == "" || r.nora.Where("two") != "" {
		t.Error("QUIT deleted the wrong one")
	}
}

func TestPOP3LocksTheMaildrop(t *testing.T) {
	r := start(t)
	first, second := r.pop3(t), r.pop3(t)
	first.signIn()
	second.say("USER nora", "PASS "+password)
	second.want("+OK")
	second.want("-ERR [IN-USE]")
	first.say("QUIT")
	first.want("+OK")
	if _, err := first.ReadByte(); err == nil { // the server hung up, and let the lock go
		t.Fatal("the session goes on after QUIT")
	}
	second.signIn()
}

func TestPOP3RefusesWithItsCode(t *testing.T) {
	r := start(t)
	d := r.pop3(t)
	d.say("STAT", "USER nora", "PASS wrong", "CAPA")
	d.want("-ERR")
	d.want("+OK")
	d.want("-ERR [AUTH]")
	d.want("+OK")
	capa := strings.Join(d.rest(), " ")
	for _, want := range []string{"UIDL", "TOP", "PIPELINING"} {
		if !strings.Contains(capa, want) {
			t.Errorf("CAPA lacks %s: %s", want, capa)
		}
	}
	d.say("USER " + strings.Repeat("x", 2000))
	d.want("-ERR")
}
