package sample

import (
	"io/fs"
	"path"
	"strings"

	"postrider/mail"
)

const opRead = "read the demo's mail"

// stanza is one entry of a manuscript.
type stanza struct {
	id     string
	file   string
	fields []field
	body   string
}

type field struct{ name, value string }

// get returns the first value of a field, or "".
func (s *stanza) get(name string) string {
	for _, f := range s.fields {
		if f.name == name {
			return f.value
		}
	}
	return ""
}

func (s *stanza) all(name string) (values []string) {
	for _, f := range s.fields {
		if f.name == name {
			values = append(values, f.value)
		}
	}
	return values
}

func (s *stanza) errorf(format string, args ...any) error {
	err := mail.Errorf(mail.KindBug, opRead, format, args...)
	err.Message = s.file + ": " + s.id + ": " + err.Message
	return err
}

// readStanzas reads all manuscripts below a directory, in the files' order.
func readStanzas(fsys fs.FS, dir string) (stanzas []*stanza, err error) {
	err = fs.WalkDir(fsys, dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Ext(name) != ".txt" {
			return err
		}
		text, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		list, err := parseStanzas(name, string(text))
		stanzas = append(stanzas, list...)
		return err
	})
	return stanzas, mail.Wrap(mail.KindBug, opRead, err)
}

// parseStanzas parts a file at its "%%" lines; what is above the first is a
// remark.
func parseStanzas(file, text string) (stanzas []*stanza, err error) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	blocks := strings.Split("\n"+text, "\n%% ")
	for _, block := range blocks[1:] {
		head, body, _ := strings.Cut(block, "\n\n")
		id, rest, _ := strings.Cut(head, "\n")
		s := &stanza{id: strings.TrimSpace(id), file: file, body: strings.Trim(body, "\n")}
		if s.fields, err = parseFields(rest); err != nil {
			return nil, s.errorf("%w", err)
		}
		stanzas = append(stanzas, s)
	}
	return stanzas, nil
}

// parseFields reads "Name: value" lines; a line that starts with a blank goes
// on with the one before.
func parseFields(text string) (fields []field, err error) {
	for _, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" {
			continue
		}
		if strings.HasPrefix(line, " ") && len(fields) > 0 {
			fields[len(fields)-1].value += " " + strings.TrimSpace(line)
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok || !known[name] {
			return nil, mail.Errorf(mail.KindBug, opRead, "%q is no field", line)
		}
		fields = append(fields, field{name, strings.TrimSpace(value)})
	}
	return fields, nil
}

// known are the fields, so that a slip of the pen is found.
var known = map[string]bool{
	"From": true, "To": true, "Cc": true, "Subject": true, "Reply-To": true, "Box": true, "When": true, "Zone": true,
	"Flags": true, "Re": true, "Quote": true, "Lang": true, "Charset": true, "Encoding": true, "Flowed": true,
	"Html": true, "Set": true, "Row": true, "Inline": true, "Attach": true, "Event": true, "Bounce": true, "Forward": true,
	"List": true, "Unsubscribe": true, "Header": true, "Repeat": true, "Unread": true, "Vary": true, "Monthly": true, "Num": true,
}

// columns parts a value at its bars.
func columns(value string) []string {
	list := strings.Split(value, "|")
	for i := range list {
		list[i] = strings.TrimSpace(list[i])
	}
	return list
}
