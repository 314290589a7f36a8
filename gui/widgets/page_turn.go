package widgets

// ScrollPage goes down (1) or up (-1) by what shows of the mail, less a line; it
// reports whether there was more. A tall page leaves it to whoever scrolls it.
func (p *Page) ScrollPage(by int) bool {
	if p.tall {
		return false
	}
	off := p.scroll.off
	if by > 0 && off >= p.scroll.end() || by < 0 && off <= 0 {
		return false
	}
	p.scroll.glideTo(off + int64(by)*p.scroll.page())
	return true
}
