package cli

import (
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"postrider/accounts"
	"postrider/mail"
)

// accountFlags are the settings of an account as flags: all of them for a new
// one, those that change for another.
type accountFlags struct {
	address, protocol, host, tls, user, name string
	smtpHost, smtpTLS, smtpUser, ca, pin     string
	keep, offline, without                   string
	noSMTP, stdin, noTest                    bool
	connections                              int
}

func (f *accountFlags) define(cmd *cobra.Command) {
	s := cmd.Flags()
	s.SortFlags = false
	s.StringVar(&f.address, "address", "", "the mail address")
	s.StringVar(&f.protocol, "protocol", "", "imap or pop3")
	s.StringVar(&f.host, "host", "", "the incoming server, `HOST[:PORT]`")
	s.StringVar(&f.tls, "tls", "", "tls, starttls, or none (on this computer only)")
	s.StringVar(&f.user, "user", "", "the user name, if it is not the address")
	s.StringVar(&f.name, "name", "", "the full name, for what you send")
	s.BoolVar(&f.stdin, "password-stdin", false, "read the password from stdin, one line")
	s.StringVar(&f.smtpHost, "smtp-host", "", "the outgoing server, `HOST[:PORT]`")
	s.StringVar(&f.smtpTLS, "smtp-tls", "", "tls, starttls or none")
	s.StringVar(&f.smtpUser, "smtp-user", "", "the user name there, if it is another")
	s.BoolVar(&f.noSMTP, "no-smtp", false, "the account does not send")
	s.StringVar(&f.ca, "ca", "", "trust this certificate authority, for this account (`FILE`, PEM)")
	s.StringVar(&f.pin, "pin", "", "accept exactly the certificate with this `SHA256`")
	s.StringVar(&f.keep, "keep", "", "POP3, the server's copy: forever, until-deleted, days:N or none")
	s.StringVar(&f.offline, "offline", "", "IMAP, bodies kept here: all, days:N or headers")
	s.IntVar(&f.connections, "max-connections", 0, "connections at the same time, at most")
	s.StringVar(&f.without, "without", "", "extensions of the server never to use, `EXT,…`")
	s.BoolVar(&f.noTest, "no-test", false, "do not try to connect and sign in first")
}

// apply changes an account by the flags that were given.
func (f *accountFlags) apply(a *app, given *pflag.FlagSet, acc *accounts.Account) (err error) {
	is := given.Changed
	set := func(flag string, to *string, value string) {
		if is(flag) {
			*to = value
		}
	}
	set("address", &acc.Address, f.address)
	set("name", &acc.Name, f.name)
	set("user", &acc.Incoming.User, f.user)
	if is("protocol") {
		acc.Protocol = accounts.Protocol(strings.ToLower(f.protocol))
	}
	if is("max-connections") {
		acc.MaxConnections = f.connections
	}
	if is("without") {
		acc.Without = strings.FieldsFunc(f.without, func(r rune) bool { return r == ',' || r == ' ' })
	}
	if is("keep") {
		if acc.Keep, err = accounts.ParseKeep(f.keep); err != nil {
			return usageError{err}
		}
	}
	if is("offline") {
		if acc.Offline, err = accounts.ParseOffline(f.offline); err != nil {
			return usageError{err}
		}
	}
	if err := server(&acc.Incoming, is("host"), f.host, is("tls"), f.tls); err != nil {
		return err
	}
	if err := f.outgoing(is, acc); err != nil {
		return err
	}
	return f.trust(a, is, acc)
}

// server changes where a service is and how it is protected. Another protection
// without a port means that protection's usual port.
func server(s *accounts.Server, newHost bool, host string, newTLS bool, tls string) (err error) {
	if newTLS {
		if t := accounts.TLS(strings.ToLower(tls)); t != s.TLS {
			s.TLS, s.Port = t, 0
		}
	}
	if newHost {
		if s.Host, s.Port, err = accounts.ParseHostPort(host); err != nil {
			return usageError{err}
		}
	}
	return nil
}

func (f *accountFlags) outgoing(is func(string) bool, acc *accounts.Account) error {
	changed := is("smtp-host") || is("smtp-tls") || is("smtp-user")
	switch {
	case f.noSMTP && changed:
		return usagef("--no-smtp goes with no other --smtp flag")
	case f.noSMTP:
		acc.Outgoing = nil
		return nil
	case !changed:
		return nil
	case acc.Outgoing == nil && !is("smtp-host"):
		return usagef("an outgoing server needs --smtp-host")
	case acc.Outgoing == nil:
		acc.Outgoing = &accounts.Server{}
	}
	if is("smtp-user") {
		acc.Outgoing.User = f.smtpUser
	}
	return server(acc.Outgoing, is("smtp-host"), f.smtpHost, is("smtp-tls"), f.smtpTLS)
}

// trust sets what certificates are accepted, the same for both servers.
func (f *accountFlags) trust(a *app, is func(string) bool, acc *accounts.Account) (err error) {
	if is("ca") && f.ca != "" {
		if f.ca, err = filepath.Abs(a.path(f.ca)); err != nil {
			return mail.Wrap(mail.KindInput, "find the certificate", err)
		}
	}
	for _, s := range []*accounts.Server{&acc.Incoming, acc.Outgoing} {
		if s == nil {
			continue
		}
		if is("ca") {
			s.CAFile = f.ca
		}
		if is("pin") {
			if s.Pin, err = accounts.ParsePin(f.pin); err != nil {
				return usageError{err}
			}
		}
	}
	return nil
}
