package client

import (
	"time"

	"postrider/accounts/secret"
)

// Options say where and with what to work.
type Options struct {
	Dir      string         // the data folder
	Keyring  secret.Keyring // where passwords are
	ReadOnly bool           // read beside the process that writes; a folder without a store is written once to make it

	Now     func() time.Time // nil: time.Now
	Timeout time.Duration    // how long a server may stay silent; 0: the drivers' own patience

	Transcript       string // a file to which the wire log is appended; "": none
	TranscriptBodies bool   // message bodies go into it, too
	Recent           int    // how many bytes of the wire log to keep in memory, for Log; 0: none
	Trace            string // a file to which timing spans are appended; "": none
}

func (o *Options) now() time.Time {
	if o.Now != nil {
		return o.Now()
	}
	return time.Now()
}
