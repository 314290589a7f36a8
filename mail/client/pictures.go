package client

import (
	"time"

	"postrider/mail/dial"
	"postrider/mail/fetch"
)

// Pictures brings remote pictures of mails that the person has allowed; see
// package fetch.
type Pictures = fetch.Pictures

// Pictures returns a collection of remote pictures, to be closed when no mail is
// shown any more.
func (c *Client) Pictures() *Pictures { return fetch.NewPictures(c.dialer) }

// FetchPictures returns a collection for those who open no store, with a server's
// silence bounded by timeout, if that is not 0.
func FetchPictures(now func() time.Time, timeout time.Duration) *Pictures {
	return fetch.NewPictures(&dial.Dialer{Now: now, Connect: timeout, Handshake: timeout})
}
