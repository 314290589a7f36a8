package dial

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"postrider/accounts"
)

// now is the tests' clock.
var now = time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC)

func clock() time.Time { return now }

// authority signs certificates for tests.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	file string // its certificate as PEM
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{}
	pair := a.issue(t, func(c *x509.Certificate) {
		c.Subject = pkix.Name{CommonName: "Test Authority"}
		c.IsCA, c.BasicConstraintsValid = true, true
		c.KeyUsage, c.ExtKeyUsage, c.IPAddresses, c.DNSNames = x509.KeyUsageCertSign, nil, nil, nil
	})
	a.cert, a.key = pair.Leaf, pair.PrivateKey.(*ecdsa.PrivateKey)
	a.file = filepath.Join(t.TempDir(), "ca.pem")
	writePEM(t, a.file, a.cert)
	return a
}

func writePEM(t *testing.T, path string, cert *x509.Certificate) {
	t.Helper()
	block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw})
	if err := os.WriteFile(path, block, 0o600); err != nil {
		t.Fatal(err)
	}
}

// issue makes a certificate for 127.0.0.1 and localhost, good for a year around
// now, after edit. Without a certificate of its own, a signs nothing: the new
// one is self-signed.
func (a *authority) issue(t *testing.T, edit func(*x509.Certificate)) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	c := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: "localhost"},
		NotBefore:    now.AddDate(0, -6, 0), NotAfter: now.AddDate(0, 6, 0),
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames:    []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	if edit != nil {
		edit(c)
	}
	parent, signer := c, key
	if a.cert != nil {
		parent, signer = a.cert, a.key
	}
	der, err := x509.CreateCertificate(rand.Reader, c, parent, key.Public(), signer)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}
}

// listen serves each connection on loopback until the test ends.
func listen(t *testing.T, serve func(net.Conn)) Target {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { conn.Close() })
			go serve(conn)
		}
	}()
	t.Cleanup(func() { l.Close(); <-done })
	return Target{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port}
}

// serveTLS answers over TLS with "hello" and then echoes.
func serveTLS(t *testing.T, config *tls.Config) Target {
	return listen(t, func(conn net.Conn) { echo(tls.Server(conn, config)) })
}

func echo(conn net.Conn) {
	defer conn.Close()
	if _, err := io.WriteString(conn, "hello"); err == nil {
		io.Copy(conn, conn)
	}
}

func serving(cert tls.Certificate) *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{cert}, Time: clock}
}

func dialer() *Dialer { return &Dialer{Now: clock} }

func starttls(t Target) Target {
	t.TLS = accounts.StartTLS
	return t
}
