package dial

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"net"
	"os"
	"time"

	"postrider/accounts"
	"postrider/mail"
)

// trust decides whether a certificate is the server's.
type trust struct {
	host  string         // as the person knows it
	name  string         // as the certificate must have it
	roots *x509.CertPool // nil: the system's
	pin   string
	now   func() time.Time
}

func newTrust(s *server, now func() time.Time) (*trust, error) {
	pin, err := accounts.ParsePin(s.Pin)
	if err != nil {
		return nil, err
	}
	if now == nil {
		now = time.Now
	}
	roots, err := rootsWith(s.CAFile)
	return &trust{host: s.Host, name: s.name, roots: roots, pin: pin, now: now}, err
}

// rootsWith returns the system's authorities and those of a PEM file.
func rootsWith(file string) (*x509.CertPool, error) {
	if file == "" {
		return nil, nil
	}
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, mail.Errorf(mail.KindInput, opConnect, "the CA file cannot be read: %w", err)
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool() // a system without authorities: the file's alone
	}
	if !roots.AppendCertsFromPEM(pem) {
		return nil, mail.Errorf(mail.KindInput, opConnect, "the CA file %s holds no certificate in PEM form", file)
	}
	return roots, nil
}

// config makes a TLS configuration that leaves the certificate to verify. The
// check inside crypto/tls is off because it knows no pins, and its errors reach
// us through other packages as bare text; verify does what it does, always.
func (t *trust) config() *tls.Config {
	return &tls.Config{
		ServerName:         t.name,
		MinVersion:         tls.VersionTLS12,
		InsecureSkipVerify: true,
		VerifyConnection:   t.verify,
		Time:               t.now,
	}
}

// verify accepts the pinned certificate, if there is a pin, and no other; else
// one that is valid now, for this name and for servers, from a known authority.
func (t *trust) verify(state tls.ConnectionState) error {
	if len(state.PeerCertificates) == 0 {
		return &mail.Error{Op: opConnect, Kind: mail.KindUnsafe, Message: t.host + " sent no certificate"}
	}
	leaf := state.PeerCertificates[0]
	if t.pin != "" {
		return t.verifyPin(leaf)
	}
	opts := x509.VerifyOptions{
		Roots: t.roots, DNSName: t.name, CurrentTime: t.now(),
		Intermediates: x509.NewCertPool(),
		KeyUsages:     []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	for _, c := range state.PeerCertificates[1:] {
		opts.Intermediates.AddCert(c)
	}
	if _, err := leaf.Verify(opts); err != nil {
		return t.distrust(leaf, t.reason(leaf, err), err)
	}
	return nil
}

func (t *trust) verifyPin(leaf *x509.Certificate) error {
	if Fingerprint(leaf) == t.pin {
		return nil
	}
	return t.distrust(leaf, t.host+" shows another certificate than the one that this account accepts; it was renewed, or somebody is in between", nil)
}

// Fingerprint is the SHA-256 of a certificate, 64 hex digits: what pins hold.
func Fingerprint(cert *x509.Certificate) string {
	sum := sha256.Sum256(cert.Raw)
	return hex.EncodeToString(sum[:])
}

// handshake puts TLS over conn within the deadline.
func (s *server) handshake(ctx context.Context, conn net.Conn) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, s.wait)
	defer cancel()
	secure := tls.Client(conn, s.trust.config())
	if err := secure.HandshakeContext(ctx); err != nil {
		return nil, s.explainHandshake(err)
	}
	return secure, nil
}
