package transfer

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// detect says what is at path; "" for nothing that is known.
func detect(path string, info fs.FileInfo) (Kind, error) {
	switch {
	case info.IsDir() && isMaildir(path):
		return Maildir, nil
	case info.IsDir():
		return Folder, nil
	case !info.Mode().IsRegular():
		return "", nil
	}
	return detectFile(path)
}

// detectFile goes by the content: what begins with a separator is an mbox,
// whatever it is called. Only an .eml is a message even then: some programs
// save the separator along, and it is the message's.
func detectFile(path string) (Kind, error) {
	ext := strings.ToLower(filepath.Ext(path))
	if ext == ".eml" {
		return Message, nil
	}
	head, err := readHead(path)
	if err != nil {
		return "", err
	}
	head = bytes.TrimPrefix(head, []byte("\ufeff"))
	switch {
	case looksLikeMbox(head):
		return Mbox, nil
	case ext == ".mbox" && len(bytes.TrimSpace(head)) == 0:
		return Mbox, nil // an empty folder
	case looksLikeMessage(head):
		return Message, nil
	}
	return "", nil
}

// headSize is what is read of a file to know what it is.
const headSize = 2 * maxFromLine

func readHead(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, headSize))
}

func looksLikeMbox(head []byte) bool {
	head = bytes.TrimLeft(head, "\r\n")
	if !bytes.HasPrefix(head, fromMark) {
		return false
	}
	line, rest, _ := bytes.Cut(head, []byte("\n"))
	_, dated := parseFrom(line)
	return dated || looksLikeField(rest)
}

// looksLikeMessage wants two header fields in a row, of which one is usual: a
// text that begins "Note: …" is no mail.
func looksLikeMessage(head []byte) bool {
	fields, usual := 0, false
	for line := range bytes.Lines(head) {
		if line[0] == ' ' || line[0] == '\t' {
			continue
		}
		if !looksLikeField(line) {
			break
		}
		fields++
		name, _, _ := strings.Cut(strings.ToLower(string(line)), ":")
		usual = usual || usualFields[name]
	}
	return fields >= 2 && usual
}

var usualFields = map[string]bool{
	"received": true, "return-path": true, "delivered-to": true, "from": true, "to": true, "date": true, "message-id": true, "subject": true, "mime-version": true,
}

// isMaildir wants cur and new; tmp is not always packed along.
func isMaildir(path string) bool {
	return isDir(filepath.Join(path, "cur")) && isDir(filepath.Join(path, "new"))
}

func isDir(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.IsDir()
}
