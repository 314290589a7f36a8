// Command mailserver runs a private mail server to try things by hand: Dovecot
// with generated mail for alice (all mailboxes) and bob (INBOX only, for POP3),
// and an SMTP server that delivers to both. It prints where, and ends with
// Ctrl-C, with all its mail.
//
//	go run ./mail/mailtest/cmd/mailserver -n 2000
package main

import (
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/signal"

	"postrider/mail/mailtest"
	"postrider/mail/mailtest/gen"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("mailserver: ")
	n := flag.Int("n", 500, "number of generated messages")
	flag.Parse()
	if err := run(*n); err != nil {
		log.Fatal(err)
	}
}

func run(n int) (err error) {
	s, err := mailtest.Start()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Stop()) }()
	if _, err := s.Load("alice", gen.Options{N: n}); err != nil {
		return err
	}
	if _, err := s.Load("bob", gen.Options{N: n, Flat: true}); err != nil {
		return err
	}
	sink, err := mailtest.StartSubmission(mailtest.SubmissionOptions{Into: s})
	if err != nil {
		return err
	}
	defer sink.Stop()

	fmt.Printf("IMAP  %s  with TLS %s\nPOP3  %s  with TLS %s\nSMTP  %s  with TLS %s\nCA    %s\n",
		s.IMAP, s.IMAPS, s.POP3, s.POP3S, sink.SMTP, sink.SMTPS, s.CAFile)
	for _, user := range mailtest.Users {
		fmt.Printf("user  %s  password %s\n", user, mailtest.Password(user))
	}
	interrupt := make(chan os.Signal, 1)
	signal.Notify(interrupt, os.Interrupt)
	<-interrupt
	return nil
}
