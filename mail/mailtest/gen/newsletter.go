package gen

import (
	"fmt"
	"html"
	"math/rand/v2"
	"strings"
)

const newsletterHead = `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=%s" />
<title>%s</title>
<style type="text/css">body{margin:0;padding:0;background:#f4f4f4}table{border-collapse:collapse}img{border:0;display:block}
@media only screen and (max-width:600px){.w600{width:100%%!important}.hide{display:none!important}}</style></head>
<body><table class="w600" width="600" align="center" cellpadding="0" cellspacing="0" border="0">
`

const newsletterItem = `<tr><td class="w600" style="padding:16px 24px 16px 24px;font-family:Arial,Helvetica,sans-serif;font-size:14px;line-height:20px;color:#333333;">
<h2 style="margin:0 0 8px 0;font-size:18px;color:#1a73e8;"><a href="https://click.%s/t/%x%x/%d" style="color:#1a73e8;text-decoration:none;" target="_blank">%s</a></h2>
<img src="https://img.%s/i/%x.jpg" width="552" height="180" alt="" style="display:block;width:552px;height:180px;" />
<p style="margin:8px 0 0 0;">%s</p></td></tr>
<tr><td height="12" style="font-size:1px;line-height:1px;">&nbsp;</td></tr>
`

const newsletterFoot = `<tr><td style="font-size:11px;color:#999999;"><a href="https://click.%s/unsubscribe/%x">Unsubscribe</a></td></tr>
</table><img src="https://click.%s/open/%x.gif" width="1" height="1" alt="" /></body></html>
`

const newsletterLogo = `<tr><td><img src="cid:logo@postrider.test" width="64" height="64" alt="Logo" /></td></tr>` + "\n"

// newsletter is the usual HTML: tables, inline styles, tracking links.
func (p *Plan) newsletter(i int, probes []string, logo bool) string {
	l, r := p.locale(i), p.random(i, saltHTML)
	var o strings.Builder
	fmt.Fprintf(&o, newsletterHead, l.charset, html.EscapeString(p.subject(i)))
	if logo {
		o.WriteString(newsletterLogo)
	}
	for _, w := range probes {
		o.WriteString("<tr><td>" + w + ".</td></tr>\n")
	}
	for k, text := range p.paragraphs(i) {
		p.newsletterItem(&o, r, l, k, text)
	}
	fmt.Fprintf(&o, newsletterFoot, domains[0], r.Uint64(), domains[0], r.Uint64())
	return o.String()
}

func (p *Plan) newsletterItem(o *strings.Builder, r *rand.Rand, l *locale, k int, text string) {
	d := domains[r.IntN(len(domains))]
	fmt.Fprintf(o, newsletterItem,
		d, r.Uint64(), r.Uint64(), k, html.EscapeString(p.sentence(r, l, 6)), d, r.Uint64(),
		html.EscapeString(strings.TrimSpace(wrap(text, "", l.nospace))))
}
