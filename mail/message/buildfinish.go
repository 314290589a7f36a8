package message

import (
	"io"
	"time"

	"postrider/mail"
)

// Finished is a message that was written elsewhere, to be sent as it is.
type Finished struct {
	*Message
	From       string   // of the envelope: who passes it on, or wrote it; "" if it does not say
	To         []string // of the envelope, domains in ASCII, each once
	Resent     bool     // it is another's, passed on
	NewID      string   // the Message-ID that it gets as it has none
	open       func() (io.ReadCloser, error)
	additional headerWriter
}

// Finish reads a finished message. What it lacks and must have it gets: a
// Message-ID, a Date, and from as its sender. Kind input where it says no
// recipient, or one that cannot be.
func Finish(open func() (io.ReadCloser, error), from Address, now time.Time) (*Finished, error) {
	r, err := open()
	if err != nil {
		return nil, err
	}
	m, err := Parse(r)
	r.Close()
	if err != nil {
		return nil, mail.Wrap(mail.KindDisk, "read the message", err)
	}
	if len(m.Fields) == 0 {
		return nil, mail.Errorf(mail.KindInput, opSendFile, "this is no mail: it has no header")
	}
	f := &Finished{Message: m, open: open}
	f.envelope()
	f.complete(from, now)
	if len(f.To) == 0 {
		return nil, mail.Errorf(mail.KindInput, opSendFile, "the message names no recipient")
	}
	for _, to := range f.To {
		if err := CheckAddress(to); err != nil {
			return nil, err
		}
	}
	return f, nil
}

const opSendFile = "send the message"

// envelope finds from whom and to whom it goes: the newest Resent fields count,
// where there are any (RFC 5322 3.6.6).
func (f *Finished) envelope() {
	from, to := f.Message.From, append(append(append([]Address{}, f.Message.To...), f.Cc...), f.Bcc...)
	var resent []Address
	for _, name := range []string{"Resent-To", "Resent-Cc", "Resent-Bcc"} {
		for _, v := range f.Values(name) {
			resent = append(resent, ParseAddresses(v)...)
		}
	}
	if len(resent) > 0 {
		f.Resent = true
		from, to = ParseAddresses(f.Get("Resent-From")), resent
	}
	if len(from) > 0 {
		f.From = WireAddress(from[0].Addr)
	}
	f.To = (&Draft{To: to}).Recipients()
}

func (f *Finished) complete(from Address, now time.Time) {
	h := &f.additional
	if len(f.Message.From) == 0 {
		h.addresses("From", []Address{from})
	}
	if f.From == "" {
		f.From = WireAddress(from.Addr)
	}
	if f.Date.IsZero() && f.Get("Date") == "" {
		h.field("Date", now.Format(time.RFC1123Z))
	}
	if f.MessageID == "" {
		f.NewID = NewMessageID(f.From)
		h.ids("Message-ID", f.NewID)
	}
}

// Write writes it as it is to be kept: with CRLF line ends and what it lacked.
func (f *Finished) Write(w io.Writer) error {
	whole, err := Wire(f.open, WireOptions{KeepBcc: true, EightBit: true, UTF8: true})
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, f.additional.b.String()); err != nil {
		return err
	}
	return whole.Write(w)
}
