package sample

import (
	"fmt"
	"strings"
	"time"
)

// check builds nothing, but finds what could go wrong when it is built.
func (l *Letter) check() error {
	if _, err := l.tree(false); err != nil {
		return err
	}
	return l.filler.err
}

// build makes the bytes. What could fail was found by check.
func (l *Letter) build() []byte {
	root, err := l.tree(true)
	if err != nil {
		panic(err)
	}
	var b strings.Builder
	boundary := fmt.Sprintf("=_%016x", l.set.random(l.ID+"/boundary").Uint64())
	h := append(l.header(), root.fields(boundary)...)
	h.write(&b)
	b.WriteString("\r\n")
	root.write(&b, boundary)
	return []byte(b.String())
}

// header is what stands above the Content-Type.
func (l *Letter) header() header {
	var h header
	charset := l.source.get("Charset")
	if !l.me() {
		arrived := l.Date.Add(time.Duration(2+l.set.random(l.ID+"/hop").IntN(30)) * time.Second).In(l.set.options.Now.Location())
		owner := l.set.people[l.Account]
		h.add("Return-Path", "<"+l.From.Address+">")
		h.add("Authentication-Results", l.checked(owner))
		h.add("Received", fmt.Sprintf("from mx.%s by mail.%s with ESMTPS for <%s>; %s", l.From.domain(), owner.domain(), owner.Address, arrived.Format(time.RFC1123Z)))
	}
	h.add("Date", l.Date.Format(time.RFC1123Z))
	h.addPeople("From", []Person{l.From}, charset)
	h.addPeople("To", l.To, charset)
	h.addPeople("Cc", l.Cc, charset)
	if reply := l.source.get("Reply-To"); reply != "" {
		list, _ := l.set.people.find(reply) // a literal address, or somebody known
		h.addPeople("Reply-To", list, charset)
	}
	h.addText("Subject", l.Subject, charset)
	h.add("Message-ID", "<"+l.MessageID+">")
	if ids := l.references(); len(ids) > 0 {
		h.add("In-Reply-To", "<"+ids[len(ids)-1]+">")
		h.add("References", "<"+strings.Join(ids, "> <")+">")
	}
	h = append(h, l.listHeader()...)
	for _, spec := range l.source.all("Header") {
		name, value, _ := strings.Cut(l.filler.fill(spec), ":")
		h.addText(strings.TrimSpace(name), strings.TrimSpace(value), charset)
	}
	h.add("MIME-Version", "1.0")
	return h
}

// checked is what the owner's server found out about who sent the letter (RFC
// 8601): what is junk is from somebody else.
func (l *Letter) checked(owner Person) string {
	result := "pass"
	if strings.EqualFold(l.Mailbox, "Junk") {
		result = "fail"
	}
	return fmt.Sprintf("mail.%s; dmarc=%s header.from=%s", owner.domain(), result, l.From.domain())
}

// listHeader tells of the mailing list (RFC 2369, 2919) and of the way to
// leave it with one click (RFC 8058).
func (l *Letter) listHeader() (h header) {
	if spec := l.source.get("List"); spec != "" {
		c := columns(spec) // name | id | address
		h.add("List-Id", fmt.Sprintf("%s <%s>", encodeWords(c[0], utf8Name), c[1]))
		h.add("List-Post", "<mailto:"+c[2]+">")
		local, domain, _ := strings.Cut(c[2], "@")
		h.add("List-Unsubscribe", fmt.Sprintf("<mailto:%s-leave@%s>", local, domain))
		h.add("List-Archive", fmt.Sprintf("<https://%s/%s/>", domain, local))
		h.add("Precedence", "list")
	}
	if url := l.source.get("Unsubscribe"); url != "" {
		h.add("List-Unsubscribe", "<"+l.filler.fill(url)+">")
		h.add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	}
	return h
}

// tree makes the MIME tree; without content, attachments are left empty.
func (l *Letter) tree(content bool) (*part, error) {
	if l.source.get("Bounce") != "" {
		return l.report(content)
	}
	body, err := l.alternatives(content)
	if err != nil {
		return nil, err
	}
	parts := []*part{body}
	for _, spec := range l.source.all("Attach") {
		p, err := l.attachment(l.filler.fill(spec), content)
		if err != nil {
			return nil, err
		}
		parts = append(parts, p)
	}
	if l.source.get("Event") != "" {
		parts = append(parts, l.inviteFile())
	}
	if id := l.source.get("Forward"); id != "" {
		forwarded := l.set.byID[id]
		if forwarded == nil {
			return nil, l.source.errorf("it forwards %q, which does not come before it", id)
		}
		parts = append(parts, forwarded.enclosed(content))
	}
	return multipart("mixed", parts...), l.filler.err
}

// alternatives is the text, the HTML with its pictures, and the invitation.
func (l *Letter) alternatives(content bool) (*part, error) {
	var parts []*part
	if l.Text != "" || l.source.get("Html") == "" {
		parts = append(parts, l.plain())
	}
	if l.source.get("Html") != "" {
		page, err := l.html()
		if err != nil {
			return nil, err
		}
		related := []*part{textPart("html", page, l.source.get("Charset"), l.source.get("Encoding"))}
		for _, spec := range l.source.all("Inline") {
			p, err := l.inline(spec, content)
			if err != nil {
				return nil, err
			}
			related = append(related, p)
		}
		parts = append(parts, multipart("related", related...))
	}
	if l.source.get("Event") != "" {
		p, err := l.invite()
		if err != nil {
			return nil, err
		}
		parts = append(parts, p)
	}
	return multipart("alternative", parts...), nil
}

func (l *Letter) plain() *part {
	text := l.Text
	if l.source.get("Flowed") != "" {
		text = flowed(text)
	}
	p := textPart("plain", text+"\n", l.source.get("Charset"), l.source.get("Encoding"))
	if l.source.get("Flowed") != "" {
		p.params["format"] = "flowed"
	}
	return p
}

// enclosed is the letter as an attachment (RFC 2046 5.2.1).
func (l *Letter) enclosed(content bool) *part {
	p := &part{kind: "message/rfc822", extra: header{{"Content-Disposition", "attachment"}}}
	if content {
		p.content = l.Raw()
	}
	return p
}
