package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"postrider/mail/dial"
)

// patience is how long one picture may take, from the first to the last byte.
const patience = 30 * time.Second

// maxRedirects is how often an address may lead to another.
const maxRedirects = 5

var (
	errAddress = errors.New("not an address of a page")
	errKind    = errors.New("what came is no picture")
	errLarge   = errors.New("the picture is too large")
)

// web asks for pictures over HTTPS.
type web struct {
	client *http.Client
	local  bool   // tests only: servers on this computer, too
	caFile string // tests only
}

func newWeb(d *dial.Dialer) *web {
	w := &web{}
	w.client = &http.Client{
		Timeout: patience,
		Transport: &http.Transport{
			DialTLSContext: func(ctx context.Context, _, addr string) (net.Conn, error) {
				host, port, err := net.SplitHostPort(addr)
				if err != nil {
					return nil, err
				}
				n, err := strconv.Atoi(port)
				if err != nil {
					return nil, err
				}
				return d.Dial(ctx, dial.Target{Host: host, Port: n, Stranger: !w.local, CAFile: w.caFile})
			},
			DialContext: func(context.Context, string, string) (net.Conn, error) {
				return nil, errors.New("pictures are not fetched in clear text")
			},
			MaxConnsPerHost: atOnce, IdleConnTimeout: time.Minute, ResponseHeaderTimeout: patience, MaxResponseHeaderBytes: 64 << 10,
			DisableCompression: true, // pictures are compressed; a bomb is not one of them
		},
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			r.Header.Del("Referer")
			if len(via) > maxRedirects {
				return errors.New("the address leads in circles")
			}
			return secure(r.URL)
		},
	}
	return w
}

// picture brings the bytes of a picture.
func (w *web) picture(ctx context.Context, ref string) ([]byte, error) {
	u, err := url.Parse(strings.TrimSpace(ref))
	if err != nil {
		return nil, err
	}
	if u.Scheme == "" && strings.HasPrefix(ref, "//") {
		u.Scheme = "https"
	}
	if err := secure(u); err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	r.Header.Set("User-Agent", "") // without it, Go's own name would be sent
	r.Header.Set("Accept", "image/*")
	answer, err := w.client.Do(r)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("the server says %s", answer.Status)
	}
	return read(answer)
}

// secure makes an http: address an https: one, and refuses all others. A name
// and password in it are left out: whose they are is not known.
func secure(u *url.URL) error {
	switch strings.ToLower(u.Scheme) {
	case "https":
	case "http":
		if u.Port() != "" && u.Port() != "80" {
			return errAddress
		}
		u.Host = u.Hostname()
		if strings.Contains(u.Host, ":") {
			u.Host = "[" + u.Host + "]"
		}
	default:
		return errAddress
	}
	if u.Hostname() == "" {
		return errAddress
	}
	u.Scheme, u.User, u.Fragment = "https", nil, ""
	return nil
}

// read takes the body, if it is a picture of a bearable size.
func read(answer *http.Response) ([]byte, error) {
	if answer.ContentLength > maxPicture {
		return nil, errLarge
	}
	data, err := io.ReadAll(io.LimitReader(answer.Body, maxPicture+1))
	switch {
	case err != nil:
		return nil, err
	case len(data) > maxPicture:
		return nil, errLarge
	case !isPicture(data, answer.Header.Get("Content-Type")):
		return nil, errKind
	}
	return data, nil
}

// isPicture goes by the bytes; of a drawing, which is text, also by what the
// server calls it.
func isPicture(data []byte, kind string) bool {
	return strings.HasPrefix(http.DetectContentType(data), "image/") || strings.HasPrefix(strings.ToLower(strings.TrimSpace(kind)), "image/svg+xml")
}
