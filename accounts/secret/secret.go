package secret

import (
	"fmt"
	"io"
	"log/slog"
)

// hidden is what any way of printing shows.
const hidden = "[hidden]"

// Secret is a password, passphrase or token. Printing, logging and encoding
// it show "[hidden]"; only Reveal gives it out. The zero value is no secret.
// Do not compare secrets with ==.
type Secret struct {
	// A pointer, because package fmt calls no method on an unexported field of
	// somebody's struct, nor for %p: it then prints an address.
	value *string
}

// New makes a Secret of what a person typed or a server issued.
func New(value string) Secret { return Secret{&value} }

// Reveal gives the value out, to send it to the server it is for.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// Empty reports whether there is no secret.
func (s Secret) Empty() bool { return s.Reveal() == "" }

// Format answers every verb of package fmt.
func (s Secret) Format(f fmt.State, _ rune) { io.WriteString(f, hidden) }

func (s Secret) String() string   { return hidden }
func (s Secret) GoString() string { return hidden }

// MarshalText keeps the value out of JSON, XML and TOML.
func (s Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// LogValue keeps the value out of structured logs.
func (s Secret) LogValue() slog.Value { return slog.StringValue(hidden) }
