package client

import (
	"encoding/pem"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"postrider/mail"
	"postrider/mail/dial"
)

// stranger is a server of the test's own that may be asked.
func stranger(t *testing.T, h http.HandlerFunc) (*httptest.Server, dial.Target) {
	t.Helper()
	s := httptest.NewTLSServer(h)
	t.Cleanup(s.Close)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	return s, dial.Target{CAFile: ca}
}

func TestUnsubscribeRefusesOwnNetworkAndOtherLinks(t *testing.T) {
	asked := false
	s, _ := stranger(t, func(http.ResponseWriter, *http.Request) { asked = true })
	a := &Accounts{dialer: &dial.Dialer{}}
	for _, link := range []string{s.URL, "https://localhost:443/u", "https://192.168.1.1/u"} {
		if err := a.Unsubscribe(t.Context(), link); !mail.Is(err, mail.KindUnsafe) {
			t.Errorf("own network %s: %v", link, err)
		}
	}
	for _, link := range []string{"http://example.org/u", "mailto:x@example.org", "https://", "https://me:pw@example.org/", "javascript:1", "file:///etc/passwd"} {
		if err := unsubscribe(t.Context(), link, a.dialer, dial.Target{}); !mail.Is(err, mail.KindInput) {
			t.Errorf("%s: %v", link, err)
		}
	}
	if err := unsubscribe(t.Context(), s.URL, a.dialer, dial.Target{}); !mail.Is(err, mail.KindUnsafe) {
		t.Errorf("a certificate that nobody knows: %v", err)
	}
	if asked {
		t.Error("the server was asked")
	}
}

// Whoever has a proxy does not show their address, nor what they look up, to a
// list's server.
func TestUnsubscribeGoesThroughThePersonsProxy(t *testing.T) {
	asked := ""
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = r.Method + " " + r.Host
		w.WriteHeader(http.StatusForbidden)
	}))
	defer proxy.Close()
	t.Setenv("ALL_PROXY", proxy.URL)
	t.Setenv("NO_PROXY", "")
	a := &Accounts{dialer: &dial.Dialer{}}
	if err := a.Unsubscribe(t.Context(), "https://list.invalid/u"); !mail.Is(err, mail.KindOffline) || asked != "CONNECT list.invalid:443" {
		t.Errorf("%v; the proxy was asked %q", err, asked)
	}
	asked = ""
	if err := a.Unsubscribe(t.Context(), "https://10.0.0.1/u"); !mail.Is(err, mail.KindUnsafe) || asked != "" {
		t.Errorf("%v; the proxy was asked %q", err, asked)
	}
}

// What goes out is one POST with the words that the RFC says.
func TestUnsubscribeSaysWhatTheRFCSays(t *testing.T) {
	var got string
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got += r.Method + " " + string(body) + " " + r.Header.Get("Cookie") + r.Header.Get("User-Agent") + r.Header.Get("Referer") + ";"
		switch r.URL.Path {
		case "/moved":
			http.Redirect(w, r, "/elsewhere", http.StatusFound)
		case "/no":
			w.WriteHeader(http.StatusForbidden)
		}
	})
	s, like := stranger(t, handler)
	for path, want := range map[string]mail.Kind{"/yes": "", "/moved": mail.KindRefused, "/no": mail.KindRefused} {
		got = ""
		err := unsubscribe(t.Context(), s.URL+path, &dial.Dialer{}, like)
		if mail.KindOf(err) != want || got != "POST List-Unsubscribe=One-Click ;" {
			t.Errorf("%s: %v, %q", path, err, got)
		}
	}
}
