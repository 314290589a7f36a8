package host_test

import (
	"crypto/tls"
	"io"
	"net/smtp"
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"
)

func TestSentMailArrives(t *testing.T) {
	r := start(t)
	h, handler := listen()
	inbox := r.imap(t, handler)
	selectBox(t, inbox, "INBOX")
	idle, err := inbox.Idle()
	if err != nil {
		t.Fatal(err)
	}

	conn, err := tls.Dial("tcp", r.SMTP().String(), r.client)
	if err != nil {
		t.Fatal(err)
	}
	c, err := smtp.NewClient(conn, "127.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if err := c.Mail("nora@fernlight.example"); err == nil {
		t.Fatal("mail was taken without sign-in")
	}
	if err := c.Auth(smtp.PlainAuth("", "nora", password, "127.0.0.1")); err != nil {
		t.Fatal(err)
	}
	if err := c.Mail("nora@fernlight.example"); err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{"Office@Fernlight.example", "stranger@example.net"} {
		if err := c.Rcpt(to); err != nil {
			t.Fatal(err)
		}
	}
	w, err := c.Data()
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, "Subject: to myself\r\n\r\nhello\r\n")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}

	if n := <-h.exists; n != 1 {
		t.Errorf("EXISTS %d", n)
	}
	if err := idle.Close(); err != nil {
		t.Fatal(err)
	}
	if err := idle.Wait(); err != nil {
		t.Fatal(err)
	}
	section := &imap.FetchItemBodySection{Peek: true}
	list, err := inbox.Fetch(imap.SeqSetNum(1), &imap.FetchOptions{BodySection: []*imap.FetchItemBodySection{section}}).Collect()
	if err != nil {
		t.Fatal(err)
	}
	got := string(list[0].FindBodySection(section))
	if !strings.HasPrefix(got, "Return-Path: <nora@fernlight.example>\r\nReceived: ") || !strings.HasSuffix(got, "\r\n\r\nhello\r\n") {
		t.Errorf("got %q", got)
	}
}
