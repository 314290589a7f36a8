package message

import (
	"slices"
	"strings"
	"testing"
)

func TestWhoAServerConfirms(t *testing.T) {
	for _, c := range []struct {
		name, header string
		server       string
		from         string
		want         bool
	}{
		{"gmail", "Authentication-Results: mx.google.com;\r\n dkim=pass header.i=@shop.example header.s=s1 header.b=abc;\r\n spf=pass (google.com: domain of a@b designates 1.2.3.4 as permitted sender) smtp.mailfrom=bounce@mail.shop.example;\r\n dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=shop.example\r\n", "mx.google.com", "news@Shop.example", true},
		{"exchange names no server", "Authentication-Results: spf=pass (sender IP is 1.2.3.4)\r\n smtp.mailfrom=shop.example; dkim=pass (signature was verified)\r\n header.d=shop.example;dmarc=pass action=none header.from=shop.example;compauth=pass reason=100\r\n", "", "a@shop.example", true},
		{"opendmarc", "Authentication-Results: mx.home.example; dmarc=pass (p=none dis=none) header.from=shop.example\r\n", "mx.home.example", "a@shop.example", true},
		{"a signature alone", "Authentication-Results: mx.home.example; dkim=pass (2048-bit key) header.d=shop.example header.i=@shop.example\r\n", "mx.home.example", "a@news.shop.example", true},
		{"a version and blanks", "Authentication-Results: mx.home.example 1; dkim/1 = pass header.d = shop.example\r\n", "mx.home.example", "a@shop.example", true},
		{"somebody else's signature", "Authentication-Results: mx; dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=x@evil.example; dmarc=none header.from=shop.example\r\n", "mx", "a@shop.example", false},
		{"a name that only ends so", "Authentication-Results: mx; dkim=pass header.d=evilshop.example\r\n", "mx", "a@shop.example", false},
		{"a domain of all", "Authentication-Results: mx; dkim=pass header.d=example\r\n", "mx", "a@shop.example", false},
		{"the policy fails", "Authentication-Results: mx; spf=pass smtp.mailfrom=shop.example; dmarc=fail header.from=shop.example\r\n", "mx", "a@shop.example", false},
		{"the signature fails", "Authentication-Results: mx; dkim=fail header.d=shop.example\r\n", "mx", "a@shop.example", false},
		{"nothing was checked", "Authentication-Results: mx; none\r\n", "mx", "a@shop.example", false},
		{"the topmost counts", "Authentication-Results: mx; dmarc=fail header.from=shop.example\r\nAuthentication-Results: mx; dmarc=pass header.from=shop.example\r\n", "mx", "a@shop.example", false},
		{"none", "X-Authentication-Results: mx; dmarc=pass header.from=shop.example\r\n", "", "a@shop.example", false},
		{"in a comment", "Authentication-Results: mx; spf=fail (x; dmarc=pass header.from=shop.example) smtp.mailfrom=e.example\r\n", "mx", "a@shop.example", false},
		{"in a comment that never ends", "Authentication-Results: mx; spf=fail (x; dmarc=pass header.from=shop.example\r\n", "mx", "a@shop.example", false},
		{"in a quoted return path", "Authentication-Results: mx; spf=pass smtp.mailfrom=\"a; dmarc=pass header.from=shop.example \"@evil.example\r\n", "mx", "a@shop.example", false},
		{"in a quoted pair", "Authentication-Results: mx; spf=pass smtp.mailfrom=\"a\\\"; dmarc=pass header.from=shop.example;\"@evil.example\r\n", "mx", "a@shop.example", false},
		{"in an encoded word", "Authentication-Results: mx; spf=pass smtp.mailfrom==?utf-8?q?x;_dmarc=3Dpass_header.from=3Dshop.example;?=@evil.example\r\n", "mx", "a@shop.example", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := ParseHeader([]byte(c.header + "From: <" + c.from + ">\r\n\r\n")).Header
			if got := h.Checked.Confirms(c.from); got != c.want {
				t.Errorf("confirmed %v: %+v", got, h.Checked)
			}
			if h.Checked != nil && h.Checked.Server != c.server {
				t.Errorf("by %q", h.Checked.Server)
			}
		})
	}
}

// Whatever a stranger writes within a comment or quotes confirms nobody.
func FuzzChecked(f *testing.F) {
	f.Add("x; dmarc=pass header.from=shop.example")
	f.Add(`a\") (b; dkim = pass header.d=shop.example`)
	f.Fuzz(func(t *testing.T, words string) {
		parseChecked(words)
		quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(words)
		for _, raw := range []string{` mx; spf=fail smtp.mailfrom="` + quoted + `"@evil.example`, ` mx; spf=fail (` + strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(words) + `) smtp.mailfrom=evil.example`} {
			if c := parseChecked(raw); len(c.Domains) > 0 && !slices.Equal(c.Domains, []string{"evil.example"}) {
				t.Errorf("%q confirms %v", raw, c.Domains)
			}
		}
	})
}
