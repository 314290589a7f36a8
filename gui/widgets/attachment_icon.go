package widgets

import (
	"path"
	"strings"

	"postrider/gui/theme"
)

// endings have icons that say more than the media type, which is often
// application/octet-stream.
var endings = map[string]theme.Icon{
	".pdf": theme.IconFileText, ".txt": theme.IconFileText, ".md": theme.IconFileText, ".rtf": theme.IconFileText,
	".doc": theme.IconFileText, ".docx": theme.IconFileText, ".odt": theme.IconFileText,
	".xls": theme.IconFileSheet, ".xlsx": theme.IconFileSheet, ".ods": theme.IconFileSheet, ".csv": theme.IconFileSheet,
	".ppt": theme.IconPresentation, ".pptx": theme.IconPresentation, ".odp": theme.IconPresentation,
	".zip": theme.IconFileArchive, ".gz": theme.IconFileArchive, ".7z": theme.IconFileArchive, ".rar": theme.IconFileArchive, ".tar": theme.IconFileArchive, ".zst": theme.IconFileArchive,
	".html": theme.IconFileCode, ".xml": theme.IconFileCode, ".json": theme.IconFileCode, ".go": theme.IconFileCode, ".js": theme.IconFileCode, ".py": theme.IconFileCode,
	".ics": theme.IconCalendar, ".vcf": theme.IconUser, ".eml": theme.IconMail,
	".asc": theme.IconFileKey, ".p7s": theme.IconFileKey, ".sig": theme.IconFileKey, ".pgp": theme.IconFileKey, ".p7m": theme.IconFileKey,
	".png": theme.IconFileImage, ".jpg": theme.IconFileImage, ".jpeg": theme.IconFileImage, ".gif": theme.IconFileImage, ".webp": theme.IconFileImage, ".heic": theme.IconFileImage, ".svg": theme.IconFileImage,
	".mp3": theme.IconFileAudio, ".m4a": theme.IconFileAudio, ".ogg": theme.IconFileAudio, ".wav": theme.IconFileAudio, ".flac": theme.IconFileAudio,
	".mp4": theme.IconFileVideo, ".mov": theme.IconFileVideo, ".webm": theme.IconFileVideo, ".mkv": theme.IconFileVideo,
}

func iconOfEnding(name string) (theme.Icon, bool) {
	icon, ok := endings[strings.ToLower(path.Ext(name))]
	return icon, ok
}

func iconOfType(mediaType string) theme.Icon {
	kind, sub, _ := strings.Cut(strings.ToLower(mediaType), "/")
	switch {
	case kind == "image":
		return theme.IconFileImage
	case kind == "audio":
		return theme.IconFileAudio
	case kind == "video":
		return theme.IconFileVideo
	case kind == "message":
		return theme.IconMail
	case sub == "calendar":
		return theme.IconCalendar
	case sub == "html", sub == "xml", sub == "json":
		return theme.IconFileCode
	case kind == "text", sub == "pdf":
		return theme.IconFileText
	default:
		return theme.IconFile
	}
}
