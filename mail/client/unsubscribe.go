package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"postrider/mail"
)

// unsubscribeTime is how long a list's server may take.
const unsubscribeTime = 30 * time.Second

// Unsubscribe tells a mailing list, by one POST and nothing else, that the
// person wants no more of it (RFC 8058). It is for a click on exactly that, and
// only for a link of a message whose header says that one click does. No cookie
// goes with it, no redirection is followed, and no page is shown; the link's
// host is asked, and it must not be of this computer or its network.
func (a *Accounts) Unsubscribe(ctx context.Context, link string) error {
	control := publicOnly
	if u, err := url.Parse(link); err == nil {
		if proxy, err := http.ProxyFromEnvironment(&http.Request{URL: u}); err == nil && proxy != nil {
			control = nil // what is dialled is the proxy, which may be near
		}
	}
	return unsubscribe(ctx, link, control)
}

func unsubscribe(ctx context.Context, link string, control func(network, address string, _ syscall.RawConn) error) error {
	return post(ctx, link, &http.Transport{
		Proxy: http.ProxyFromEnvironment, DisableKeepAlives: true, MaxResponseHeaderBytes: 64 << 10,
		DialContext: (&net.Dialer{Timeout: unsubscribeTime, Control: control}).DialContext,
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

// publicOnly lets a connection go to the public network alone: a mail must not
// make the person's click reach into their own.
func publicOnly(_, address string, _ syscall.RawConn) error {
	ap, err := netip.ParseAddrPort(address)
	if ip := ap.Addr().Unmap(); err != nil || !ip.IsGlobalUnicast() || ip.IsPrivate() {
		return &mail.Error{Op: "unsubscribe", Kind: mail.KindUnsafe, Message: fmt.Sprintf("the link leads to %s, which is in your own network", address)}
	}
	return nil
}
