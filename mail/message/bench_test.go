package message

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
)

// mailMix makes mail as it comes, by kinds and by size: 20 kB in the mean.
func mailMix() [][]byte {
	received := strings.Repeat("Received: from a.example.test (a.example.test [192.0.2.1])\r\n\tby mx.example.test (Postfix) with ESMTPS id 4F2C71234\r\n"+
		"\tfor <me@example.test>; Tue, 02 Jan 2024 03:04:05 +0100 (CET)\r\n", 3)
	head := func(i int) string {
		return received + fmt.Sprintf("From: =?utf-8?q?J=C3=BCrgen_M=C3=BCller?= <j%d@example.test>\r\nTo: me@example.test, \"Doe, Jane\" <jane@example.test>\r\n"+
			"Subject: Re: the minutes of meeting %d\r\nDate: Tue, 02 Jan 2024 03:04:%02d +0100\r\nMessage-ID: <%d@example.test>\r\n"+
			"In-Reply-To: <%d@example.test>\r\nReferences: <1@example.test>\r\n <2@example.test>\r\n"+
			"DKIM-Signature: v=1; a=rsa-sha256; d=example.test;\r\n\tb=%s\r\nMIME-Version: 1.0\r\n", i, i, i%60, i, i-1, strings.Repeat("Ab0+", 80))
	}
	prose := func(n int) string {
		return strings.Repeat("The quick brown fox jumps over the lazy dog, and then some more of it.\r\n", n)
	}
	letter := strings.Repeat("<tr><td style=3D\"padding:0 10px;font-family:Arial\"><a href=3D\"https://x.te=\r\nst/abc\">The quick =E2=80=93 brown</a> fox jumps over the lazy dog</td></tr>\r\n", 120)
	file := func(n int) string {
		row := base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{0, 17, 99}, 19)) + "\r\n"
		return strings.Repeat(row, n)
	}
	var mails [][]byte
	add := func(n int, body string) {
		for range n {
			mails = append(mails, []byte(head(len(mails))+body))
		}
	}
	add(45, "Content-Type: text/plain; charset=utf-8\r\n\r\n"+prose(30))
	add(10, "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"+strings.ReplaceAll(prose(40), "quick", "fl=FCchtig"))
	add(5, "Content-Type: text/plain; charset=koi8-r\r\nContent-Transfer-Encoding: base64\r\n\r\n"+file(60))
	add(28, "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"+prose(20)+
		"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"+letter+"--b--\r\n")
	add(4, "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"+letter)
	add(8, "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n"+prose(10)+"--b\r\nContent-Type: application/pdf; name=report.pdf\r\n"+
		"Content-Disposition: attachment; filename=report.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"+file(1800)+"--b--\r\n")
	return mails
}

func benchmarkMix(b *testing.B, read func([]byte)) {
	mails := mailMix()
	size := 0
	for _, m := range mails {
		size += len(m)
	}
	b.SetBytes(int64(size / len(mails)))
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		read(mails[i%len(mails)])
		i++
	}
}

func BenchmarkParse(b *testing.B) { benchmarkMix(b, func(m []byte) { ParseBytes(m) }) }

func BenchmarkParseStream(b *testing.B) {
	benchmarkMix(b, func(m []byte) { Parse(bytes.NewReader(m)) })
}

// BenchmarkIndex is what a new mail costs in all.
func BenchmarkIndex(b *testing.B) {
	benchmarkMix(b, func(raw []byte) {
		m := ParseBytes(raw)
		m.IndexText()
		m.Snippet()
		m.Attachments()
	})
}

func BenchmarkParseHeader(b *testing.B) {
	benchmarkMix(b, func(raw []byte) {
		header, _, _ := bytes.Cut(raw, []byte("\r\n\r\n"))
		ParseHeader(header)
	})
}
