package message

import (
	"io"
	mediatype "mime"
	"path"
	"strings"

	"postrider/mail"
)

// node is a part to be written: a multipart, text, or a file.
type node struct {
	mediaType   string
	params      [][2]string // of Content-Type
	disposition string      // "": none is written
	name        string      // of a file
	contentID   string
	encoding    string
	boundary    string
	children    []*node
	text        []byte
	file        *File
	plan        *wirePlan // of an attached message
}

// tree makes the parts of the message:
//
//	mixed ( alternative ( text, related ( HTML, pictures ) ), files )
//
// without those levels that hold one part.
func (d *Draft) tree() *node {
	files := d.Files
	body := textNode("text/plain", flow(d.Text))
	body.params = append(body.params, [2]string{"format", "flowed"})
	if d.Plain || strings.TrimSpace(d.Text) == "" {
		files = append(append([]File{}, d.Pictures...), files...)
	} else {
		html := textNode("text/html", HTMLOf(d.Text))
		if len(d.Pictures) > 0 {
			html = multipart("related", html)
			html.params = append(html.params, [2]string{"type", "text/html"})
			for i := range d.Pictures {
				html.children = append(html.children, fileNode(&d.Pictures[i], "inline"))
			}
		}
		body = multipart("alternative", body, html)
	}
	if len(files) == 0 {
		return body
	}
	root := multipart("mixed", body)
	for i := range files {
		root.children = append(root.children, fileNode(&files[i], "attachment"))
	}
	return root
}

func multipart(subtype string, children ...*node) *node {
	// "=_" can stand in no quoted-printable and no base64 text.
	return &node{mediaType: "multipart/" + subtype, boundary: "=_" + token(15), children: children, encoding: "7bit"}
}

func textNode(mediaType, text string) *node {
	n := &node{mediaType: mediaType, text: withCRLF(strings.ToValidUTF8(text, "\ufffd"))}
	n.encoding = textEncoding(n.text)
	n.params = [][2]string{{"charset", "utf-8"}}
	return n
}

func fileNode(f *File, disposition string) *node {
	name := headerText(path.Base(strings.ReplaceAll(f.Name, `\`, "/"))) // no folder of ours
	if f.Name == "" || name == "." || name == "/" {
		name = ""
	}
	n := &node{mediaType: cleanType(f.Type), disposition: disposition, name: name, contentID: f.ContentID, file: f, encoding: "base64"}
	if n.mediaType == "message/rfc822" {
		n.encoding = "7bit" // RFC 2046 5.2.1 allows no other; see writeMessage
	}
	return n
}

// cleanType is a media type fit to be written, without parameters. Text is sent
// without a charset: it is the reader's to find out.
func cleanType(s string) string {
	t, _, err := mediatype.ParseMediaType(s)
	if main, sub, ok := strings.Cut(t, "/"); err != nil || !ok || !isToken(main) || !isToken(sub) || main == "multipart" {
		return "application/octet-stream"
	}
	return t
}

// describe writes what the header of a part says of it.
func (n *node) describe(h *headerWriter) {
	h.field("Content-Type", n.mediaType)
	for _, p := range n.params {
		h.piece(p[0] + "=" + p[1])
	}
	if n.boundary != "" {
		h.piece(`boundary="` + n.boundary + `"`)
	}
	if n.name != "" {
		h.paramWords("name", n.name)
	}
	h.field("Content-Transfer-Encoding", n.encoding)
	if n.contentID != "" {
		h.ids("Content-ID", n.contentID)
	}
	if n.disposition != "" {
		h.field("Content-Disposition", n.disposition)
		if n.name != "" {
			h.param("filename", n.name)
		}
	}
}

func (n *node) writeBody(w io.Writer) error {
	switch {
	case n.boundary != "":
		return n.writeParts(w)
	case n.file != nil:
		return n.writeFile(w)
	}
	return writeText(w, n.text, n.encoding)
}

func (n *node) writeParts(w io.Writer) error {
	for _, c := range n.children {
		if err := c.prepare(); err != nil {
			return err
		}
		var h headerWriter
		c.describe(&h)
		if _, err := io.WriteString(w, "--"+n.boundary+"\r\n"); err != nil {
			return err
		}
		if _, err := w.Write(h.end()); err != nil {
			return err
		}
		if err := c.writeBody(w); err != nil {
			return err
		}
		if _, err := io.WriteString(w, "\r\n"); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, "--"+n.boundary+"--\r\n")
	return err
}

// prepare finds out what an attached message needs before its header is
// written.
func (n *node) prepare() error {
	if n.file == nil || n.mediaType != "message/rfc822" {
		return nil
	}
	r, err := n.open()
	if err != nil {
		return err
	}
	defer r.Close()
	n.plan, err = planWire(r, WireOptions{}) // without Bcc: of what one sent, it tells others what it was to hide
	if err == nil && n.plan.EightBit {
		n.encoding = "8bit"
	}
	return err
}

func (n *node) writeFile(w io.Writer) error {
	r, err := n.open()
	if err != nil {
		return err
	}
	defer r.Close()
	if n.plan != nil {
		return n.plan.write(w, r)
	}
	return mail.Wrap(mail.KindDisk, opWrite, writeBase64(w, r))
}

func (n *node) open() (io.ReadCloser, error) {
	if n.file.Open == nil {
		return nil, mail.Errorf(mail.KindBug, opWrite, "the file %s cannot be read", n.file.Name)
	}
	r, err := n.file.Open()
	return r, mail.Wrap(mail.KindDisk, "read "+n.file.Name, err)
}
