package stage_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io"
	"mime"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"postrider/accounts"
	"postrider/accounts/secret"
	"postrider/gui/stage"
	"postrider/mail/mailtest"
)

// post is alice's mailbox on a real server, with letters of the test's own, and
// the web that they point to: all of it is example.com, behind a proxy.
type post struct {
	server *mailtest.Server
	dir    string // her data
	opts   stage.Options
	opens  string // a file with what was opened by the system, a line each

	mu    sync.Mutex
	asked []string // of the web: method, path and body
}

// postWith starts a server with letters, the last the newest.
func postWith(t *testing.T, letters ...[]byte) *post {
	t.Helper()
	return postBy(t, accounts.IMAP, letters...)
}

// postBy is postWith for a protocol.
func postBy(t *testing.T, protocol accounts.Protocol, letters ...[]byte) *post {
	t.Helper()
	if testing.Short() {
		t.Skip("a real window takes long")
	}
	p := &post{server: mailtest.Dovecot(t), dir: t.TempDir()}
	if err := p.server.Deliver("alice", letters...); err != nil {
		t.Fatal(err)
	}
	at := p.server.IMAPS
	if protocol == accounts.POP3 {
		at = p.server.POP3S
	}
	host, port, err := net.SplitHostPort(at)
	if err != nil {
		t.Fatal(err)
	}
	number, _ := strconv.Atoi(port)
	added, err := accounts.In(p.dir).Add(t.Context(), accounts.Account{
		Address: "alice@example.org", Label: "Alice", Name: "Alice", Protocol: protocol,
		Incoming: accounts.Server{Host: host, Port: number, TLS: accounts.ImplicitTLS, User: "alice", CAFile: p.server.CAFile},
		Outgoing: &accounts.Server{Host: host, Port: number, TLS: accounts.ImplicitTLS, User: "alice", CAFile: p.server.CAFile},
	})
	if err != nil {
		t.Fatal(err)
	}
	vault := secret.NewVault(p.dir, func(context.Context, bool) (secret.Secret, error) { return secret.New(vaultPassphrase), nil })
	if err := vault.Set(t.Context(), added.ID, secret.Password, secret.New(mailtest.Password("alice"))); err != nil {
		t.Fatal(err)
	}
	p.opts.Args = []string{"--data", p.dir}
	p.opts.Env = []string{"POSTRIDER_KEYRING=vault", "POSTRIDER_VAULT_PASSPHRASE=" + vaultPassphrase}
	p.standInForTheWeb(t)
	p.standInForTheSystem(t)
	return p
}

// standInForTheWeb answers for example.com, which the program asks by a proxy:
// links of strangers never lead to this computer.
func (p *post) standInForTheWeb(t *testing.T) {
	t.Helper()
	web := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		p.mu.Lock()
		p.asked = append(p.asked, strings.TrimSpace(r.Method+" "+r.URL.Path+" "+string(body)))
		p.mu.Unlock()
		if strings.HasSuffix(r.URL.Path, ".png") {
			w.Header().Set("Content-Type", "image/png")
			w.Write(lamp())
		}
	}))
	t.Cleanup(web.Close)
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodConnect || r.Host != "example.com:443" {
			http.Error(w, "only example.com is here", http.StatusForbidden)
			return
		}
		to, err := net.Dial("tcp", web.Listener.Addr().String())
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		w.WriteHeader(http.StatusOK)
		from, read, err := http.NewResponseController(w).Hijack()
		if err != nil {
			to.Close()
			return
		}
		go func() { io.Copy(to, read); to.Close() }() // what the server has read ahead is in read
		go func() { io.Copy(from, to); from.Close() }()
	}))
	t.Cleanup(proxy.Close)
	ca := filepath.Join(t.TempDir(), "web.pem")
	if err := os.WriteFile(ca, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: web.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	p.opts.Env = append(p.opts.Env, "ALL_PROXY="+proxy.URL, "NO_PROXY=localhost,127.0.0.1", "SSL_CERT_FILE="+ca)
}

// standInForTheSystem notes what the program has the system open.
func (p *post) standInForTheSystem(t *testing.T) {
	t.Helper()
	bin := t.TempDir()
	p.opens = filepath.Join(bin, "opened")
	script := fmt.Sprintf("#!/bin/sh\nprintf '%%s\\n' \"$1\" >> '%s'\n", p.opens)
	if err := os.WriteFile(filepath.Join(bin, "xdg-open"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	p.opts.Env = append(p.opts.Env, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// open shows the mailbox in a window, and waits for its letters.
func (p *post) open(t *testing.T, letters int) *play {
	t.Helper()
	pl := openWith(t, 1280, 800, p.opts)
	pl.until("the letters", func(s state) bool {
		return s.Ready && s.Whole && s.Rows == letters && len(s.Shown) == letters && strings.HasPrefix(s.Foot, "Up to date")
	})
	return pl
}

// wasAsked reports whether the web was asked for something.
func (p *post) wasAsked(what string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Contains(p.asked, what)
}

// opened is what the system was told to open so far.
func (p *post) opened() []string {
	text, _ := os.ReadFile(p.opens)
	return strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
}

// left is how many messages the server has in alice's inbox.
func (p *post) left(t *testing.T) int {
	t.Helper()
	list, err := p.server.Messages("alice", "INBOX")
	if err != nil {
		t.Fatal(err)
	}
	return len(list)
}

// read clicks on the letter with a subject and waits for its text.
func (p *play) read(subject string) state {
	p.t.Helper()
	s := p.state()
	at := slices.IndexFunc(s.Shown, func(r row) bool { return strings.Contains(r.Subject, subject) })
	if at < 0 {
		p.t.Fatalf("there is no letter about %s: %+v", subject, s.Shown)
	}
	p.clickOn(rowPart(s.Shown[at]), 1)
	return p.until("its text", func(s state) bool { return s.Text && strings.Contains(s.Reading, subject) })
}

// lamp is a picture.
func lamp() []byte {
	img := image.NewRGBA(image.Rect(0, 0, 60, 40))
	for i := range img.Pix {
		img.Pix[i] = 0xff
	}
	img.Set(3, 3, color.Black)
	var b bytes.Buffer
	png.Encode(&b, img)
	return b.Bytes()
}

// enclosed is a file of a letter.
type enclosed struct {
	name string
	data string
}

// letter is a message as a server has it; head has more lines for its header.
func letter(subject, kind, text string, head []string, files ...enclosed) []byte {
	var b strings.Builder
	line := func(format string, a ...any) { fmt.Fprintf(&b, format+"\r\n", a...) }
	line("From: Bo Lind <bo@example.com>")
	line("To: Alice <alice@example.org>")
	line("Subject: %s", mime.QEncoding.Encode("utf-8", subject))
	line("Date: Tue, 24 Nov 2026 10:%02d:00 +0000", len(subject)%60)
	line("Message-ID: <%x@example.com>", subject)
	for _, h := range head {
		line("%s", h)
	}
	line("MIME-Version: 1.0")
	if len(files) > 0 {
		line("Content-Type: multipart/mixed; boundary=cut\r\n\r\n--cut")
	}
	line("Content-Type: %s; charset=utf-8\r\n\r\n%s", kind, text)
	for _, f := range files {
		line("--cut\r\nContent-Type: application/octet-stream\r\nContent-Disposition: %s", mime.FormatMediaType("attachment", map[string]string{"filename": f.name}))
		line("Content-Transfer-Encoding: base64\r\n\r\n%s", base64.StdEncoding.EncodeToString([]byte(f.data)))
	}
	if len(files) > 0 {
		line("--cut--")
	}
	return []byte(b.String())
}
