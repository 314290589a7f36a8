package message

import (
	"path"
	"strings"
	"unicode"
)

const (
	maxFilename  = 200 // bytes; file systems take 255, and " (2)" may follow
	maxExtension = 20  // bytes of an extension that is kept when a name is cut
)

// CleanFilename makes a name that strangers chose safe to save under on every
// system: one path element that is neither hidden nor an option, means no
// device and no stream on Windows, shows its real extension, and has at most
// 200 bytes. It keeps what it can of the name, and the extension. Nothing left
// is "attachment".
func CleanFilename(name string) string {
	name = cleanLine(name)
	name = strings.Map(fileRune, name)
	name = strings.Join(strings.Fields(name), " ")
	name = strings.TrimLeft(name, ".-_~ ")
	name = shorten(strings.TrimRight(name, ". "))
	if name == "" {
		return "attachment"
	}
	if isDevice(name) {
		return "_" + name
	}
	return name
}

// fileRune replaces what parts paths on some system or looks like it, and what
// shells and Windows give a meaning to; what cannot be seen goes.
func fileRune(r rune) rune {
	switch r {
	case '/', '\\', ':', '*', '?', '"', '<', '>', '|', '\u2044', '\u2215', '\u29f8', '\uff0f', '\u29f5', '\ufe68', '\uff3c',
		'\u2236', '\ua789', '\uff1a', unicode.ReplacementChar:
		return '_'
	}
	switch {
	case unicode.IsSpace(r):
		return ' '
	case isInvisible(r), unicode.IsControl(r), unicode.Is(unicode.Cf, r) && r != '\u200d' && r != '\u200c':
		return -1
	}
	return r
}

// shorten cuts a name in front of its extension.
func shorten(name string) string {
	if len(name) <= maxFilename {
		return name
	}
	ext := path.Ext(name)
	if len(ext) > maxExtension {
		ext = ""
	}
	stem := truncate(name[:len(name)-len(ext)], maxFilename-len(ext))
	return strings.TrimRight(stem, ". ") + ext
}

// isDevice reports names that Windows takes for a device, with any extension.
func isDevice(name string) bool {
	stem, _, _ := strings.Cut(strings.ToUpper(name), ".")
	stem = strings.TrimSpace(stem)
	switch stem {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$":
		return true
	}
	number, ok := strings.CutPrefix(stem, "COM")
	if !ok {
		number, ok = strings.CutPrefix(stem, "LPT")
	}
	return ok && (len(number) == 1 && number[0] >= '0' && number[0] <= '9' || number == "¹" || number == "²" || number == "³")
}

// SaveName returns a safe name to save the part under. Without one of its own
// an attached message goes by its subject, and anything else by its type.
func (p *Part) SaveName() string {
	switch {
	case p.Filename != "":
		return CleanFilename(p.Filename)
	case p.Message != nil && p.Message.Subject != "":
		return CleanFilename(truncate(p.Message.Subject, maxFilename-len(".eml")) + ".eml")
	}
	return "attachment" + extensions[p.MediaType()]
}

// extensions are those of the types that come without a name. A table of our
// own: that of the system differs from one computer to the next.
var extensions = map[string]string{
	"application/pdf": ".pdf", "application/zip": ".zip", "application/pgp-signature": ".asc", "application/pgp-keys": ".asc",
	"application/pkcs7-signature": ".p7s", "application/pkcs7-mime": ".p7m", "application/x-pkcs7-signature": ".p7s",
	"application/ms-tnef": ".dat", "application/json": ".json", "application/ics": ".ics",
	"audio/mpeg": ".mp3", "audio/ogg": ".ogg", "audio/wav": ".wav",
	"image/gif": ".gif", "image/jpeg": ".jpg", "image/png": ".png", "image/svg+xml": ".svg", "image/webp": ".webp",
	"image/heic": ".heic", "image/tiff": ".tif", "image/bmp": ".bmp",
	"message/rfc822": ".eml", "message/global": ".eml", "message/delivery-status": ".txt",
	"text/calendar": ".ics", "text/csv": ".csv", "text/html": ".html", "text/plain": ".txt", "text/vcard": ".vcf",
	"text/x-vcard": ".vcf", "text/rfc822-headers": ".txt", "video/mp4": ".mp4",
}
