package gen

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"time"
)

const dateFormat = "Mon, 2 Jan 2006 15:04:05 -0700"

// header makes the whole header of the message, with the blank line.
func (d *draft) header(body part) []byte {
	o := bytes.NewBuffer(make([]byte, 0, len(body.body)+5000))
	_, domain, _ := strings.Cut(d.from.addr, "@")
	if d.from != d.me {
		d.trace(o, domain)
	}
	d.correspondents(o)
	d.thread(o)
	d.origin(o, domain)
	o.WriteString("MIME-Version: 1.0\n" + body.head + "\n\n")
	return o.Bytes()
}

// trace is what servers on the way add.
func (d *draft) trace(o *bytes.Buffer, domain string) {
	fmt.Fprintf(o, "Return-Path: <%s>\nDelivered-To: %s\n", d.from.addr, d.me.addr)
	hops := []string{"mx.example.org", "out" + fmt.Sprint(d.r.IntN(9)) + "." + domain, "app" + fmt.Sprint(d.r.IntN(99)) + ".internal." + domain, "localhost"}
	for h := range len(hops) - 1 {
		at := d.when(d.i).Add(-time.Duration(h*3) * time.Second)
		fmt.Fprintf(o, "Received: from %s (%s [192.0.2.%d])\n\tby %s (Postfix) with ESMTPS id %011X\n\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))\n\tfor <%s>; %s\n",
			hops[h+1], hops[h+1], d.r.IntN(255), hops[h], d.r.Uint64()>>20, d.me.addr, at.Format(dateFormat+" (MST)"))
	}
	signature := base64.StdEncoding.EncodeToString(noise(d.r, 256))
	fmt.Fprintf(o, "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=%s; s=s%d;\n\tt=%d; h=from:to:subject:date:message-id:mime-version;\n\tbh=%s;\n\tb=%s\n\t %s\n\t %s\n",
		domain, d.r.IntN(9), d.date, base64.StdEncoding.EncodeToString(noise(d.r, 32)), signature[:120], signature[120:240], signature[240:])
	fmt.Fprintf(o, "Authentication-Results: mx.example.org; dkim=pass header.d=%s;\n\tspf=pass smtp.mailfrom=%s; dmarc=pass\n", domain, d.from.addr)
}

// correspondents are From, To and, in one message of five, Cc.
func (d *draft) correspondents(o *bytes.Buffer) {
	fmt.Fprintf(o, "From: %s\nTo: %s\n", d.l.address(d.from), d.l.address(d.to))
	if d.r.IntN(5) != 0 {
		return
	}
	var cc []string
	for k := 1 + d.r.IntN(6); k > 0; k-- {
		cc = append(cc, d.l.address(d.people[d.r.IntN(len(d.people))]))
	}
	fmt.Fprintf(o, "Cc: %s\n", strings.Join(cc, ",\n "))
}

func (d *draft) thread(o *bytes.Buffer) {
	fmt.Fprintf(o, "Subject: %s\nDate: %s\nMessage-ID: %s\n",
		d.l.header(d.subject(d.i)), d.when(d.i).Format(dateFormat), d.messageID(d.i))
	if refs := d.references(d.i); len(refs) > 0 {
		fmt.Fprintf(o, "In-Reply-To: %s\nReferences: %s\n", refs[len(refs)-1], strings.Join(refs, "\n "))
	}
}

var userAgents = []string{"Mozilla Thunderbird", "Mutt/2.2.9", "Apple Mail (2.3774)", "Claws Mail 4.1.1"}

// origin is what the program that sent the message adds.
func (d *draft) origin(o *bytes.Buffer, domain string) {
	switch d.kind {
	case list:
		name := strings.TrimPrefix(d.folderOf(d.i), "lists/")
		fmt.Fprintf(o, "List-Id: <%s.lists.example.net>\nList-Post: <mailto:%s@lists.example.net>\nList-Unsubscribe: <mailto:%s-request@lists.example.net?subject=unsubscribe>\nPrecedence: list\n", name, name, name)
	case news:
		fmt.Fprintf(o, "List-Unsubscribe: <https://click.%s/u/%x>\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\nX-Campaign: %08x\nPrecedence: bulk\n", domain, d.r.Uint64(), d.r.Uint32())
	case notice:
		o.WriteString("Auto-Submitted: auto-generated\n")
	default:
		o.WriteString("User-Agent: " + userAgents[d.r.IntN(len(userAgents))] + "\n")
	}
}
