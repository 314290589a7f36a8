package cli

import (
	"io"
	"os"
	"time"

	"golang.org/x/term"

	"postrider/accounts/secret"
)

// The environment variables.
const (
	envData       = "POSTRIDER_DATA"
	envKeyring    = "POSTRIDER_KEYRING"
	envPassphrase = "POSTRIDER_VAULT_PASSPHRASE"
	envClock      = "POSTRIDER_CLOCK"
)

// Terminal is what is known of where output goes.
type Terminal struct {
	In    bool `json:"in,omitempty"`    // somebody can answer
	Err   bool `json:"err,omitempty"`   // progress can be shown
	Color bool `json:"color,omitempty"` // stdout takes colours
	Width int  `json:"width,omitempty"` // of stdout in cells; 0: no terminal, lines of any length
	Bar   int  `json:"bar,omitempty"`   // of stderr in cells
}

// env is what one run is given from outside.
type env struct {
	args       []string // without the program's name
	dir        string   // the folder that relative paths start from; "": the process's own
	in         io.Reader
	out, errs  io.Writer
	term       Terminal
	data       string
	keyring    string
	clock      string
	passphrase secret.Secret
	keys       secret.Keyring         // instead of the one that flags name; nil: that
	now        func() time.Time       // the clock; nil: time.Now
	window     Window                 // nil: none
	readSecret func() ([]byte, error) // a line from the terminal, unseen
}

// process is the environment of this process. The vault's passphrase is taken
// out of it, so that no child gets to see it.
func process(args []string) env {
	e := env{
		args: args, in: os.Stdin, out: os.Stdout, errs: os.Stderr, term: terminal(),
		data: os.Getenv(envData), keyring: os.Getenv(envKeyring), clock: os.Getenv(envClock),
		readSecret: func() ([]byte, error) { return term.ReadPassword(int(os.Stdin.Fd())) },
	}
	if p, ok := os.LookupEnv(envPassphrase); ok {
		e.passphrase = secret.New(p)
		os.Unsetenv(envPassphrase)
	}
	return e
}

func terminal() (t Terminal) {
	in, out, errs := int(os.Stdin.Fd()), int(os.Stdout.Fd()), int(os.Stderr.Fd())
	dumb := os.Getenv("TERM") == "dumb"
	t.In = term.IsTerminal(in)
	if term.IsTerminal(out) {
		t.Width, _, _ = term.GetSize(out)
		t.Color = !dumb && os.Getenv("NO_COLOR") == ""
	}
	if t.Err = term.IsTerminal(errs) && !dumb; t.Err {
		t.Bar, _, _ = term.GetSize(errs)
	}
	return t
}
