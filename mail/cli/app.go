package cli

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"postrider/accounts"
	"postrider/accounts/secret"
	"postrider/mail"
	"postrider/mail/client"
)

// app is one run of the program: its surroundings and its global flags.
type app struct {
	env
	stdout  io.Writer // past the buffer
	buffer  *bufio.Writer
	bar     *bar
	tree    *client.Tree   // what accounts are called; nil before it is known
	host    *client.Client // of the process that has the store, for a run handed over to it
	running bool           // with its window, where it asks

	json       bool
	transcript string
	bodies     bool
	trace      string
	timeout    time.Duration
}

// Main runs the program with the arguments, without the program's name, and
// returns its exit code. window is the face that opens without a command; nil:
// this build has none.
func Main(args []string, window Window) int {
	ctx, stop := signal.NotifyContext(context.Background(), endings()...)
	defer stop()
	e := process(args)
	e.window = window
	return run(ctx, e, nil)
}

// endings are the signals that end the program in an orderly way. That the terminal
// or the session is gone ends it too, unless whoever started it said otherwise, as
// nohup does.
func endings() []os.Signal {
	list := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		list = append(list, syscall.SIGHUP)
	}
	return list
}

// run is one command, in this process or handed over to the host's.
func run(ctx context.Context, e env, host *client.Client) int {
	a := &app{env: e, stdout: e.out, host: host}
	a.buffer = bufio.NewWriterSize(e.out, 32<<10)
	a.out = a.buffer
	if e.term.Err {
		a.bar = &bar{w: e.errs, width: e.term.Bar}
	}
	err := a.execute(ctx)
	a.bar.clear()
	a.fail(err)
	if lost := a.buffer.Flush(); lost != nil && err == nil {
		err = mail.Wrap(mail.KindDisk, "write the output", lost)
		a.say("%s", a.sentence(err))
	}
	return code(err)
}

func (a *app) execute(ctx context.Context) error {
	root := a.root()
	root.SetArgs(a.args)
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.errs)
	for _, arg := range a.args { // also for errors before the flags are read
		a.json = a.json || arg == "--json"
	}
	return root.ExecuteContext(ctx)
}

// settle reads what holds for every command, after the flags were read.
func (a *app) settle(cmd *cobra.Command, _ []string) (err error) {
	if err := cmd.ValidateFlagGroups(); err != nil {
		return usageError{err}
	}
	if a.host != nil {
		a.now, a.data = a.host.Now, a.host.Dir()
		return nil
	}
	shifted, err := clockFrom(a.clock)
	if err != nil {
		return err
	}
	if shifted != nil {
		a.now = shifted
		a.say("The clock is shifted by %s (%s): now is %s.", a.clock, envClock, a.now().Format(time.RFC3339))
	}
	if a.keyring != "" && a.keyring != secret.KindOS && a.keyring != secret.KindVault {
		return usagef("%q is no kind of keyring: use os or vault", a.keyring)
	}
	if a.data == "" {
		a.data, err = accounts.DataDir()
		return err
	}
	a.data, err = filepath.Abs(a.path(a.data))
	return mail.Wrap(mail.KindInput, "find the data folder", err)
}

// path is a path as this run's caller means it.
func (a *app) path(p string) string {
	if p == "" || a.dir == "" || filepath.IsAbs(p) {
		return p
	}
	return filepath.Join(a.dir, p)
}

func (a *app) flush() { a.buffer.Flush() }

// options are what the client is opened with.
func (a *app) options(readOnly bool) (client.Options, error) {
	k, err := a.keys, error(nil)
	if k == nil {
		k, err = secret.Open(a.keyring, a.data, a.askPassphrase)
	}
	return client.Options{
		Dir: a.data, Keyring: k, ReadOnly: readOnly, Now: a.now, Timeout: a.timeout,
		Transcript: a.path(a.transcript), TranscriptBodies: a.bodies, Trace: a.path(a.trace),
	}, err
}

// askPassphrase gets the vault's passphrase: from the environment, or from the
// person.
func (a *app) askPassphrase(ctx context.Context, create bool) (secret.Secret, error) {
	switch {
	case !a.passphrase.Empty():
		return a.passphrase, nil
	case a.running:
		return a.window.Passphrase(ctx, create)
	case !a.term.In:
		return a.passphrase, nil
	}
	first, err := a.ask("Passphrase of the vault: ")
	if err != nil || !create {
		return first, err
	}
	again, err := a.ask("The same again, as the vault is new: ")
	if err == nil && again.Reveal() != first.Reveal() {
		err = mail.Errorf(mail.KindInput, "make the vault", "the two passphrases differ")
	}
	return first, err
}

// ask gets a secret from the person at the terminal.
func (a *app) ask(prompt string) (secret.Secret, error) {
	io.WriteString(a.errs, prompt)
	line, err := a.readSecret()
	io.WriteString(a.errs, "\n")
	return secret.New(string(line)), mail.Wrap(mail.KindInput, "read from the terminal", err)
}

// nameOf is what to call an account: its address where it is known.
func (a *app) nameOf(id mail.AccountID) string {
	if a.tree == nil || id == "" {
		return string(id)
	}
	return a.tree.Name(id)
}

// know reads the accounts and mailboxes, for names.
func (a *app) know(ctx context.Context, c *client.Client) (err error) {
	a.tree, err = c.Tree(ctx)
	return err
}
