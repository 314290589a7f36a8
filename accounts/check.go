package accounts

import (
	"net/mail"
	"net/netip"
	"strings"
	"unicode"
	"unicode/utf8"

	pmail "postrider/mail"
)

const opCheck = "check the account's settings"

func wrong(format string, args ...any) error {
	return pmail.Errorf(pmail.KindInput, opCheck, format, args...)
}

// Check says in one sentence what is wrong with a completed account: an error
// of kind input, or unsafe for clear text to another computer.
func (a *Account) Check() error {
	if err := checkAddress(a.Address); err != nil {
		return err
	}
	if err := checkLine("name", a.Name); err != nil {
		return err
	}
	if err := checkLine("label", a.Label); err != nil {
		return err
	}
	if a.Protocol != IMAP && a.Protocol != POP3 {
		return wrong("%q is no protocol for incoming mail: use imap or pop3", a.Protocol)
	}
	if a.MaxConnections < 0 || a.MaxConnections > 20 {
		return wrong("max connections is %d: use 1 to 20, or 0 to let Postrider choose", a.MaxConnections)
	}
	if err := a.checkPolicies(); err != nil {
		return err
	}
	if err := a.Incoming.check(string(a.Protocol)); err != nil {
		return err
	}
	if a.Outgoing != nil {
		if err := a.Outgoing.check(SMTP); err != nil {
			return err
		}
	}
	return a.checkLists()
}

func (a *Account) checkPolicies() error {
	// "forever" is what an IMAP server does anyway: scripts give it to both kinds.
	if a.Protocol == IMAP && !a.Keep.IsZero() && a.Keep.Mode != KeepForever {
		return wrong("keep %s is for POP3 accounts: an IMAP server keeps what is not deleted", a.Keep)
	}
	if a.Protocol == POP3 && !a.Offline.IsZero() {
		return wrong("offline is for IMAP accounts: a POP3 account keeps all its mail on this computer")
	}
	if _, err := ParseKeep(a.Keep.String()); err != nil {
		return err
	}
	_, err := ParseOffline(a.Offline.String())
	return err
}

func (a *Account) checkLists() error {
	for _, name := range a.Without {
		if name == "" || strings.ContainsFunc(name, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return wrong("%q is not the name of a server extension", name)
		}
	}
	for _, id := range a.Identities {
		if err := checkAddress(id.Address); err != nil {
			return err
		}
		if err := checkLine("name", id.Name); err != nil {
			return err
		}
		if !utf8.ValidString(id.Signature) {
			return wrong("the signature of %s is not UTF-8 text", id.Address)
		}
		if id.ReplyTo == "" {
			continue
		}
		if err := checkAddress(id.ReplyTo); err != nil {
			return err
		}
	}
	return nil
}

func checkAddress(address string) error {
	if address == "" {
		return wrong("the e-mail address is missing")
	}
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Name != "" || parsed.Address != address {
		return wrong("%q is not an e-mail address such as anna@example.org", address)
	}
	return nil
}

// checkLine refuses what would break a header or a command in two.
func checkLine(what, s string) error {
	if strings.ContainsFunc(s, unicode.IsControl) || !utf8.ValidString(s) {
		return wrong("the %s contains a line break or a control character", what)
	}
	return nil
}

func (s *Server) check(service string) error {
	if err := checkHost(s.Host); err != nil {
		return err
	}
	if s.Port < 1 || s.Port > 65535 {
		return wrong("%d is not a port: ports are numbers from 1 to 65535", s.Port)
	}
	if err := checkLine("user name", s.User); err != nil {
		return err
	}
	if err := checkLine("name of the CA file", s.CAFile); err != nil {
		return err
	}
	if s.User == "" {
		return wrong("the user name for the %s server is missing", service)
	}
	if s.Auth != Password && s.Auth != OAuth {
		return wrong("%q is no way to sign in: use password or oauth", s.Auth)
	}
	if _, err := ParsePin(s.Pin); err != nil {
		return err
	}
	return s.checkTLS()
}

func (s *Server) checkTLS() error {
	switch s.TLS {
	case ImplicitTLS, StartTLS:
		return nil
	case NoTLS:
	default:
		return wrong("%q is no kind of protection: use tls or starttls (none only on this computer)", s.TLS)
	}
	if !Loopback(s.Host) {
		return pmail.Errorf(pmail.KindUnsafe, opCheck, "without TLS the password and all mail would cross the network readable by anyone; Postrider does that only on this computer, and %s is another one", s.Host)
	}
	if s.Pin != "" || s.CAFile != "" {
		return wrong("a pin or CA file needs TLS, and this server is set to none")
	}
	return nil
}

func checkHost(host string) error {
	if host == "" {
		return wrong("the server's host name is missing")
	}
	if strings.Contains(host, "://") {
		return wrong("%q is a web address: give the host name alone, such as imap.example.org", host)
	}
	if _, err := netip.ParseAddr(host); err == nil {
		return nil
	}
	if len(host) > 253 || host[0] == '-' || strings.Contains(host, "..") || strings.ContainsFunc(host, notInHost) {
		return wrong("%q is not a host name such as imap.example.org", host)
	}
	return nil
}

// notInHost lets letters of all scripts pass: dialing turns them into A-labels.
func notInHost(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && !strings.ContainsRune(".-_", r)
}
