package wire

import (
	"encoding/base64"
	"encoding/json"
	"strings"
)

// saslName escapes a name for a GS2 header (RFC 5801 4).
func saslName(name string) string {
	return strings.NewReplacer("=", "=3D", ",", "=2C").Replace(name)
}

// sasl runs AUTHENTICATE with a mechanism of one message. The server asks for
// it with an empty challenge, unless SASL-IR sent it along; any other challenge
// is a refusal, to be met with dismiss so that the tagged answer follows.
func (c *Conn) sasl(mechanism, message, dismiss string) (s status, detail string, err error) {
	encoded := base64.StdEncoding.EncodeToString([]byte(message))
	c.script.hide(encoded)
	command, sent := "AUTHENTICATE "+mechanism, 0
	shown := command
	if c.Caps().Has("SASL-IR") {
		command, shown = command+" "+encoded, command+" [secret]"
	}
	s, err = c.exchange(command, shown, func(challenge string) (string, error) {
		if sent++; sent > 3 {
			return "", errContinue
		}
		if challenge == "" && sent == 1 {
			return encoded, nil
		}
		detail = oauthError(challenge)
		if dismiss == "*" {
			return dismiss, nil
		}
		return base64.StdEncoding.EncodeToString([]byte(dismiss)), nil
	})
	return s, detail, err
}

// oauthError is the status in a token's refusal (RFC 7628 3.2.2), if it is one.
func oauthError(challenge string) string {
	raw, err := base64.StdEncoding.DecodeString(challenge)
	if err != nil {
		return ""
	}
	var refusal struct{ Status, Scope string }
	if json.Unmarshal(raw, &refusal) != nil {
		return ""
	}
	return cleanWords(refusal.Status)
}
