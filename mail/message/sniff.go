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
	{"<!doctype html", "text/html"},
	{"<html", "text/html"},
	{"<script", "text/html"},
	{"<svg", "image/svg+xml"},
	{"<?xml", "text/xml"},
	{"\x78\x9f\x3e\x22", "application/ms-tnef"},
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
	if text := bytes.ToLower(bytes.TrimLeft(head, " \t\r\n\xef\xbb\xbf")); len(text) > 0 && (text[0] == '<' || text[0] == '[') {
		for _, s := range signatures {
			if bytes.HasPrefix(text, []byte(strings.ToLower(s.magic))) {
				return s.mediaType
			}
		}
	}
	return ""
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
