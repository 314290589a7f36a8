package smtp

import (
	"strings"
	"unicode"

	"postrider/mail"
)

// refusal makes an error of a reply that is not what was hoped for. One of 421
// says that the server hangs up.
func (c *Client) refusal(op string, r Reply) *mail.Error {
	e := &mail.Error{Op: op, Kind: kindOf(r), Message: sentence(r), Detail: printable(r.String())}
	if !c.opts.Secure {
		e.Detail = "unprotected, from the network: " + e.Detail
	}
	if r.Code == 421 {
		c.over = e
	}
	return e
}

// kindOf is what a refusal means. Sign-in is asked for by 530 and 535 (RFC 4954
// 6), and some servers say so where it would be too late.
func kindOf(r Reply) mail.Kind {
	switch {
	case r.Code == 530 && r.Enhanced != "5.7.10", r.Code == 535, r.Code == 534, r.Code == 538:
		return mail.KindSignIn
	case r.Code/100 == 4:
		return mail.KindBusy
	case r.Code/100 == 5:
		return mail.KindRefused
	}
	return mail.KindGarbled
}

// sentence says in our words what the common codes mean.
func sentence(r Reply) string {
	switch r.Enhanced {
	case "5.1.1", "5.1.10", "5.1.6":
		return "There is no such address."
	case "5.1.2", "5.1.3", "5.4.4":
		return "No server takes mail for this address."
	case "5.2.1":
		return "The mailbox of this address is closed."
	case "4.2.2", "5.2.2":
		return "The mailbox of this address is full."
	case "5.2.3", "5.3.4":
		return "The message is too large for the server."
	case "4.7.1", "4.7.0":
		return "The server asks to try again later."
	case "4.5.3", "5.5.3":
		return "The server takes no more recipients at a time."
	}
	switch r.Code {
	case 421, 450, 451:
		return "The server asks to try again later."
	case 452:
		return "The server has no room at the moment."
	case 530, 534, 535, 538:
		return "The server does not accept this sign-in."
	case 550, 551, 553:
		return "The server refuses this address."
	case 552:
		return "The message is too large, or the mailbox full."
	case 554:
		return "The server refuses the message."
	}
	return "The server refused."
}

// printable is a server's text without what could act on a terminal.
func printable(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	if len(s) > 1000 {
		s = strings.ToValidUTF8(s[:1000], "") + "…"
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, s)
}
