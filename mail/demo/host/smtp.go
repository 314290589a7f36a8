package host

import (
	"bytes"
	"fmt"
	"io"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

const smtpTimeout = 5 * time.Minute // RFC 5321 4.5.3.2

// maxMessage is what SMTP takes, as the larger providers do.
const maxMessage = 35 << 20

func (h *Host) newSMTP(logger smtp.Logger) *smtp.Server {
	s := smtp.NewServer(smtp.BackendFunc(func(*smtp.Conn) (smtp.Session, error) {
		return &submission{host: h}, nil
	}))
	s.Domain = "localhost"
	s.ErrorLog = logger
	s.ReadTimeout, s.WriteTimeout = smtpTimeout, smtpTimeout
	s.MaxMessageBytes = maxMessage
	s.MaxRecipients = 100
	s.EnableSMTPUTF8 = true
	return s
}

// submission is one SMTP connection (RFC 6409). Mail to the host's own users
// is delivered; any other is taken, and goes nowhere.
type submission struct {
	host *Host
	user *User
	from string
	to   []string
}

// AuthMechanisms implements smtp.AuthSession.
func (s *submission) AuthMechanisms() []string { return []string{sasl.Plain} }

// Auth implements smtp.AuthSession.
func (s *submission) Auth(mechanism string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(identity, login, password string) error {
		u, ok := s.host.signIn(login, password)
		if !ok || identity != "" && identity != login {
			return smtp.ErrAuthFailed
		}
		s.user = u
		return nil
	}), nil
}

// Mail implements smtp.Session.
func (s *submission) Mail(from string, _ *smtp.MailOptions) error {
	if s.user == nil {
		return smtp.ErrAuthRequired
	}
	s.from = from
	return nil
}

// Rcpt implements smtp.Session.
func (s *submission) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = append(s.to, to)
	return nil
}

// Data implements smtp.Session.
func (s *submission) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	delivered := map[*User]bool{}
	for _, to := range s.to {
		u, ok := s.host.byAddress(to)
		if !ok || delivered[u] {
			continue
		}
		delivered[u] = true
		content := append(s.trace(to), raw...)
		u.Deliver(inbox, Mail{Date: s.host.now(), Content: func() []byte { return content }})
	}
	return nil
}

// trace makes the lines that a delivery adds (RFC 5321 4.4).
func (s *submission) trace(to string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "Return-Path: <%s>\r\n", s.from)
	fmt.Fprintf(&b, "Received: from localhost by localhost with ESMTPSA\r\n\tfor <%s>; %s\r\n", to, s.host.now().Format(time.RFC1123Z))
	return b.Bytes()
}

// Reset implements smtp.Session.
func (s *submission) Reset() { s.from, s.to = "", nil }

// Logout implements smtp.Session.
func (s *submission) Logout() error { return nil }
