package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"postrider/mail"
	"postrider/mail/client"
	"postrider/mail/message"
)

type attachmentJSON struct {
	partJSON
	Saved      string `json:"saved,omitempty"`
	Executable bool   `json:"executable"`
}

func (a *app) attachmentsCommand() *cobra.Command {
	dir := ""
	cmd := &cobra.Command{
		Use: "attachments ID", Short: "List the files that come with a message, or save them", Args: words(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := parseID(args[0])
			if err != nil {
				return err
			}
			return a.withBody(cmd.Context(), id, func(ctx context.Context, c *client.Client, r client.Row) error {
				return a.attachments(ctx, c, r, a.path(dir))
			})
		},
	}
	cmd.Flags().StringVar(&dir, "save", "", "save them into this folder; nothing there is replaced (`DIR`)")
	return cmd
}

func (a *app) attachments(ctx context.Context, c *client.Client, r client.Row, dir string) error {
	m, err := c.Message(ctx, r.Message)
	if err != nil {
		return err
	}
	t := a.table(column{}, column{}, column{right: true}, column{})
	for _, p := range m.Attachments() {
		saved := ""
		if dir != "" {
			if saved, err = savePart(ctx, c, r, p, dir); err != nil {
				return err
			}
		}
		if a.json {
			a.line(attachmentJSON{partJSONOf(p), saved, p.Executable()})
			continue
		}
		name := saved
		if name == "" {
			name = p.SaveName()
		}
		t.row(normal, p.Path, name, size(p.Size), p.MediaType()+map[bool]string{true: ", a program"}[p.Executable()])
	}
	t.print()
	return nil
}

// savePart writes a part into a folder under a name of its own, which the
// sender chose only as far as that is safe. It returns the path.
func savePart(ctx context.Context, c *client.Client, r client.Row, p *message.Part, dir string) (string, error) {
	raw, err := c.Raw(ctx, r.Message)
	if err != nil {
		return "", err
	}
	defer raw.Close()
	if _, err := io.CopyN(io.Discard, raw, p.Offset); err != nil {
		return "", mail.Wrap(mail.KindDisk, "read the attachment", err)
	}
	f, err := createBeside(dir, p.SaveName())
	if err != nil {
		return "", err
	}
	_, err = io.Copy(f, p.Decode(io.LimitReader(raw, p.Length)))
	if err = errors.Join(err, f.Close()); err != nil {
		os.Remove(f.Name())
		return "", mail.Wrap(mail.KindDisk, "save the attachment", err)
	}
	return f.Name(), nil
}

// maxTwins is how many files of one name a folder may have before something is
// wrong.
const maxTwins = 10_000

// createBeside makes a new file in a folder: "name", or "name (2)" and so on
// where there is one. It follows no link and gives nobody the right to run it.
func createBeside(dir, name string) (*os.File, error) {
	ext := filepath.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	for n := 1; n < maxTwins; n++ {
		f, err := os.OpenFile(filepath.Join(dir, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if !errors.Is(err, os.ErrExist) {
			return f, mail.Wrap(mail.KindDisk, "save the attachment", err)
		}
		name = fmt.Sprintf("%s (%d)%s", stem, n+1, ext)
	}
	return nil, mail.Errorf(mail.KindDisk, "save the attachment", "there are too many files called %s in %s", name, dir)
}
