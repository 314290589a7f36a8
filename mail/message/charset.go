package message

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode/utf32"
)

// charset turns bytes into UTF-8. decode may use the memory of b, and its
// result may hold anything but invalid UTF-8.
type charset struct {
	decode   func(b []byte) []byte
	stateful bool // ASCII bytes need not mean ASCII, and half a text means nothing
}

var (
	guessed     = &charset{decode: guess}
	utf8Charset = &charset{decode: repairUTF8}
)

// charsets are those that the tables of golang.org/x/text lack, refuse or read
// otherwise than mail means them. The keys are squashed, see squash.
var charsets = map[string]*charset{
	"utf8": utf8Charset, "utf8mb4": utf8Charset, "xutf8j": utf8Charset, "cp65001": utf8Charset, "unicode": utf8Charset,
	"unicode11utf8": utf8Charset, "unicode20utf8": utf8Charset, "utf": utf8Charset, "utf08": utf8Charset,

	"utf7": utf7Charset, "unicode11utf7": utf7Charset, "unicode20utf7": utf7Charset, "xunicode20utf7": utf7Charset,

	"utf16": utf16Charset(bigEndian), "utf16be": utf16Charset(bigEndian), "utf16le": utf16Charset(littleEndian),
	"ucs2": utf16Charset(bigEndian), "iso10646ucs2": utf16Charset(bigEndian),
	"utf32":   wide(utf32.UTF32(utf32.BigEndian, utf32.UseBOM)),
	"utf32be": wide(utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)),
	"utf32le": wide(utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)),

	"hz": wide(simplifiedchinese.HZGB2312), "hzgb2312": wide(simplifiedchinese.HZGB2312),
	"iso2022kr": shiftCharset(korean.EUCKR), "csiso2022kr": shiftCharset(korean.EUCKR),
	"iso2022cn": shiftCharset(simplifiedchinese.GBK), "iso2022cnext": shiftCharset(simplifiedchinese.GBK),
	"iso2022jp": iso2022JP, "iso2022jp1": iso2022JP, "iso2022jp2": iso2022JP, "iso2022jp3": iso2022JP,
	"iso2022jpms": iso2022JP, "cp50220": iso2022JP, "cp50221": iso2022JP, "csiso2022jp": iso2022JP, "jis": iso2022JP,

	// Each is a subset of the one that senders really use.
	"gb2312": plain(simplifiedchinese.GB18030), "gbk": plain(simplifiedchinese.GB18030), "cp936": plain(simplifiedchinese.GB18030),
	"xgbk": plain(simplifiedchinese.GB18030), "euccn": plain(simplifiedchinese.GB18030), "gb18030": plain(simplifiedchinese.GB18030),
	"cp932": plain(japanese.ShiftJIS), "ms932": plain(japanese.ShiftJIS), "windows932": plain(japanese.ShiftJIS),
	"cp949": plain(korean.EUCKR), "uhc": plain(korean.EUCKR), "ksc5601": plain(korean.EUCKR), "windows949": plain(korean.EUCKR),
	"cp950": plain(traditionalchinese.Big5), "ms950": plain(traditionalchinese.Big5),

	"ansix31101983": plain(charmap.Windows1252), "ansix3110": plain(charmap.Windows1252), "t61": plain(charmap.Windows1252),
	"iso8859": plain(charmap.Windows1252), "latin": plain(charmap.Windows1252),

	// Whoever says these sends anything but ASCII, or does not know.
	"": guessed, "usascii": guessed, "ascii": guessed, "ansix341968": guessed, "iso646us": guessed, "646": guessed,
	"ansi": guessed, "default": guessed, "unknown8bit": guessed, "unknown": guessed, "xunknown": guessed,
	"xuserdefined": guessed, "8bit": guessed, "7bit": guessed, "binary": guessed,
}

var iso2022JP = wide(japanese.ISO2022JP)

// plain is a charset in which ASCII bytes are ASCII.
func plain(enc encoding.Encoding) *charset {
	return &charset{decode: func(b []byte) []byte { return decodeWith(enc, b) }}
}

// wide is one in which they are not.
func wide(enc encoding.Encoding) *charset {
	return &charset{decode: func(b []byte) []byte { return decodeWith(enc, b) }, stateful: true}
}

// decodeWith decodes b with replacement marks for what makes no sense. Where
// the declaration makes no sense of bytes that are valid UTF-8, it is wrong.
func decodeWith(enc encoding.Encoding, b []byte) []byte {
	text, err := enc.NewDecoder().Bytes(b)
	if err != nil || bytes.Contains(text, []byte("\ufffd")) && utf8.Valid(b) {
		return guess(b)
	}
	return text
}

// lookupCharset finds the charset that a label means, however it is misspelt.
// An unknown one is guessed.
func lookupCharset(label string) *charset {
	key := squash(label)
	if c := charsets[key]; c != nil {
		return c
	}
	label = strings.Trim(label, " \t\"'")
	if c := indexed(label); c != nil {
		return c
	}
	if c := indexed(key); c != nil {
		return c
	}
	if c := indexed(respell(key)); c != nil {
		return c
	}
	return guessed
}

// indexed finds a label in the tables of the web and of IANA, in this order:
// mail says iso-8859-1 and means windows-1252, as pages do.
func indexed(label string) *charset {
	if enc, err := htmlindex.Get(label); err == nil && enc != encoding.Replacement {
		return plain(enc)
	}
	enc, err := ianaindex.MIME.Encoding(label)
	if err != nil || enc == nil {
		return nil
	}
	switch enc {
	case charmap.CodePage037, charmap.CodePage1047, charmap.CodePage1140: // EBCDIC
		return wide(enc)
	}
	return plain(enc)
}

// respell writes a squashed label as the tables have it: "win1252",
// "cp437", "88591".
func respell(key string) string {
	digits := strings.TrimLeft(key, "abcdefghijklmnopqrstuvwxyz")
	switch {
	case strings.HasPrefix(digits, "125"), digits == "874":
		return "windows-" + digits
	case strings.HasPrefix(digits, "8859"):
		return "iso-8859-" + digits[4:]
	case key != digits:
		return "ibm" + digits
	}
	return key
}

func isStateful(label string) bool { return lookupCharset(label).stateful }
