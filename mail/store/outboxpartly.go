package store

import (
	"fmt"
	"strings"

	"postrider/mail"
)

// partly says that a message which is called off is with some already, nil where
// nobody has it or nobody was to get it any more. It is asked before the message
// is called off, and told after that: whoever takes a message back has to know.
func (t *Tx) partly(o opRow) (told *mail.Error, err error) {
	if o.kind != mail.OpSend || o.state != mail.StatePending {
		return nil, nil
	}
	var have []string
	total := 0
	err = t.each(func(scan row) error {
		r, err := scanRecipient(scan)
		total++
		if r.State == mail.RecipientAccepted {
			have = append(have, r.Address)
		}
		return err
	}, `SELECT `+recipientColumns+` FROM recipient WHERE op = ? ORDER BY n`, o.id)
	if err != nil || len(have) == 0 {
		return nil, err
	}
	names := strings.Join(have[:min(len(have), 3)], ", ")
	if len(have) > 3 {
		names += " and others"
	}
	return &mail.Error{Op: "call the message off", Kind: mail.KindRefused,
		Message: fmt.Sprintf("%d of %d have the message already: %s. It is with what was sent, and goes to nobody else.", len(have), total, names)}, nil
}
