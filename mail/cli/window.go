package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"postrider/accounts/secret"
	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/client/handover"
)

// Window is the face with a screen. The commands know no more of it than this.
type Window interface {
	// Run shows the window and returns when it is closed for good. The program
	// calls it once, on its main goroutine.
	Run(ctx context.Context, in client.Entry) error

	// Show brings the window to the front and opens there what is named: mailto:
	// links, and files of messages by their whole path. Any goroutine may call
	// it, also before Run.
	Show(names []string)

	// Passphrase asks for the passphrase of the vault, or for a new one.
	Passphrase(ctx context.Context, create bool) (secret.Secret, error)
}

// openWindow is the program without a command.
func (a *app) openWindow(cmd *cobra.Command, args []string) error {
	names, err := a.openable(args)
	if err != nil {
		return err
	}
	if a.host != nil {
		return a.showWindow(names)
	}
	if a.window == nil {
		return a.noWindow(cmd)
	}
	a.dir, _ = os.Getwd()
	if err := a.handOver(cmd.Context()); !errors.Is(err, handover.ErrNobody) && !held(err) {
		return err // the window of the other process has come to the front
	}
	a.window.Show(names)
	return a.runWindow(cmd.Context())
}

func held(err error) bool {
	var h heldError
	return errors.As(err, &h) && errors.Is(err, handover.ErrNobody)
}

// showWindow is another process that wants the window of this one.
func (a *app) showWindow(names []string) error {
	if a.window == nil {
		return heldError{mail.Errorf(mail.KindBusy, "open the window", "another Postrider has the store, and no window; end it first")}
	}
	a.window.Show(names)
	return nil
}

// recentLog is how much of what is said with the servers the window keeps in
// memory, for a person who wants to copy it.
const recentLog = 256 << 10

// runWindow opens the window with the store in hand, and meanwhile runs the
// commands of other processes.
func (a *app) runWindow(ctx context.Context) error {
	var close []func() error
	a.running = true
	in := client.Entry{
		Open: func(ctx context.Context) (*client.Client, error) {
			opts, err := a.options(false)
			if err != nil {
				return nil, err
			}
			opts.Recent = recentLog
			c, err := client.Open(ctx, opts)
			if err == nil {
				close = append(close, c.Close, a.takeOver(ctx, c))
			}
			return c, err
		},
		Rebuild: func(ctx context.Context) (client.CheckReport, error) {
			opts, err := a.options(false)
			if err != nil {
				return client.CheckReport{}, err
			}
			return client.Rebuild(ctx, opts)
		},
	}
	err := a.window.Run(ctx, in)
	for len(close) > 0 {
		last := len(close) - 1
		err = errors.Join(err, close[last]())
		close = close[:last]
	}
	return err
}

// takeOver begins to run other processes' commands on c; what it returns ends
// that.
func (a *app) takeOver(ctx context.Context, c *client.Client) func() error {
	l, err := handover.Listen(c.Dir())
	if err != nil {
		a.say("Other commands cannot be taken over meanwhile: %v", err)
		return func() error { return nil }
	}
	go l.Serve(ctx, func(ctx context.Context, r handover.Request) int { return host(ctx, c, a.window, r) })
	return l.Close
}

// openable checks what the program is to open: the links and files that a
// desktop hands to it.
func (a *app) openable(args []string) (names []string, err error) {
	for _, arg := range args {
		switch path := a.path(strings.TrimPrefix(arg, "file://")); {
		case strings.HasPrefix(strings.ToLower(arg), "mailto:"):
			names = append(names, arg)
		case strings.EqualFold(filepath.Ext(path), ".eml"):
			if path, err = filepath.Abs(path); err != nil {
				return nil, mail.Wrap(mail.KindInput, "find the file", err)
			}
			names = append(names, path)
		default:
			return nil, usagef("there is no command %q, and it is no mailto: link or .eml file", arg)
		}
	}
	return names, nil
}

// wordsToOpen lets the program without a command take links and files.
func wordsToOpen(cmd *cobra.Command, args []string) error {
	for _, arg := range args {
		if !strings.HasPrefix(strings.ToLower(arg), "mailto:") && !strings.EqualFold(filepath.Ext(arg), ".eml") {
			return noWords(cmd, args)
		}
	}
	return nil
}
