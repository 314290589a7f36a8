package typeset

import "unicode/utf8"

// kernSpaces moves words and the spaces between them together as the face has it,
// such as the space after an A of Arial. The atoms at the end of all are those of
// text, in one style, and run from left to right.
func (l *Library) kernSpaces(all []atom, text string, base int) {
	i := len(all)
	for i > 0 && all[i-1].start >= base {
		i--
	}
	own := all[i:]
	for i := range own {
		if own[i].kind != spacePart {
			continue
		}
		if i > 0 && own[i-1].kind == wordPart {
			before := &own[i-1]
			r, _ := utf8.DecodeLastRuneInString(text[before.start-base : before.end-base])
			before.tail = l.kern(before.set, r, ' ') * before.style.Size
			before.width += before.tail
		}
		if i+1 < len(own) && own[i+1].kind == wordPart {
			r, _ := utf8.DecodeRuneInString(text[own[i+1].start-base:])
			own[i].width += l.kern(own[i].set, ' ', r) * own[i].style.Size
		}
	}
}

// kern is how far two runes, one of them a space, are moved apart, in ems. Only
// faces for letters do that.
func (l *Library) kern(s *set, a, b rune) float64 {
	if a >= 0x2000 || b >= 0x2000 || invisible(a) || invisible(b) {
		return 0
	}
	key := [2]rune{a, b}
	s.mu.Lock()
	k, ok := s.space[key]
	s.mu.Unlock()
	if ok {
		return float64(k)
	}
	sh := takeShaper()
	defer sh.release()
	both, pending := sh.word(s, string(key[:]), false, l.hasty)
	first, _ := sh.word(s, string(a), false, l.hasty)
	second, _ := sh.word(s, string(b), false, l.hasty)
	k = float32(both.width - first.width - second.width)
	if len(both.runs) > 1 { // two faces
		k = 0
	}
	if pending {
		return float64(k)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.space) > 4096 {
		clear(s.space)
	}
	s.space[key] = k
	return float64(k)
}
