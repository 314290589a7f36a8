package fetch

import (
	"encoding/pem"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"postrider/mail/dial"
	"postrider/mail/html"
)

var png = []byte("\x89PNG\r\n\x1a\n and the rest of it")

// server is one of strangers that this test can reach.
func server(t *testing.T, h http.HandlerFunc) (*httptest.Server, *Pictures) {
	t.Helper()
	s := httptest.NewTLSServer(h)
	t.Cleanup(s.Close)
	ca := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	p := NewPictures(&dial.Dialer{})
	p.web.local, p.web.caFile = true, ca
	t.Cleanup(p.Close)
	return s, p
}

// get asks for a picture and waits until it has come, or will not.
func get(t *testing.T, p *Pictures, ref string) ([]byte, html.State) {
	t.Helper()
	came := make(chan string, 1)
	p.Came = func(ref string) { came <- ref }
	data, state := p.Resolve(ref)
	if state == html.Waiting {
		<-came
		data, state = p.Resolve(ref)
	}
	return data, state
}

func TestAPictureIsFetchedOnceAndTellsNothing(t *testing.T) {
	asked := 0
	s, p := server(t, func(w http.ResponseWriter, r *http.Request) {
		asked++
		for name := range r.Header {
			if name != "Accept" {
				t.Errorf("the server was told %s: %s", name, r.Header.Get(name))
			}
		}
		w.Header().Set("Set-Cookie", "who=you")
		w.Write(png)
	})
	for range 2 {
		if data, state := get(t, p, s.URL+"/seed.png?letter=31"); state != html.Ready || string(data) != string(png) {
			t.Fatalf("state %v, %d bytes", state, len(data))
		}
	}
	get(t, p, s.URL+"/other.png") // a cookie would be sent here
	if asked != 2 {
		t.Errorf("the server was asked %d times, want 2", asked)
	}
}

func TestWhatIsNoPictureIsMissing(t *testing.T) {
	asked := 0
	s, p := server(t, func(w http.ResponseWriter, r *http.Request) {
		asked++
		switch r.URL.Path {
		case "/page":
			fmt.Fprint(w, "<html>not a picture</html>")
		case "/gone":
			http.NotFound(w, r)
		case "/large":
			w.Header().Set("Content-Type", "image/png")
			w.Write(png)
			chunk := make([]byte, 1<<20)
			for range 12 {
				w.Write(chunk)
			}
		case "/round":
			http.Redirect(w, r, "/round", http.StatusFound)
		case "/down":
			http.Redirect(w, r, "ftp://"+r.Host+"/x.png", http.StatusFound)
		}
	})
	for _, path := range []string{"/page", "/gone", "/large", "/round", "/down"} {
		if data, state := get(t, p, s.URL+path); state != html.Missing || data != nil {
			t.Errorf("%s: state %v, %d bytes", path, state, len(data))
		}
	}
	before := asked
	if _, state := get(t, p, s.URL+"/gone"); state != html.Missing || asked != before {
		t.Error("what failed was asked for again")
	}
}

func TestAddressesThatAreNotFetched(t *testing.T) {
	s, p := server(t, func(w http.ResponseWriter, r *http.Request) { t.Errorf("asked for %s", r.URL) })
	p.web.local = false // as strangers' addresses are
	for _, ref := range []string{
		"file:///etc/passwd", "ftp://example.org/a.png", "https://", "//", "javascript:1", "http://example.org:8080/a.png",
		s.URL + "/a.png", "https://localhost/a.png", "https://[::1]/a.png", "https://169.254.169.254/latest", "::", "\x00",
	} {
		if _, state := get(t, p, ref); state != html.Missing {
			t.Errorf("%q: state %v", ref, state)
		}
	}
}

func TestClearTextBecomesTLSAndSecretsStay(t *testing.T) {
	var path string
	s, p := server(t, func(w http.ResponseWriter, r *http.Request) {
		if user, _, ok := r.BasicAuth(); ok {
			t.Errorf("signed in as %s", user)
		}
		path = r.URL.Path
		w.Write(png)
	})
	if _, state := get(t, p, strings.Replace(s.URL, "https://", "https://ada:secret@", 1)+"/a.png#part"); state != html.Ready || path != "/a.png" {
		t.Errorf("state %v, asked for %q", state, path)
	}
}

func TestOldPicturesMakeRoom(t *testing.T) {
	large := append([]byte(nil), png...)
	large = append(large, make([]byte, 9<<20)...)
	s, p := server(t, func(w http.ResponseWriter, r *http.Request) { w.Write(large) })
	for i := range 9 {
		if _, state := get(t, p, fmt.Sprintf("%s/%d.png", s.URL, i)); state != html.Ready {
			t.Fatalf("picture %d: state %v", i, state)
		}
	}
	if p.bytes > maxKept {
		t.Errorf("%d bytes are kept, more than %d", p.bytes, maxKept)
	}
}
