package sample

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"time"

	"postrider/mail"
)

// attachmentName is the file name in "kind | name | …".
func attachmentName(spec string) string {
	if c := columns(spec); len(c) > 1 {
		return c[1]
	}
	return ""
}

// maker makes a file's content of the further columns of its line.
type maker func(l *Letter, args []string) ([]byte, error)

type kind struct {
	mime string
	make maker
}

// kinds are the files that can be attached. The map is made by a function: the
// makers of archives look into it again.
func kinds() map[string]kind {
	return map[string]kind{
		"pdf": {"application/pdf", (*Letter).pdf},
		"jpg": {"image/jpeg", (*Letter).jpeg},
		"png": {"image/png", (*Letter).png},
		"csv": {"text/csv", (*Letter).csv},
		"ods": {"application/vnd.oasis.opendocument.spreadsheet", (*Letter).ods},
		"zip": {"application/zip", (*Letter).zip},
		"txt": {"text/plain", func(_ *Letter, args []string) ([]byte, error) { return []byte(crlf(column(args, 0)) + "\r\n"), nil }},
		"vcf": {"text/vcard", (*Letter).vcard},
	}
}

// column returns a column, or "" where the line is shorter.
func column(args []string, i int) string {
	if i < len(args) {
		return args[i]
	}
	return ""
}

// attachment makes the part for a line "kind | name | …".
func (l *Letter) attachment(spec string, content bool) (*part, error) {
	c := columns(spec)
	k, ok := kinds()[c[0]]
	if !ok || len(c) < 2 {
		return nil, mail.Errorf(mail.KindBug, opRead, "%q is nothing that can be attached", spec)
	}
	p := filePart(k.mime, c[1])
	if !content {
		return p, nil
	}
	var err error
	p.content, err = k.make(l, c[2:])
	return p, err
}

func filePart(mime, name string) *part {
	return &part{
		kind: mime, params: map[string]string{"name": name}, transfer: cteBase64,
		extra: header{{"Content-Disposition", disposition("attachment", name)}},
	}
}

// inline makes the part for "name | scene | 640x400", a picture of the page.
func (l *Letter) inline(spec string, content bool) (*part, error) {
	c := columns(spec)
	name := c[0] + ".png"
	p := &part{
		kind: "image/png", params: map[string]string{"name": name}, transfer: cteBase64,
		extra: header{{"Content-ID", "<" + l.contentID(c[0]) + ">"}, {"Content-Disposition", disposition("inline", name)}},
	}
	if !content {
		return p, nil
	}
	var err error
	p.content, err = l.png(c[1:])
	return p, err
}

// csv makes "head,head | rows": a day and a number in each column.
func (l *Letter) csv(args []string) ([]byte, error) {
	rows, err := l.table(args)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	err = w.WriteAll(rows)
	return b.Bytes(), err
}

func (l *Letter) table(args []string) (rows [][]string, err error) {
	heads := strings.Split(column(args, 0), ",")
	n, err := strconv.Atoi(column(args, 1))
	if err != nil {
		return nil, mail.Errorf(mail.KindBug, opRead, "a table wants a number of rows: %w", err)
	}
	rng := l.set.random(l.ID + "/table")
	rows = append(rows, heads)
	for i := range n {
		row := []string{l.Date.AddDate(0, 0, i-n).Format(time.DateOnly)}
		for range heads[1:] {
			row = append(row, fmt.Sprintf("%.1f", 4+16*rng.Float64()))
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// zip makes an archive of "kind:name:argument; …".
func (l *Letter) zip(args []string) ([]byte, error) {
	var files []archived
	for _, item := range strings.Split(column(args, 0), ";") {
		c := strings.SplitN(strings.TrimSpace(item), ":", 3)
		k, ok := kinds()[c[0]]
		if !ok || len(c) < 2 {
			return nil, mail.Errorf(mail.KindBug, opRead, "%q is no file for an archive", item)
		}
		content, err := k.make(l, c[2:])
		if err != nil {
			return nil, err
		}
		files = append(files, archived{c[1], content})
	}
	return l.archive(files)
}

type archived struct {
	name    string
	content []byte
}

func (l *Letter) archive(files []archived) ([]byte, error) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: l.Date.UTC()}
		if f.name == odsMark { // OpenDocument 1.3, part 2, 3.3: first, and not compressed
			h.Method = zip.Store
		}
		out, err := w.CreateHeader(h)
		if err != nil {
			return nil, err
		}
		if _, err := out.Write(f.content); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return b.Bytes(), err
}

const (
	odsMark = "mimetype"
	odsType = "application/vnd.oasis.opendocument.spreadsheet"
)

// ods makes the same table as csv, as a spreadsheet.
func (l *Letter) ods(args []string) ([]byte, error) {
	rows, err := l.table(args)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"><office:body><office:spreadsheet><table:table table:name="1">`)
	for _, row := range rows {
		b.WriteString(`<table:table-row>`)
		for _, cell := range row {
			b.WriteString(`<table:table-cell office:value-type="string"><text:p>` + cell + `</text:p></table:table-cell>`)
		}
		b.WriteString(`</table:table-row>`)
	}
	b.WriteString(`</table:table></office:spreadsheet></office:body></office:document-content>`)
	manifest := `<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="` + odsType + `"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`
	return l.archive([]archived{{odsMark, []byte(odsType)}, {"content.xml", []byte(b.String())}, {"META-INF/manifest.xml", []byte(manifest)}})
}

// vcard makes the card of somebody, by default the sender.
func (l *Letter) vcard(args []string) ([]byte, error) {
	p := l.From
	if short := column(args, 0); short != "" {
		list, err := l.set.people.find(short)
		if err != nil {
			return nil, err
		}
		p = list[0]
	}
	given, family, _ := strings.Cut(p.Name, " ")
	return []byte(crlf(fmt.Sprintf("BEGIN:VCARD\nVERSION:4.0\nFN:%s\nN:%s;%s;;;\nEMAIL:%s\nEND:VCARD\n", p.Name, family, given, p.Address))), nil
}
