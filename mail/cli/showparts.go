package cli

import (
	"fmt"
	"strings"

	"postrider/mail/client"
	"postrider/mail/message"
)

type partJSON struct {
	Part        string `json:"part"`
	Type        string `json:"type"`
	Name        string `json:"name"`
	Size        int64  `json:"size"`
	Disposition string `json:"disposition"`
	CID         string `json:"cid"`
}

type messageJSON struct {
	rowJSON
	Headers  [][2]string `json:"headers"`
	Text     string      `json:"text"`
	HTML     string      `json:"html"`
	Parts    []partJSON  `json:"parts"`
	Warnings []string    `json:"warnings"`
}

func (a *app) messageJSON(r client.Row, m *message.Message) messageJSON {
	j := messageJSON{
		rowJSON: a.rowJSON(r), Headers: [][2]string{}, Text: m.Text(), HTML: m.HTML(), Parts: []partJSON{},
		Warnings: append([]string{}, m.Warnings...),
	}
	for _, f := range m.Fields {
		j.Headers = append(j.Headers, [2]string{f.Name, f.Value})
	}
	m.Root.Walk(func(p *message.Part) bool {
		j.Parts = append(j.Parts, partJSONOf(p))
		return true
	})
	return j
}

func partJSONOf(p *message.Part) partJSON {
	return partJSON{p.Path, p.MediaType(), p.Filename, p.Size, p.Disposition, p.ContentID}
}

// partLabel is a part in a few words: name, type, size.
func partLabel(p *message.Part) string {
	label := fmt.Sprintf("%s  %s, %s", p.SaveName(), p.MediaType(), size(p.Size))
	if p.Executable() {
		label += ", a program"
	}
	return label
}

// showStructure prints the tree of parts.
func (a *app) showStructure(m *message.Message) {
	t := a.table(column{}, column{}, column{right: true}, column{})
	depths := map[*message.Part]int{}
	m.Root.Walk(func(p *message.Part) bool {
		for _, c := range p.Children {
			depths[c] = depths[p] + 1
		}
		about := strings.TrimSpace(strings.Join([]string{p.Disposition, p.Filename}, " "))
		if p.ContentID != "" {
			about = strings.TrimSpace(about + " <" + p.ContentID + ">")
		}
		bytes := size(p.Size)
		if len(p.Children) > 0 {
			bytes = ""
		}
		t.row(normal, p.Path, strings.Repeat("  ", depths[p])+p.MediaType(), bytes, about)
		return true
	})
	t.print()
}
