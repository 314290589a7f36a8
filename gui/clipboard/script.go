//go:build darwin || windows

package clipboard

import (
	"bytes"
	"encoding/base64"
	"os/exec"
	"strings"
)

// scripted has a program of the system read the clipboard. The script is our own
// and goes in by the standard input; what comes out is a line: "png" and the
// picture in base64, or "file" and an address.
func scripted(cmd *exec.Cmd, script string) (c Content, err error) {
	cmd.Stdin = strings.NewReader(script)
	out, err := cmd.Output()
	if err != nil {
		return c, err
	}
	for line := range bytes.Lines(out) {
		kind, value, _ := strings.Cut(strings.TrimSpace(string(line)), " ")
		switch {
		case kind == "file":
			c.Files = append(c.Files, fileAddresses(value)...)
		case kind == "png" && len(value) > maxSize:
			return c, errTooLarge
		case kind == "png":
			c.Type = pictureTypes[0]
			if c.Picture, err = base64.StdEncoding.DecodeString(value); err != nil {
				return c, err
			}
		}
	}
	if len(c.Files) == 0 && len(c.Picture) == 0 {
		return c, ErrNone
	}
	return c, nil
}
