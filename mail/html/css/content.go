package css

import (
	"strings"

	"golang.org/x/net/html/atom"

	"postrider/mail/html"
)

// rulesFor keeps the rules of a pseudo-element. It reports whether there are any.
func (c *cascade) rulesFor(which pseudo) bool {
	c.blocks = c.blocks[:0]
	for i := range c.rules {
		if c.rules[i].sel.pseudo == which {
			c.blocks = append(c.blocks, c.rules[i].block)
		}
	}
	return len(c.blocks) > 0
}

// letter computes ::first-letter of an element, whose style is st.
func (c *cascade) letter(id html.ID, st *Style) {
	if !c.rulesFor(letterPseudo) {
		return
	}
	w := c.begin(st)
	c.run(w, id, true)
	w.settleSize()
	w.size, w.font = float64(w.Size), &w.Style.Font
	c.run(w, id, false)
	w.Position = Static // it does not leave its place
	if w.Float == FloatNone {
		w.Display = Inline
	}
	if c.styles.letters == nil {
		c.styles.letters = map[html.ID]*Style{}
	}
	c.styles.letters[id] = c.finish(w, 0)
}

// pseudo computes ::before or ::after of an element, whose style is st.
func (c *cascade) pseudo(id html.ID, tag atom.Atom, st *Style, which pseudo) {
	w := c.begin(st)
	found := c.rulesFor(which)
	if tag == atom.Q {
		mark := []contentPart{{text: map[pseudo]string{beforePseudo: "“", afterPseudo: "”"}[which]}}
		w.content = value{kind: vRef, ref: &mark}
	} else if !found {
		return
	}
	c.run(w, id, true)
	w.settleSize()
	w.size, w.font = float64(w.Size), &w.Style.Font
	c.run(w, id, false)
	parts, ok := w.content.ref.(*[]contentPart)
	if !ok || w.Display == DisplayNone {
		return
	}
	c.counts.change(id, w)
	var text strings.Builder
	for _, p := range *parts {
		switch p.kind {
		case contentText:
			text.WriteString(p.text)
		case contentAttr:
			text.WriteString(c.sheets.doc.Get(id, p.text))
		case contentCounter:
			text.WriteString(c.counts.text(p.text, p.list))
		case contentCounters:
			text.WriteString(c.counts.texts(p.text, p.sep, p.list))
		case contentPicture:
			w.ContentPicture = p.text
		}
		if text.Len() > maxContent {
			break
		}
	}
	w.Content = text.String()
	done := c.finish(w, 0)
	to := &c.styles.before
	if which == afterPseudo {
		to = &c.styles.after
	}
	if *to == nil {
		*to = map[html.ID]*Style{}
	}
	(*to)[id] = done
}

// maxContent is how many bytes generated text may have.
const maxContent = 4096
