package handover

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"postrider/mail"
)

// Call has a request run by the process that has the store of a data folder,
// and returns the command's exit code. Its output goes to r.Out and r.Err; r.In
// is not used. The error is ErrNobody, with nothing done, if there is none to
// take the command, and of kind canceled when ctx ended.
func Call(ctx context.Context, dir string, r Request) (code int, err error) {
	conn, err := dial(ctx, filepath.Join(dir, socketName))
	if err != nil {
		return 0, fmt.Errorf("%w: %v", ErrNobody, err)
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	if err := checkPeer(conn); err != nil {
		return 0, err
	}
	c := command{Args: r.Args, Dir: r.Dir, Width: r.Width, Bar: r.Bar, Color: r.Color}
	if err := json.NewEncoder(conn).Encode(c); err != nil {
		return 0, fmt.Errorf("%w: %v", ErrNobody, err)
	}
	code, taken, err := follow(bufio.NewReader(conn), r)
	switch {
	case err == nil:
		return code, nil
	case ctx.Err() != nil:
		return 0, ctx.Err()
	case !taken && errors.Is(err, io.EOF): // it was just ending
		return 0, ErrNobody
	}
	return 0, mail.Errorf(mail.KindBusy, "hand the command over", "the Postrider that has the store ended before the command did: %w", err)
}

// follow passes output on until the exit code comes.
func follow(in *bufio.Reader, r Request) (code int, taken bool, err error) {
	for {
		var next reply
		if err := readLine(in, maxReply, &next); err != nil {
			return 0, taken, err
		}
		taken = taken || next.Taken
		if next.Exit != nil {
			return *next.Exit, true, nil
		}
		if _, err := r.Out.Write(next.Out); err != nil {
			return 0, true, err
		}
		if _, err := r.Err.Write(next.Err); err != nil {
			return 0, true, err
		}
	}
}
