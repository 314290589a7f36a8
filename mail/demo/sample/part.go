package sample

import (
	"fmt"
	"mime"
	"strings"
)

// part is a node of a MIME tree: a leaf with content, or a multipart.
type part struct {
	kind     string            // "text/plain", "multipart/mixed"
	params   map[string]string // of Content-Type
	extra    header            // further fields
	transfer string            // of a leaf
	content  []byte            // of a leaf, before the transfer encoding
	parts    []*part
}

func textPart(subtype, text, charset, encoding string) *part {
	raw, used := encodeText(crlf(text), charset)
	chosen := transferNames[encoding]
	if chosen == "" {
		chosen = transferFor(raw, used)
	}
	return &part{kind: "text/" + subtype, params: map[string]string{"charset": used}, transfer: chosen, content: raw}
}

func multipart(subtype string, parts ...*part) *part {
	if len(parts) == 1 {
		return parts[0]
	}
	return &part{kind: "multipart/" + subtype, parts: parts}
}

// fields returns the part's own header fields. Boundaries are made of the seed
// and the place in the tree, so that they are the same every time.
func (p *part) fields(boundary string) header {
	params := map[string]string{}
	for k, v := range p.params {
		params[k] = v
	}
	if len(p.parts) > 0 {
		params["boundary"] = boundary
	}
	h := header{{"Content-Type", mime.FormatMediaType(p.kind, params)}}
	if p.transfer != "" {
		h.add("Content-Transfer-Encoding", p.transfer)
	}
	return append(h, p.extra...)
}

// write writes the part's body.
func (p *part) write(b *strings.Builder, boundary string) {
	if len(p.parts) == 0 {
		b.Write(transfer(p.content, p.transfer))
		return
	}
	for i, child := range p.parts {
		inner := fmt.Sprintf("%s.%d", boundary, i+1)
		b.WriteString("--" + boundary + "\r\n")
		child.fields(inner).write(b)
		b.WriteString("\r\n")
		child.write(b, inner)
		b.WriteString("\r\n")
	}
	b.WriteString("--" + boundary + "--\r\n")
}
