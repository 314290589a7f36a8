package accounts

import (
	"net"
	"net/netip"
	"strconv"
	"strings"

	"postrider/mail"
)

// SMTP names the outgoing service where IMAP and POP3 name the incoming ones.
const SMTP = "smtp"

// TLS says how a connection is protected.
type TLS string

// The ways; the zero value means implicit TLS.
const (
	ImplicitTLS TLS = "tls"      // TLS from the first byte (RFC 8314 3)
	StartTLS    TLS = "starttls" // an upgrade, which is then required
	NoTLS       TLS = "none"     // clear text: on loopback only
)

// Auth says with what to sign in.
type Auth string

// The ways; the zero value means password.
const (
	Password Auth = "password"
	OAuth    Auth = "oauth"
)

// Server is where and how to reach one service of an account.
type Server struct {
	Host   string `toml:"host"`
	Port   int    `toml:"port"`
	TLS    TLS    `toml:"tls"`
	User   string `toml:"user"`
	Auth   Auth   `toml:"auth,omitempty"`
	CAFile string `toml:"ca_file,omitempty"` // PEM: trusted for this server besides the system's authorities
	Pin    string `toml:"pin,omitempty"`     // SHA-256 of the one certificate to accept, 64 hex digits
}

// Addr is host:port, as net.Dial wants it.
func (s *Server) Addr() string { return net.JoinHostPort(s.Host, strconv.Itoa(s.Port)) }

func (s *Server) complete(service, user string) {
	s.Host = strings.TrimSuffix(strings.TrimSpace(s.Host), ".")
	if s.TLS == "" {
		s.TLS = ImplicitTLS
	}
	if s.Auth == "" {
		s.Auth = Password
	}
	if s.Port == 0 {
		s.Port = DefaultPort(service, s.TLS)
	}
	if s.User == "" {
		s.User = user
	}
	if pin, err := ParsePin(s.Pin); err == nil {
		s.Pin = pin
	}
}

// DefaultPort is the port registered for a service ("imap", "pop3", "smtp";
// RFC 8314 7), or 0 for another service.
func DefaultPort(service string, tls TLS) int {
	implicit := tls == ImplicitTLS || tls == ""
	switch {
	case service == string(IMAP) && implicit:
		return 993
	case service == string(IMAP):
		return 143
	case service == string(POP3) && implicit:
		return 995
	case service == string(POP3):
		return 110
	case service == SMTP && implicit:
		return 465
	case service == SMTP:
		return 587
	}
	return 0
}

// ParseHostPort takes apart HOST, HOST:PORT, [IPv6]:PORT or IPv6; the port is
// 0 where none was given. An error is of kind input.
func ParseHostPort(s string) (host string, port int, err error) {
	s = strings.TrimSpace(s)
	host = s
	if _, err := netip.ParseAddr(s); err == nil { // an IPv6 address has colons of its own
		return s, 0, nil
	}
	if inner, ok := strings.CutPrefix(s, "["); ok && strings.HasSuffix(s, "]") {
		host = strings.TrimSuffix(inner, "]")
	} else if strings.Contains(s, ":") && !strings.Contains(s, "://") {
		var digits string
		if host, digits, err = net.SplitHostPort(s); err != nil {
			return "", 0, mail.Errorf(mail.KindInput, "read the server's name", "%q is not a host name, nor a host name and port such as mail.example.org:993", s)
		}
		if port, err = parsePort(digits); err != nil {
			return "", 0, err
		}
	}
	return host, port, checkHost(host)
}

func parsePort(digits string) (int, error) {
	port, err := strconv.ParseUint(digits, 10, 16)
	if err != nil || port == 0 {
		return 0, mail.Errorf(mail.KindInput, "read the server's name", "%q is not a port: ports are numbers from 1 to 65535", digits)
	}
	return int(port), nil
}

// Loopback reports whether host can only mean this computer (RFC 6761 6.3).
func Loopback(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}
