package wire

import (
	"bytes"
	"compress/flate"
	"context"
	"io"

	"postrider/mail"
)

// Compress switches DEFLATE on (RFC 4978). It is worth it on slow links only.
// A server without it is an error of kind refused; the connection goes on.
func (c *Conn) Compress(ctx context.Context) error {
	const op = "compress the connection"
	defer c.Bind(ctx)()
	if !c.Caps().Has("COMPRESS=DEFLATE") {
		return &mail.Error{Op: op, Kind: mail.KindRefused, Message: "The server does not compress."}
	}
	s, err := c.exchange("COMPRESS DEFLATE", "COMPRESS DEFLATE", nil)
	if err != nil {
		return c.failed(op, err)
	}
	if s.word != "OK" {
		return c.refusal(op, s.word, s.code, s.text)
	}
	deflater, err := flate.NewWriter(c.net, flate.DefaultCompression)
	if err != nil {
		return mail.Wrap(mail.KindBug, op, err)
	}
	c.w = flushing{deflater}
	ahead := bytes.Clone(c.src.buf[c.src.i:c.src.n])
	c.attach(flate.NewReader(io.MultiReader(bytes.NewReader(ahead), c.net)))
	c.script.note("DEFLATE")
	return nil
}

// flushing sends each write at once: a command must not wait in the deflater.
type flushing struct{ w *flate.Writer }

func (f flushing) Write(p []byte) (int, error) {
	n, err := f.w.Write(p)
	if err == nil {
		err = f.w.Flush()
	}
	return n, err
}
