package vm

import (
	"path"
	"strings"

	"postrider/mail"
	"postrider/mail/message"
)

// FileKind is what kind of file an attachment is, for its icon.
type FileKind uint8

// The kinds.
const (
	FileOther FileKind = iota
	FileText
	FilePicture
	FileSheet
	FilePDF
	FileArchive
	FileAudio
	FileVideo
	FileMessage
	FileCalendar
	FileContact
	FileProgram
)

// Attachment is a file that came with a message.
type Attachment struct {
	Message mail.MessageID
	Part    string // its path in the message
	Name    string // safe to save under
	Type    string // "application/pdf"
	Size    int64  // octets, as decoded; may be an estimate
	Kind    FileKind
	Runs    bool // opening it could run a program: it is saved, never opened
	Poses   bool // it is a program that pretends to be something else
	Active  bool // its viewer could run something of it, or tell somebody that it was opened: the person is asked
}

func attachmentOf(id mail.MessageID, p *message.Part) Attachment {
	a := Attachment{
		Message: id, Part: p.Path, Name: p.SaveName(), Type: p.MediaType(), Size: p.Size,
		Runs: p.Executable(), Poses: p.Disguised(), Active: p.Active(),
	}
	a.Kind = fileKind(a)
	return a
}

func fileKind(a Attachment) FileKind {
	if a.Runs {
		return FileProgram
	}
	if kind, ok := kindByName[strings.ToLower(strings.TrimPrefix(path.Ext(a.Name), "."))]; ok {
		return kind
	}
	main, sub, _ := strings.Cut(a.Type, "/")
	switch {
	case main == "image":
		return FilePicture
	case main == "audio":
		return FileAudio
	case main == "video":
		return FileVideo
	case main == "message":
		return FileMessage
	case sub == "pdf":
		return FilePDF
	case sub == "calendar":
		return FileCalendar
	case sub == "vcard" || sub == "x-vcard":
		return FileContact
	case main == "text":
		return FileText
	}
	return FileOther
}

var kindByName = map[string]FileKind{
	"txt": FileText, "md": FileText, "doc": FileText, "docx": FileText, "odt": FileText, "rtf": FileText, "pages": FileText, "tex": FileText,
	"htm": FileText, "html": FileText, "log": FileText, "json": FileText, "xml": FileText, "asc": FileText,
	"pdf": FilePDF,
	"csv": FileSheet, "xls": FileSheet, "xlsx": FileSheet, "ods": FileSheet, "numbers": FileSheet,
	"png": FilePicture, "jpg": FilePicture, "jpeg": FilePicture, "gif": FilePicture, "webp": FilePicture, "heic": FilePicture,
	"svg": FilePicture, "tif": FilePicture, "tiff": FilePicture, "bmp": FilePicture, "avif": FilePicture,
	"zip": FileArchive, "gz": FileArchive, "tgz": FileArchive, "xz": FileArchive, "bz2": FileArchive, "7z": FileArchive, "rar": FileArchive, "tar": FileArchive, "zst": FileArchive,
	"mp3": FileAudio, "ogg": FileAudio, "flac": FileAudio, "m4a": FileAudio, "wav": FileAudio, "opus": FileAudio,
	"mp4": FileVideo, "mov": FileVideo, "mkv": FileVideo, "webm": FileVideo, "avi": FileVideo,
	"eml": FileMessage, "ics": FileCalendar, "vcf": FileContact,
}
