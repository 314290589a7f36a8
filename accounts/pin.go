package accounts

import (
	"encoding/hex"
	"strings"

	"postrider/mail"
)

// ParsePin brings a SHA-256 fingerprint, as people copy it from a browser or
// from openssl (AA:BB:…, sha256:…), to 64 lower-case hex digits. "" stays "".
func ParsePin(s string) (string, error) {
	s = strings.ToLower(strings.TrimSpace(s))
	if i := strings.LastIndexByte(s, '='); i >= 0 { // openssl: sha256 Fingerprint=AA:BB:…
		s = s[i+1:]
	}
	s = strings.TrimPrefix(s, "sha256:")
	pin := strings.NewReplacer(":", "", " ", "").Replace(s)
	if pin == "" {
		return "", nil
	}
	if raw, err := hex.DecodeString(pin); err != nil || len(raw) != 32 {
		return "", mail.Errorf(mail.KindInput, "read the pin", "a pin is the SHA-256 fingerprint of a certificate: 64 hex digits, with or without colons")
	}
	return pin, nil
}
