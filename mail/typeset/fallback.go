package typeset

import (
	"slices"
	"strings"

	"github.com/go-text/typesetting/language"
)

// scriptFamilies are the families to ask first for a script, those of free
// systems first, then Apple's, then Microsoft's. A script that is not in here
// gets the first face that has the rune.
var scriptFamilies = normalLists(map[language.Script][]string{
	language.Arabic:     {"Noto Sans Arabic", "Noto Sans Arabic UI", "Noto Naskh Arabic", "Geeza Pro", "Segoe UI", "Tahoma", "DejaVu Sans"},
	language.Hebrew:     {"Noto Sans Hebrew", "Arial Hebrew", "Segoe UI", "DejaVu Sans", sans},
	language.Thai:       {"Noto Sans Thai", "Noto Sans Thai UI", "Thonburi", "Leelawadee UI"},
	language.Devanagari: {"Noto Sans Devanagari", "Noto Sans Devanagari UI", "Kohinoor Devanagari", "Nirmala UI"},
	language.Bengali:    {"Noto Sans Bengali", "Kohinoor Bangla", "Nirmala UI"},
	language.Tamil:      {"Noto Sans Tamil", "Tamil Sangam MN", "Nirmala UI"},
	language.Telugu:     {"Noto Sans Telugu", "Kohinoor Telugu", "Nirmala UI"},
	language.Kannada:    {"Noto Sans Kannada", "Kannada Sangam MN", "Nirmala UI"},
	language.Malayalam:  {"Noto Sans Malayalam", "Malayalam Sangam MN", "Nirmala UI"},
	language.Gujarati:   {"Noto Sans Gujarati", "Kohinoor Gujarati", "Nirmala UI"},
	language.Gurmukhi:   {"Noto Sans Gurmukhi", "Gurmukhi Sangam MN", "Nirmala UI"},
	language.Sinhala:    {"Noto Sans Sinhala", "Sinhala Sangam MN", "Nirmala UI"},
	language.Armenian:   {"Noto Sans Armenian", "Mshtakan", "Segoe UI", "DejaVu Sans"},
	language.Georgian:   {"Noto Sans Georgian", "Segoe UI", "DejaVu Sans"},
	language.Ethiopic:   {"Noto Sans Ethiopic", "Kefa", "Ebrima"},
	language.Khmer:      {"Noto Sans Khmer", "Khmer Sangam MN", "Leelawadee UI"},
	language.Lao:        {"Noto Sans Lao", "Lao Sangam MN", "Leelawadee UI"},
	language.Myanmar:    {"Noto Sans Myanmar", "Myanmar Sangam MN", "Myanmar Text"},
	language.Tibetan:    {"Noto Serif Tibetan", "Kailasa", "Microsoft Himalaya"},
	language.Hangul:     korean,
	language.Hiragana:   japanese,
	language.Katakana:   japanese,
	language.Bopomofo:   traditional,
})

var (
	japanese    = []string{"Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Hiragino Kaku Gothic ProN", "Yu Gothic UI", "Meiryo", "IPAGothic", "Droid Sans Fallback"}
	simplified  = []string{"Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei", "WenQuanYi Micro Hei", "Droid Sans Fallback"}
	traditional = []string{"Noto Sans CJK TC", "Noto Sans TC", "PingFang TC", "Microsoft JhengHei UI", "Microsoft JhengHei", "Droid Sans Fallback"}
	korean      = []string{"Noto Sans CJK KR", "Noto Sans KR", "Apple SD Gothic Neo", "Malgun Gothic", "NanumGothic", "Droid Sans Fallback"}
)

// hanFamilies are the families for Chinese characters, by language.
var hanFamilies = normalLists(map[string][]string{"ja": japanese, "ko": korean, "zh": simplified, "tw": traditional})

// symbolFamilies are asked for what belongs to no script.
var symbolFamilies = normalList([]string{"DejaVu Sans", "Noto Sans Symbols", "Noto Sans Symbols2", "Noto Sans Math", "Apple Symbols", "Segoe UI Symbol"})

// emojiFamilies are fonts with coloured glyphs.
var emojiFamilies = normalList([]string{"Noto Color Emoji", "Apple Color Emoji", "Segoe UI Emoji", "Twitter Color Emoji", "Twemoji Mozilla", "JoyPixels", "EmojiOne Color"})

func normalList(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = normal(n)
	}
	return out
}

func normalLists[K comparable](m map[K][]string) map[K][]string {
	for k, v := range m {
		m[k] = normalList(v)
	}
	return m
}

// fallback chooses a face for a cluster that no face of the list can show, or
// nil.
func (s *set) fallback(cluster []rune, script language.Script, emoji, hasty bool) (f *Face, pending bool) {
	if emoji {
		if f, pending = s.ask(emojiFamilies, cluster, hasty); f != nil || pending {
			return f, pending
		}
		for _, c := range s.list {
			if f, _ := s.get(c, hasty); f != nil && f.shows(cluster) {
				return f, false
			}
		}
	}
	if f, pending = s.ask(s.familiesFor(script), cluster, hasty); f != nil || pending {
		return f, pending
	}
	return s.askAll(cluster, hasty)
}

// familiesFor lists the families for a script, given the style's language.
func (s *set) familiesFor(script language.Script) []string {
	switch script {
	case language.Han:
		return hanFamilies[s.han()]
	case language.Common, language.Inherited, language.Unknown:
		return symbolFamilies
	case language.Arabic:
		if s.shelf.strict { // as fontconfig orders that folder
			return symbolFamilies
		}
	}
	return scriptFamilies[script]
}

// han is whose Chinese characters to use.
func (s *set) han() string {
	lang := strings.ToLower(s.key.lang)
	switch {
	case strings.HasPrefix(lang, "ko"):
		return "ko"
	case strings.HasPrefix(lang, "zh-tw"), strings.HasPrefix(lang, "zh-hk"), strings.HasPrefix(lang, "zh-hant"):
		return "tw"
	case strings.HasPrefix(lang, "zh"):
		return "zh"
	case lang == "" && !s.shelf.strict:
		return "zh"
	}
	return "ja"
}

// ask goes through families in order, and takes of each the nearest face.
func (s *set) ask(names []string, cluster []rune, hasty bool) (*Face, bool) {
	for _, name := range names {
		s.shelf.mu.RLock()
		c := nearest(s.shelf.families[name], s.key)
		s.shelf.mu.RUnlock()
		if f, pending := s.try(c, cluster, hasty); f != nil || pending {
			return f, pending
		}
	}
	return nil, false
}

// askAll goes through every face, those of emoji last.
func (s *set) askAll(cluster []rune, hasty bool) (*Face, bool) {
	s.shelf.mu.RLock()
	all := s.shelf.faces
	s.shelf.mu.RUnlock()
	for _, colored := range []bool{false, true} {
		for _, c := range all {
			if slices.Contains(emojiFamilies, c.family) != colored || !c.mayShow(mainRune(cluster)) {
				continue
			}
			s.shelf.mu.RLock()
			better := nearest(s.shelf.families[c.family], s.key)
			s.shelf.mu.RUnlock()
			if f, pending := s.try(better, cluster, hasty); f != nil || pending {
				return f, pending
			}
			if f, pending := s.try(c, cluster, hasty); f != nil || pending {
				return f, pending
			}
		}
	}
	return nil, false
}

// try reads a candidate if that could help, and returns it if it shows the
// cluster, or at least its main rune.
func (s *set) try(c *candidate, cluster []rune, hasty bool) (*Face, bool) {
	if c == nil || !c.mayShow(mainRune(cluster)) {
		return nil, false
	}
	f, pending := s.get(c, hasty)
	if f == nil || !f.has(mainRune(cluster)) {
		return nil, pending
	}
	return f, false
}

// mainRune is the first rune of a cluster that is to be seen.
func mainRune(cluster []rune) rune {
	for _, r := range cluster {
		if !invisible(r) {
			return r
		}
	}
	return cluster[0]
}
