package message

import (
	"bytes"
	"path"
	"strings"
)

// signatures are the first bytes of the types worth knowing.
var signatures = []struct{ magic, mediaType string }{
	{"MZ", "application/x-msdownload"},
	{"\x7fELF", "application/x-executable"},
	{"\xca\xfe\xba\xbe", "application/x-mach-binary"}, // a Java class, too
	{"\xfe\xed\xfa\xce", "application/x-mach-binary"},
	{"\xfe\xed\xfa\xcf", "application/x-mach-binary"},
	{"\xce\xfa\xed\xfe", "application/x-mach-binary"},
	{"\xcf\xfa\xed\xfe", "application/x-mach-binary"},
	{"#!", "application/x-shellscript"},
	{"L\x00\x00\x00\x01\x14\x02\x00", "application/x-ms-shortcut"},
	{"[Desktop Entry]", "application/x-desktop"},
	{"%PDF-", "application/pdf"},
	{"PK\x03\x04", "application/zip"}, // office documents, too
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"},
	{"Rar!\x1a\x07", "application/vnd.rar"},
	{"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"},
	{"\x1f\x8b", "application/gzip"},
	{"\x89PNG\r\n\x1a\n", "image/png"},
	{"\xff\xd8\xff", "image/jpeg"},
	{"GIF87a", "image/gif"},
	{"GIF89a", "image/gif"},
	{"<svg", "image/svg+xml"},
	{"<?xml", "text/xml"},
	{"\x78\x9f\x3e\x22", "application/ms-tnef"},
}

// pageTags begin what browsers take for a page, whatever it is called (WHATWG MIME
// Sniffing 7.1).
var pageTags = []string{
	"!doctype html", "html", "head", "script", "iframe", "h1", "div", "font", "table", "a", "style", "title", "b", "body",
	"br", "p", "meta", "form", "img", "!--",
}

// isPage reports whether text, lower case and without blanks before it, begins as
// a page does.
func isPage(text []byte) bool {
	for _, tag := range pageTags {
		rest, ok := bytes.CutPrefix(text[1:], []byte(tag))
		if ok && (tag == "!--" || len(rest) == 0 || bytes.IndexByte([]byte(" \t\r\n\f/>"), rest[0]) >= 0) {
			return true
		}
	}
	return false
}

// sniff tells a type by the first bytes of a file, "" if it cannot.
func sniff(head []byte) string {
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.magic)) {
			return s.mediaType
		}
	}
	if len(head) > 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP" {
		return "image/webp"
	}
	if text := bytes.ToLower(bytes.TrimLeft(narrow(head), " \t\r\n\f\xef\xbb\xbf")); len(text) > 0 && (text[0] == '<' || text[0] == '[') {
		for _, s := range signatures {
			if bytes.HasPrefix(text, []byte(strings.ToLower(s.magic))) {
				return s.mediaType
			}
		}
		if text[0] == '<' && isPage(text) {
			return "text/html"
		}
	}
	return ""
}

// narrow makes ASCII of a beginning in UTF-16 that says so.
func narrow(head []byte) []byte {
	if !bytes.HasPrefix(head, []byte("\xff\xfe")) && !bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return head
	}
	return bytes.ReplaceAll(head[2:], []byte{0}, nil)
}

// programTypes are the types, sniffed or declared, of what runs when opened.
var programTypes = map[string]bool{
	"application/x-msdownload": true, "application/x-executable": true, "application/x-mach-binary": true,
	"application/x-shellscript": true, "application/x-ms-shortcut": true, "application/x-desktop": true,
	"application/x-msdos-program": true, "application/hta": true, "application/x-sh": true, "application/x-bat": true,
	"application/vnd.microsoft.portable-executable": true, "application/x-ms-installer": true, "application/x-msi": true,
	"application/java-archive": true,
}

// programExtensions are those that some system runs on a double click.
var programExtensions = func() map[string]bool {
	set := make(map[string]bool)
	for ext := range strings.FieldsSeq(`ade adp app apk appimage appref-ms appx bas bat bash bin chm cmd com command cpl csh
		deb desktop dll dmg exe fish gadget hta inf ins iso jar js jse jnlp lnk mde msc msh msi msix msp mst ocx pif pkg pl
		ps1 ps1xml ps2 psc1 py pyw rb reg rpm run scf scr sct settingcontent-ms sh shb shs sys terminal tool url vb vbe vbs
		vhd vhdx vxd website workflow ws wsc wsf wsh xbap xll xpi zsh`) {
		set["."+ext] = true
	}
	return set
}()

// Executable reports whether opening the part could run a program, going by
// its bytes, its name and its declared type: such a part is never opened from
// the message.
func (p *Part) Executable() bool {
	return programTypes[p.SniffedType] || programTypes[p.MediaType()] ||
		p.Filename != "" && programExtensions[strings.ToLower(path.Ext(CleanFilename(p.Filename)))]
}

// activeTypes are the types of what a browser or another viewer runs scripts of,
// or fetches more for, when it is opened.
var activeTypes = map[string]bool{
	"text/html": true, "application/xhtml+xml": true, "image/svg+xml": true, "text/xml": true, "application/xml": true,
	"application/x-mimearchive": true, "multipart/related": true, "application/x-shockwave-flash": true,
}

// activeExtensions are the names of such files, and of documents with macros.
var activeExtensions = func() map[string]bool {
	set := make(map[string]bool)
	for ext := range strings.FieldsSeq(`htm html shtml xht xhtm xhtml mht mhtml svg svgz xml xsl xslt swf
		docm dotm xlsm xltm xlam pptm potm ppsm ppam sldm odb mdb accdb one slk iqy webloc rdp`) {
		set["."+ext] = true
	}
	return set
}()

// Active reports whether a viewer could run something of the part, or tell
// somebody that it was opened, going by its bytes, its name and its declared type:
// web pages, drawings that are pages, documents with macros. The person is asked
// before such a part is opened from the message.
func (p *Part) Active() bool {
	if activeTypes[p.SniffedType] || activeTypes[p.MediaType()] {
		return true
	}
	return p.Filename != "" && activeExtensions[strings.ToLower(path.Ext(CleanFilename(p.Filename)))]
}

// Disguised reports whether a program poses as something else: its bytes are
// those of a program, but its name and its declared type are not.
func (p *Part) Disguised() bool {
	if !programTypes[p.SniffedType] || programTypes[p.MediaType()] {
		return false
	}
	if p.Filename == "" {
		return p.Type != "application"
	}
	return !programExtensions[strings.ToLower(path.Ext(CleanFilename(p.Filename)))]
}
