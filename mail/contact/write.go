package contact

import (
	"bufio"
	"io"
	"strings"

	"github.com/emersion/go-vcard"

	"postrider/mail"
)

// Write writes contacts as vCards (RFC 6350).
func Write(w io.Writer, list []Contact) error {
	b := bufio.NewWriter(w)
	enc := vcard.NewEncoder(b)
	for _, c := range list {
		if err := enc.Encode(cardOf(c)); err != nil {
			return mail.Wrap(mail.KindDisk, "write the contacts", err)
		}
	}
	return mail.Wrap(mail.KindDisk, "write the contacts", b.Flush())
}

func cardOf(c Contact) vcard.Card {
	card := vcard.Card{}
	card.SetValue("VERSION", "4.0")
	card.SetValue("FN", clean(c.Name))
	if c.UID != "" {
		card.SetValue("UID", clean(c.UID))
	}
	if c.Group {
		card.SetValue("KIND", "group")
		for _, m := range c.Members {
			if strings.Contains(m, "@") {
				m = "mailto:" + m
			}
			card.AddValue("MEMBER", clean(m))
		}
	}
	for _, a := range c.Addresses {
		card.AddValue("EMAIL", clean(a))
	}
	return card
}
