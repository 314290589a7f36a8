package mailtest

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"
)

// sinkSession is one connection to a Sink that wants no password.
type sinkSession struct {
	sink     *Sink
	conn     *smtp.Conn
	envelope Envelope
}

func (s *Sink) newSession(c *smtp.Conn) (smtp.Session, error) {
	session := &sinkSession{sink: s, conn: c}
	if s.opts.NoAuth {
		return session, nil
	}
	return &authSession{session}, nil
}

func (s *sinkSession) Mail(from string, _ *smtp.MailOptions) error {
	s.envelope.From = from
	return nil
}

func (s *sinkSession) Rcpt(to string, _ *smtp.RcptOptions) error {
	switch localPart(to) {
	case "reject":
		return refusal(550, smtp.EnhancedCode{5, 1, 1}, "No such user")
	case "tempfail":
		return refusal(451, smtp.EnhancedCode{4, 3, 0}, "Try again later")
	}
	s.envelope.To = append(s.envelope.To, to)
	return nil
}

func (s *sinkSession) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	if s.wants("badata") {
		return refusal(554, smtp.EnhancedCode{5, 6, 0}, "Content refused")
	}
	if s.wants("drop") {
		return s.hangUp()
	}
	if s.wants("slow") {
		<-s.sink.released
	}
	e := s.envelope
	e.To, e.Raw = slices.Clone(e.To), bytes.Clone(raw)
	if err := s.sink.keep(e); err != nil {
		return refusal(451, smtp.EnhancedCode{4, 2, 0}, "Delivery failed: "+err.Error())
	}
	if s.wants("lost") {
		return s.hangUp()
	}
	return nil
}

// wants reports whether a recipient asks for this trouble.
func (s *sinkSession) wants(trouble string) bool {
	return slices.ContainsFunc(s.envelope.To, func(to string) bool { return localPart(to) == trouble })
}

func (s *sinkSession) hangUp() error {
	s.conn.Conn().Close()
	return io.ErrClosedPipe
}

func (s *sinkSession) Reset()        { s.envelope = Envelope{User: s.envelope.User} }
func (s *sinkSession) Logout() error { return nil }

// authSession is one that insists on a password.
type authSession struct{ *sinkSession }

func (s *authSession) Mail(from string, opts *smtp.MailOptions) error {
	if s.envelope.User == "" {
		return refusal(530, smtp.EnhancedCode{5, 7, 0}, "Authentication required")
	}
	return s.sinkSession.Mail(from, opts)
}

func (s *authSession) AuthMechanisms() []string { return []string{sasl.Plain, sasl.Login} }

func (s *authSession) Auth(mechanism string) (sasl.Server, error) {
	switch mechanism {
	case sasl.Plain:
		return sasl.NewPlainServer(func(_, user, password string) error { return s.signIn(user, password) }), nil
	case sasl.Login:
		return &loginServer{signIn: s.signIn}, nil
	}
	return nil, errors.New("unknown mechanism")
}

func (s *authSession) signIn(user, password string) error {
	if !slices.Contains(Users, user) || password != Password(user) {
		return refusal(535, smtp.EnhancedCode{5, 7, 8}, "Authentication failed")
	}
	s.envelope.User = user
	return nil
}

// loginServer is the obsolete but common AUTH LOGIN, which go-sasl has for
// clients only.
type loginServer struct {
	signIn  func(user, password string) error
	user    string
	hasUser bool
}

func (l *loginServer) Next(response []byte) (challenge []byte, done bool, err error) {
	switch {
	case response == nil && !l.hasUser:
		return []byte("Username:"), false, nil
	case !l.hasUser:
		l.user, l.hasUser = string(response), true
		return []byte("Password:"), false, nil
	}
	return nil, true, l.signIn(l.user, string(response))
}

func refusal(code int, enhanced smtp.EnhancedCode, words string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: enhanced, Message: words}
}

func localPart(addr string) string {
	local, _, _ := strings.Cut(addr, "@")
	return local
}
