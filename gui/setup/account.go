package setup

import (
	"encoding/hex"
	"strings"

	"postrider/gui/widgets"
)

// Security says how a connection is protected.
type Security uint8

// The ways, the usual one first.
const (
	TLS      Security = iota // from the first byte
	StartTLS                 // after a word in clear text
	NoTLS                    // clear text: for servers on this computer
)

var securityNames = []string{"TLS", "STARTTLS", "None (this computer only)"}

// Server is where and how to reach one service.
type Server struct {
	Host     string
	Port     int
	Security Security
	User     string
	Pin      string // the fingerprint of the one certificate to accept; "": any that the system trusts
}

// Account is what the screens ask for.
type Account struct {
	Address  string
	Name     string // the person's, for From
	Label    string // what the account is called here; "" is its address
	Protocol widgets.Protocol
	Incoming Server
	Sends    bool
	Outgoing Server
	Password string
	// OwnOutgoing says that sending has a sign-in of its own.
	OwnOutgoing      bool
	OutgoingPassword string
}

// service is what a port belongs to.
type service uint8

const (
	serviceIMAP service = iota
	servicePOP
	serviceSMTP
)

// ports has the registered ones (RFC 8314 7): with TLS from the start, and not.
var ports = map[service][2]int{serviceIMAP: {993, 143}, servicePOP: {995, 110}, serviceSMTP: {465, 587}}

func port(s service, sec Security) int {
	if sec == TLS {
		return ports[s][0]
	}
	return ports[s][1]
}

func incoming(p widgets.Protocol) service {
	if p == widgets.POP {
		return servicePOP
	}
	return serviceIMAP
}

// domain is what follows the @ of an address, or "".
func domain(address string) string {
	_, d, _ := strings.Cut(strings.TrimSpace(address), "@")
	return strings.ToLower(d)
}

// Guess fills in what is usual for an address where nothing better is known.
func Guess(address string, p widgets.Protocol) Account {
	a := Account{Address: strings.TrimSpace(address), Protocol: p, Sends: true}
	host := map[widgets.Protocol]string{widgets.IMAP: "imap.", widgets.POP: "pop."}[p]
	a.Incoming = Server{Host: host + domain(address), Port: port(incoming(p), TLS), User: a.Address}
	a.Outgoing = Server{Host: "smtp." + domain(address), Port: port(serviceSMTP, TLS), User: a.Address}
	return a
}

// AddressProblem says what is wrong with an address, or "".
func AddressProblem(address string) string {
	address = strings.TrimSpace(address)
	user, host, found := strings.Cut(address, "@")
	switch {
	case address == "":
		return "Type the address that your mail comes to."
	case !found:
		return "An address has an @ in it."
	case user == "":
		return "Something is missing before the @."
	case host == "" || strings.HasPrefix(host, ".") || strings.HasSuffix(host, "."):
		return "Something is missing after the @."
	case strings.ContainsAny(address, " \t,;<>\"") || strings.Contains(host, "@"):
		return "There is a character in it that addresses do not have."
	}
	return ""
}

// pinHint says where a fingerprint is to come from.
const pinHint = "SHA-256, from whoever runs the server. No other certificate is accepted then. Leave it empty if you do not know what this is."

// pinProblem says what is wrong with a fingerprint, or "".
func pinProblem(pin string) string {
	pin = pin[strings.LastIndexByte(pin, '=')+1:] // openssl: sha256 Fingerprint=AA:BB:…
	digits := strings.NewReplacer(":", "", " ", "").Replace(strings.TrimPrefix(strings.ToLower(pin), "sha256:"))
	if raw, err := hex.DecodeString(digits); err != nil || len(raw) != 32 && len(raw) != 0 {
		return "A fingerprint is 64 digits from 0 to 9 and a to f, with or without colons."
	}
	return ""
}

// hostProblem says what is wrong with a server's name, or "".
func hostProblem(host string) string {
	switch {
	case strings.TrimSpace(host) == "":
		return "Type the name of the server."
	case strings.ContainsAny(strings.TrimSpace(host), " /@"):
		return "A server’s name has no spaces, slashes or @ in it."
	}
	return ""
}
