package gen

import (
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// locale is a language and how its mail is labelled on the wire.
type locale struct {
	charset string   // MIME name
	cte     string   // content transfer encoding of text parts
	share   int      // per cent of threads
	words   []string // nil: the big English vocabulary
	names   []string // first_last
	greet   string
	bye     string
	nospace bool // no blanks between words (Japanese, Chinese)
}

var locales = []*locale{
	{charset: "us-ascii", cte: "7bit", share: 46, greet: "Hi", bye: "Regards,", names: strings.Fields("Alan_Mercer Beth_Okafor Carl_Nyberg Dana_Whitfield Ed_Kowalski Fay_Lindqvist Greg_Tanaka Hope_Adeyemi Ian_McBride Jill_Romero Kurt_Vance Lena_Ortiz Mark_Sutter Nora_Quinn Owen_Pratt Pia_Salas")},
	{charset: "utf-8", cte: "quoted-printable", share: 20, greet: "Hello", bye: "Best regards — cheers,", names: strings.Fields("Zoë_Ångström Łukasz_Wójcik Siobhán_Ó_Briain Đorđe_Petrović Iñaki_Ibáñez Björk_Þórsdóttir")},
	{charset: "utf-8", cte: "8bit", share: 8, words: german, greet: "Liebe Kollegen", bye: "Schöne Grüße", names: strings.Fields("Jürgen_Müller Käthe_Größ")},
	{charset: "utf-8", cte: "base64", share: 4, words: french, greet: "Bonjour", bye: "À bientôt", names: strings.Fields("Hélène_Lefèvre François_Dupré")},
	{charset: "iso-8859-1", cte: "quoted-printable", share: 6, words: german, greet: "Guten Tag", bye: "Mit freundlichen Grüßen", names: strings.Fields("Jörg_Schäfer Björn_Lüdke")},
	{charset: "windows-1252", cte: "quoted-printable", share: 5, words: french, greet: "Bonjour", bye: "Cordialement – à vous", names: strings.Fields("Chloé_Renaud Gérard_Bœuf")},
	{charset: "koi8-r", cte: "base64", share: 4, words: russian, greet: "Здравствуйте", bye: "С уважением", names: strings.Fields("Иван_Петров Ольга_Смирнова")},
	{charset: "iso-2022-jp", cte: "7bit", share: 4, words: japaneseWords, greet: "お世話になっております", bye: "よろしくお願いします", nospace: true, names: strings.Fields("田中_太郎 鈴木_花子")},
	{charset: "gb18030", cte: "base64", share: 3, words: chinese, greet: "您好", bye: "此致敬礼", nospace: true, names: strings.Fields("王_伟 李_娜")},
}

var charsets = map[string]encoding.Encoding{
	"iso-8859-1":   charmap.ISO8859_1,
	"windows-1252": charmap.Windows1252,
	"koi8-r":       charmap.KOI8R,
	"iso-2022-jp":  japanese.ISO2022JP,
	"gb18030":      simplifiedchinese.GB18030,
}

// locale of message i: a thread keeps its language.
func (p *Plan) locale(i int) *locale {
	x := p.random(p.root(i), saltLocale).IntN(100)
	for _, l := range locales {
		if x -= l.share; x < 0 {
			return l
		}
	}
	return locales[0]
}

// word draws one word.
func (p *Plan) word(r *rand.Rand, l *locale) string {
	x := r.Uint64()
	if l.words != nil && x>>60 != 0 { // 1 in 16 is an English word even so
		// Squaring a uniform number favours the front of the short lists.
		u := float64(x&0xffffff) / (1 << 24)
		return l.words[int(u*u*float64(len(l.words)))]
	}
	return p.words.draw(x)
}

// encode turns s into the charset, with a substitute where it cannot.
func (l *locale) encode(s string) []byte {
	if enc := charsets[l.charset]; enc != nil {
		b, err := encoding.ReplaceUnsupported(enc.NewEncoder()).Bytes([]byte(s))
		if err != nil {
			panic(err) // cannot be: every rune is replaced
		}
		return b
	}
	if l.charset != "us-ascii" {
		return []byte(s)
	}
	return []byte(strings.Map(func(c rune) rune {
		if c > 0x7e {
			return '?'
		}
		return c
	}, s))
}

// canSay reports whether the charset has all of s.
func (l *locale) canSay(s string) bool {
	if enc := charsets[l.charset]; enc != nil {
		_, err := enc.NewEncoder().Bytes([]byte(s))
		return err == nil
	}
	return l.charset == "utf-8" || isASCII(s)
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// wordRunes is how many characters an encoded word holds: of the widest, as
// many as fit into the 75 bytes of RFC 2047 2.
const wordRunes = 13

// header encodes an unstructured header value where it must be.
func (l *locale) header(s string) string {
	if isASCII(s) {
		return s
	}
	name, encode := l.charset, l.encode
	if name == "us-ascii" || name == "utf-8" {
		name, encode = "utf-8", func(s string) []byte { return []byte(s) }
	}
	var words []string
	for rest := []rune(s); len(rest) > 0; {
		n := min(wordRunes, len(rest))
		words = append(words, "=?"+name+"?"+l.encodedText(encode(string(rest[:n])))+"?=")
		rest = rest[n:]
	}
	return strings.Join(words, "\n ")
}

func (l *locale) encodedText(b []byte) string {
	if l.cte != "quoted-printable" {
		return "B?" + base64.StdEncoding.EncodeToString(b)
	}
	var o strings.Builder
	o.WriteString("Q?")
	for _, c := range b {
		switch {
		case c == ' ':
			o.WriteByte('_')
		case c >= '0' && c <= '9', c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z':
			o.WriteByte(c)
		default:
			fmt.Fprintf(&o, "=%02X", c)
		}
	}
	return o.String()
}

func (l *locale) address(p person) string { return l.header(p.name) + " <" + p.addr + ">" }
