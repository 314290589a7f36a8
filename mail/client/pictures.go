package client

import "postrider/mail/fetch"

// Pictures brings remote pictures of mails that the person has allowed; see
// package fetch.
type Pictures = fetch.Pictures

// Pictures returns a collection of remote pictures, to be closed when no mail is
// shown any more.
func (c *Client) Pictures() *Pictures { return fetch.NewPictures(c.dialer) }
