package client

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"syscall"
	"testing"

	"postrider/mail"
)

func anywhere(string, string, syscall.RawConn) error { return nil }

func TestUnsubscribeRefusesOwnNetworkAndOtherLinks(t *testing.T) {
	asked := false
	s := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer s.Close()
	a := &Accounts{}
	if err := a.Unsubscribe(t.Context(), s.URL); !mail.Is(err, mail.KindUnsafe) {
		t.Errorf("own network: %v", err)
	}
	for _, link := range []string{"http://example.org/u", "mailto:x@example.org", "https://", "https://me:pw@example.org/", "javascript:1", "file:///etc/passwd"} {
		if err := unsubscribe(t.Context(), link, anywhere); !mail.Is(err, mail.KindInput) {
			t.Errorf("%s: %v", link, err)
		}
	}
	if err := unsubscribe(t.Context(), s.URL, anywhere); !mail.Is(err, mail.KindOffline) { // a certificate that nobody knows
		t.Errorf("unknown certificate: %v", err)
	}
	if asked {
		t.Error("the server was asked")
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
	s := httptest.NewTLSServer(handler)
	defer s.Close()
	trusting := http.DefaultTransport.(*http.Transport).Clone()
	trusting.TLSClientConfig = s.Client().Transport.(*http.Transport).TLSClientConfig
	for path, want := range map[string]mail.Kind{"/yes": "", "/moved": mail.KindRefused, "/no": mail.KindRefused} {
		got = ""
		err := post(context.WithoutCancel(t.Context()), s.URL+path, trusting)
		if mail.KindOf(err) != want || got != "POST List-Unsubscribe=One-Click ;" {
			t.Errorf("%s: %v, %q", path, err, got)
		}
	}
}
