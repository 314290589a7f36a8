package html

import "testing"

func TestSuspiciousLinks(t *testing.T) {
	for _, c := range []struct {
		label, href string
		want        Doubt
		real        string
	}{
		{"Click here", "https://shop.example.com/a", NoDoubt, ""},
		{"https://shop.example.com/sale", "https://www.example.com/x", NoDoubt, ""},
		{"www.paypal.com", "http://paypal.evil.example/login", Elsewhere, "paypal.evil.example"},
		{"https://bank.co.uk", "https://other.co.uk", Elsewhere, "other.co.uk"},
		{" <https://bank.com/…> ", "https://bank.com.evil.net", Elsewhere, "bank.com.evil.net"},
		{"Read.txt", "https://x.example.org", NoDoubt, ""},
		{"Version 1.2", "https://x.example.org", NoDoubt, ""},
		{"e.g. this", "https://x.example.org", NoDoubt, ""},
		{"ada@bank.com", "mailto:ada@bank.com?subject=x", NoDoubt, ""},
		{"ada@bank.com", "mailto:ada@evil.net", Elsewhere, "evil.net"},
		{"Pay", "http://paypal.com@evil.net/", UserName, "evil.net"},
		{"Pay", "http://192.0.2.7/paypal", Numeric, "192.0.2.7"},
		{"Pay", "http://3232235521/", Numeric, "3232235521"},
		{"Pay", "http://[2001:db8::1]/", Numeric, "2001:db8::1"},
		{"Pay", "https://pаypal.com/", Disguised, "pаypal.com"}, // a Cyrillic а
		{"Pay", "https://xn--pypal-4ve.com/", Disguised, "pаypal.com"},
		{"Zur Bank", "https://müller.de/", NoDoubt, ""},
		{"почта", "https://почта.рф/", NoDoubt, ""},
		{"top", "#top", NoDoubt, ""},
		{"call", "tel:123", NoDoubt, ""},
		{"www.bank.com", "javascript:alert(1)", NoDoubt, ""},
		{"WWW.EXAMPLE.COM", "HTTP://www.Example.com", NoDoubt, ""},
		{"www.ex\u00adample.com", "http://www.example.com", NoDoubt, ""},
	} {
		w, ok := Suspicious(c.label, c.href)
		if w.Doubt != c.want || ok != (c.want != NoDoubt) || ok && w.Real != c.real {
			t.Errorf("%q to %q: got %v, %q, want %v, %q", c.label, c.href, w.Doubt, w.Real, c.want, c.real)
		}
	}
}

func TestTargetIsWhatWouldOpen(t *testing.T) {
	for _, c := range []struct{ href, want string }{
		{"https://a.example/", "https://a.example/"},
		{" \n https://a.example/x\ty ", "https://a.example/xy"},
		{"//a.example/", "https://a.example/"},
		{"www.a.example", "http://www.a.example"},
		{"mailto:a@b.example", "mailto:a@b.example"},
		{"#top", ""}, {"page.html", ""}, {"", ""},
		{"javascript:x", ""}, {"JAVASCRIPT:x", ""}, {"java\nscript:x", ""}, {"data:text/html,x", ""}, {"file:///x", ""},
		{"ms-msdt:x", ""}, {"search-ms:x", ""}, {"steam://run/1", ""}, {"vbscript:x", ""}, {"cid:x", ""},
	} {
		if got := Target(c.href); got != c.want {
			t.Errorf("%q: got %q, want %q", c.href, got, c.want)
		}
	}
}

func TestRemoteThingsAreListed(t *testing.T) {
	d := Parse(`<style>@import "http://no.example/a.css"; .a{background:url(http://css.example/b.png)}</style>
<img src="https://A.example:8080/pic.jpg" width=600 height="200">
<img src=http://t.example/open width=1 height=1>
<img src=http://t.example/style style="width:1px;height:1px">
<div style="display:none"><img src=http://h.example/hidden></div>
<img src="cid:x"><img src="data:image/png;base64,AA"><img src="relative.png">
<img srcset="https://s.example/1.png 1x, https://s.example/2.png 2x">
<td background="//b.example/bg.png">
<table background=http://bg.example/t.gif><tr><td style="background-image: url('http://u.example/x.png')">x</table>
<input type=image src=\\unc.example\x>`)
	var got string
	for _, r := range d.Remote {
		got += r.Host
		if r.Tracks {
			got += "!"
		}
		if r.Use == Background {
			got += "*"
		}
		got += " "
	}
	want := "css.example* a.example t.example! t.example! h.example! s.example s.example bg.example* u.example* unc.example "
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if d.Remote[1].Width != 600 || d.Remote[1].Height != 200 || d.Refused.Sheets != 1 {
		t.Errorf("size %d×%d, sheets %d", d.Remote[1].Width, d.Remote[1].Height, d.Refused.Sheets)
	}
}
