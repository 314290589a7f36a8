package client

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"postrider/mail"
	"postrider/mail/dial"
)

// unsubscribeTime is how long a list's server may take.
const unsubscribeTime = 30 * time.Second

// Unsubscribe tells a mailing list, by one POST and nothing else, that the
// person wants no more of it (RFC 8058). It is for a click on exactly that, and
// only for a link of a message whose header says that one click does. No cookie
// goes with it, no redirection is followed, and no page is shown; the link's
// host is asked, over the person's proxy if there is one, and it must not be of
// this computer or its network.
func (a *Accounts) Unsubscribe(ctx context.Context, link string) error {
	return unsubscribe(ctx, link, a.dialer, dial.Target{Stranger: true})
}

// unsubscribe connects as like says; its host and port are the link's.
func unsubscribe(ctx context.Context, link string, d *dial.Dialer, like dial.Target) error {
	return post(ctx, link, &http.Transport{
		DisableKeepAlives: true, MaxResponseHeaderBytes: 64 << 10,
		DialTLSContext: func(ctx context.Context, _, addr string) (net.Conn, error) {
			host, port, err := net.SplitHostPort(addr)
			if err != nil {
				return nil, err
			}
			to := like
			if to.Port, err = strconv.Atoi(port); err != nil {
				return nil, err
			}
			to.Host = host
			return d.Dial(ctx, to)
		},
	})
}

func post(ctx context.Context, link string, over http.RoundTripper) error {
	const op = "unsubscribe"
	u, err := url.Parse(link)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil {
		return mail.Errorf(mail.KindInput, op, "this link cannot be followed with one click")
	}
	ctx, cancel := context.WithTimeout(ctx, unsubscribeTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, u.String(), strings.NewReader("List-Unsubscribe=One-Click"))
	if err != nil {
		return mail.Wrap(mail.KindInput, op, err)
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("User-Agent", "")
	client := &http.Client{Transport: over, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	var own *mail.Error
	switch {
	case errors.As(err, &own):
		return own
	case err != nil:
		return &mail.Error{Op: op, Kind: mail.KindOffline, Message: u.Hostname() + " cannot be reached", Detail: err.Error(), Err: err}
	}
	defer resp.Body.Close()
	io.Copy(io.Discard, io.LimitReader(resp.Body, 64<<10))
	if resp.StatusCode/100 != 2 {
		return mail.Errorf(mail.KindRefused, op, "%s did not take the wish to unsubscribe (%s)", u.Hostname(), http.StatusText(resp.StatusCode))
	}
	return nil
}
