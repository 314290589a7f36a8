package dial

import (
	"bufio"
	"context"
	"encoding/base64"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"

	"golang.org/x/net/http/httpproxy"
	"golang.org/x/net/proxy"

	"postrider/accounts"
	"postrider/mail"
)

// proxyFor returns the proxy that leads to a server, nil for none.
func (d *Dialer) proxyFor(s *server) (*url.URL, error) {
	if accounts.Loopback(s.name) {
		return nil, nil
	}
	ask := d.Proxy
	if ask == nil {
		ask = proxyFromEnvironment
	}
	u, err := ask(s.addr())
	if err != nil { // its text may quote the proxy's password
		return nil, mail.Errorf(mail.KindInput, opConnect, "the proxy setting (ALL_PROXY) is no address such as socks5://localhost:1080")
	}
	return u, nil
}

// proxyFromEnvironment obeys ALL_PROXY and NO_PROXY. It leaves HTTP_PROXY and
// HTTPS_PROXY alone, which are for the web and seldom let mail through.
func proxyFromEnvironment(addr string) (*url.URL, error) {
	setting := env("ALL_PROXY", "all_proxy")
	if _, err := url.Parse(setting); err != nil {
		if _, err = url.Parse("http://" + setting); err != nil { // host:port alone is a habit
			return nil, err // httpproxy would connect without the proxy
		}
	}
	config := httpproxy.Config{HTTPSProxy: setting, NoProxy: env("NO_PROXY", "no_proxy")}
	return config.ProxyFunc()(&url.URL{Scheme: "https", Host: addr})
}

func env(names ...string) string {
	for _, name := range names {
		if value := os.Getenv(name); value != "" {
			return value
		}
	}
	return ""
}

// throughProxy connects through a SOCKS 5 or HTTP proxy, which also looks up
// the name: with a proxy for privacy, a look-up from here would tell.
func throughProxy(ctx context.Context, u *url.URL, s *server) (net.Conn, error) {
	var conn net.Conn
	var err error
	switch u.Scheme {
	case "socks5", "socks5h":
		conn, err = throughSOCKS(ctx, u, s.addr())
	case "http":
		conn, err = throughHTTP(ctx, u, s.addr())
	default:
		return nil, mail.Errorf(mail.KindInput, opConnect, "Postrider knows no proxies of the kind %q: use socks5 or http", u.Scheme)
	}
	if err == nil {
		return conn, nil
	}
	via := &server{Target: Target{Host: "the proxy " + u.Hostname(), Port: s.Port}}
	err = via.explain(opConnect, err)
	if e, ok := err.(*mail.Error); ok && e.Kind == mail.KindOffline {
		e.Message = fmt.Sprintf("the proxy %s does not lead to %s", u.Hostname(), s.Host)
	}
	return nil, err
}

func throughSOCKS(ctx context.Context, u *url.URL, addr string) (net.Conn, error) {
	dialer, err := proxy.FromURL(u, tcp())
	if err != nil {
		return nil, err
	}
	return dialer.(proxy.ContextDialer).DialContext(ctx, "tcp", addr)
}

// throughHTTP asks the proxy for a tunnel (RFC 9110 9.3.6).
func throughHTTP(ctx context.Context, u *url.URL, addr string) (net.Conn, error) {
	port := u.Port()
	if port == "" {
		port = "80"
	}
	conn, err := tcp().DialContext(ctx, "tcp", net.JoinHostPort(u.Hostname(), port))
	if err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	tunnel, err := askForTunnel(conn, u, addr)
	if !stop() && err == nil {
		err = ctx.Err()
	}
	if err != nil {
		conn.Close()
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		return nil, err
	}
	return tunnel, nil
}

func askForTunnel(conn net.Conn, u *url.URL, addr string) (net.Conn, error) {
	request := "CONNECT " + addr + " HTTP/1.1\r\nHost: " + addr + "\r\n"
	if u.User != nil {
		password, _ := u.User.Password()
		token := base64.StdEncoding.EncodeToString([]byte(u.User.Username() + ":" + password))
		request += "Proxy-Authorization: Basic " + token + "\r\n"
	}
	if _, err := conn.Write([]byte(request + "\r\n")); err != nil {
		return nil, err
	}
	r := bufio.NewReader(conn)
	answer, err := http.ReadResponse(r, &http.Request{Method: http.MethodConnect})
	if err != nil {
		return nil, err
	}
	if answer.StatusCode/100 != 2 {
		return nil, fmt.Errorf("the proxy answered %s", answer.Status)
	}
	return &tunnel{conn, r}, nil
}

// tunnel gives first what the proxy sent along with its answer: mail servers
// speak at once.
type tunnel struct {
	net.Conn
	r *bufio.Reader
}

// Read implements net.Conn.
func (t *tunnel) Read(p []byte) (int, error) { return t.r.Read(p) }
