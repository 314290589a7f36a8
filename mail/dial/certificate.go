package dial

import (
	"bytes"
	"crypto/x509"
	"errors"
	"fmt"
	"strings"
	"time"

	"postrider/mail"
)

// distrust is the error for a certificate that was not accepted. Its detail
// has what a person compares before accepting the certificate with a pin.
func (t *trust) distrust(leaf *x509.Certificate, sentence string, err error) *mail.Error {
	detail := fmt.Sprintf("certificate of %s, issued by %s, valid %s to %s, SHA-256 fingerprint %s",
		leaf.Subject, leaf.Issuer, day(leaf.NotBefore), day(leaf.NotAfter), Fingerprint(leaf))
	return &mail.Error{Op: opConnect, Kind: mail.KindUnsafe, Message: sentence, Detail: printable(detail, maxDetail), Err: err}
}

// reason says in one sentence why verification failed with err.
func (t *trust) reason(leaf *x509.Certificate, err error) string {
	var (
		invalid x509.CertificateInvalidError
		host    x509.HostnameError
		unknown x509.UnknownAuthorityError
	)
	switch {
	case errors.As(err, &invalid):
		return t.invalid(invalid)
	case errors.As(err, &host):
		return t.wrongName(leaf)
	case errors.As(err, &unknown) && selfSigned(leaf):
		return "the certificate of " + t.host + " is self-signed: it does not prove that this is the right server"
	case errors.As(err, &unknown):
		return "the certificate of " + t.host + " comes from an authority that this computer does not know: " + issuer(leaf)
	}
	return "the certificate of " + t.host + " could not be verified"
}

func (t *trust) invalid(e x509.CertificateInvalidError) string {
	now := t.now()
	whose := "the certificate of " + t.host
	if e.Cert != nil && e.Cert.IsCA && e.Reason == x509.Expired {
		whose = "a certificate above that of " + t.host
	}
	switch {
	case e.Reason == x509.Expired && now.Before(e.Cert.NotBefore):
		return fmt.Sprintf("%s is not valid before %s; this computer's clock says %s and may be wrong", whose, day(e.Cert.NotBefore), day(now))
	case e.Reason == x509.Expired:
		return fmt.Sprintf("%s expired on %s; if this computer's clock, which says %s, is right, the server's keeper has to renew it", whose, day(e.Cert.NotAfter), day(now))
	case e.Reason == x509.IncompatibleUsage:
		return whose + " was not issued for servers, but for another use"
	}
	return whose + " is not valid: " + printable(e.Error(), maxDetail)
}

// wrongName says whose the certificate is.
func (t *trust) wrongName(leaf *x509.Certificate) string {
	var names []string
	names = append(names, leaf.DNSNames...)
	for _, ip := range leaf.IPAddresses {
		names = append(names, ip.String())
	}
	if len(names) == 0 {
		// Since RFC 6125 6.4.4, the subject's common name does not count.
		return fmt.Sprintf("the certificate of %s has no server name where it counts (it has a common name only: %q)", t.host, printable(leaf.Subject.CommonName, maxName))
	}
	more := ""
	if len(names) > 5 {
		more = fmt.Sprintf(" and %d more", len(names)-5)
		names = names[:5]
	}
	return fmt.Sprintf("the certificate that %s shows is for another server: %s%s", t.host, printable(strings.Join(names, ", "), maxDetail), more)
}

// selfSigned reports whether the certificate vouches for itself. It does not
// ask whether it is marked as an authority, as CheckSignatureFrom does.
func selfSigned(c *x509.Certificate) bool {
	return bytes.Equal(c.RawIssuer, c.RawSubject) && c.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature) == nil
}

func issuer(c *x509.Certificate) string {
	if c.Issuer.CommonName != "" {
		return printable(c.Issuer.CommonName, maxName)
	}
	return printable(c.Issuer.String(), maxName)
}

func day(t time.Time) string { return t.UTC().Format("2 January 2006") }
