package html

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html/atom"
)

// findFolds marks the history that a mail quotes. Mail programs mark it in
// ways of their own; where none did, the words with which they introduce a
// quote tell.
//
// What was forwarded is not history but what the mail is about, so it is not
// marked; nor is a quote with nothing said before or behind it, nor one in the
// middle of an answer, which needs it.
func (d *Document) findFolds() {
	q := quoteFinder{d: d, steps: 20 * maxNodes}
	for id := d.body + 1; id < d.nodes[d.body].End; {
		n := &d.nodes[id]
		if n.Kind == Text {
			if f, ok := q.textMark(id); ok && q.add(f) {
				id = d.nodes[f.Last].End
				continue
			}
			q.see(n.Data)
			id++
			continue
		}
		if n.Tag == atom.Style {
			id = n.End
			continue
		}
		if f, ok := q.elementMark(id); ok && q.add(f) {
			id = d.nodes[f.Last].End
			continue
		}
		if n.Tag == atom.Img {
			q.seen = true
		}
		id++
	}
}

// quoteFinder goes through a document.
type quoteFinder struct {
	d     *Document
	seen  bool // something was said before
	steps int  // left for looking around
}

// see notes that there is text.
func (q *quoteFinder) see(text string) {
	q.seen = q.seen || strings.TrimFunc(text, blank) != ""
}

// blank reports whether a rune cannot be seen.
func blank(r rune) bool {
	return unicode.IsSpace(r) || r == '\u00a0' || unicode.Is(unicode.Cf, r) || r == '\u034f'
}

// longQuote is how many bytes a quote in the middle of a mail has before it is
// folded all the same.
const longQuote = 1500

// add keeps a fold if it is one.
func (q *quoteFinder) add(f Fold) bool {
	f.First = q.introduction(f.First)
	text := q.text(f.First, q.d.nodes[f.Last].End, 600)
	if text == "" || forwards(text) {
		return false
	}
	if !q.seen && !q.follows(f.Last) {
		return false
	}
	if q.follows(f.Last) && len(q.text(f.First, q.d.nodes[f.Last].End, longQuote+1)) <= longQuote {
		return false
	}
	q.d.Folds = append(q.d.Folds, f)
	return true
}

// follows reports whether something is said behind a node.
func (q *quoteFinder) follows(last ID) bool {
	return strings.TrimFunc(q.text(q.d.nodes[last].End, q.d.nodes[q.d.body].End, 200), blank) != ""
}

// text is some of the text from one node to before another, with one space
// between pieces.
func (q *quoteFinder) text(from, to ID, most int) string {
	var b strings.Builder
	for id := from; id < to && b.Len() < most && q.steps > 0; id++ {
		q.steps--
		n := &q.d.nodes[id]
		if n.Kind == Element && n.Tag == atom.Style {
			id = n.End - 1
			continue
		}
		if n.Kind == Text {
			if t := strings.TrimFunc(n.Data, blank); t != "" {
				b.WriteString(t)
				b.WriteByte(' ')
			}
		}
	}
	return strings.TrimSpace(b.String())
}

// quoteClasses are what mail programs call what they quote. Outlook writes
// "x_" before the names of others.
var quoteClasses = map[string]bool{
	"gmail_quote": true, "gmail_quote_container": true, "yahoo_quoted": true, "protonmail_quote": true, "tutanota_quote": true, "zmail_extra": true,
	"moz-cite-prefix": true, "OutlookMessageHeader": true, "hm_reply": true, "front-quote": true,
	"mail_reply": true, "wlmail_quote": true, "quoted-reply": true, "posteo_quote": true, "hey_quote": true,
}

// quoteIDs are ids of what begins a quote that goes on to the end.
var quoteIDs = map[string]bool{
	"divRplyFwdMsg": true, "appendonsend": true, "reply-intro": true, "isReplyContent": true, "mail-editor-reference-message-container": true,
	"OLK_SRC_BODY_SECTION": true, "ms-outlook-mobile-reference": true, "replySplit": true, "spark-quote": true,
}

// elementMark reports whether an element begins a quote, and how far it goes.
func (q *quoteFinder) elementMark(id ID) (Fold, bool) {
	d := q.d
	n := &d.nodes[id]
	if n.attrs == n.attrsEnd {
		switch {
		case n.Tag == atom.Hr:
			return q.ruleMark(id)
		case n.Tag == atom.Blockquote && q.introduction(id) != id:
			return Fold{id, id}, true
		}
		return Fold{}, false
	}
	if quoteIDs[strings.TrimPrefix(d.Get(id, "id"), "x_")] {
		return q.toEnd(id), true
	}
	for class := range strings.FieldsSeq(d.Get(id, "class")) {
		if class = strings.TrimPrefix(class, "x_"); !quoteClasses[class] {
			continue
		}
		if class == "moz-cite-prefix" || class == "OutlookMessageHeader" {
			return q.withNext(id)
		}
		return Fold{id, id}, true
	}
	switch n.Tag {
	case atom.Blockquote:
		cite := strings.EqualFold(d.Get(id, "type"), "cite") || strings.Contains(d.Get(id, "class"), "cite")
		if cite || q.introduction(id) != id {
			return Fold{id, id}, true
		}
	case atom.Hr:
		return q.ruleMark(id)
	case atom.Div, atom.P, atom.Td:
		if outlookRule(d.Get(id, "style")) && headed(q.text(id, n.End, 200)) {
			return q.toEnd(q.climb(id)), true
		}
	}
	return Fold{}, false
}

// outlookRule reports whether a style is that of the line which Outlook draws
// above the mail that it quotes.
func outlookRule(style string) bool {
	style = strings.ToLower(style)
	i := strings.Index(style, "border-top")
	return i >= 0 && (strings.Contains(style[i:], "#e1e1e1") || strings.Contains(style[i:], "#b5c4df") || strings.Contains(style[i:], "rgb(225") || strings.Contains(style[i:], "rgb(181"))
}

// ruleMark: a line with a mail's header below begins a quote.
func (q *quoteFinder) ruleMark(id ID) (Fold, bool) {
	end := q.d.nodes[q.d.nodes[id].Parent].End
	if headed(q.text(q.d.nodes[id].End, end, 200)) {
		return q.toEnd(q.climb(id)), true
	}
	return Fold{}, false
}

// textMark reports whether a text is a line such as "-----Original
// Message-----".
func (q *quoteFinder) textMark(id ID) (Fold, bool) {
	if t := q.d.nodes[id].Data; !strings.Contains(t, "--") || !original(t) {
		return Fold{}, false
	}
	return q.toEnd(q.climb(id)), true
}

// toEnd is a fold from a node to the last of its siblings.
func (q *quoteFinder) toEnd(id ID) Fold {
	return Fold{id, q.d.nodes[q.d.nodes[id].Parent].Last}
}

// withNext is a fold of an introduction and the blockquote behind it.
func (q *quoteFinder) withNext(id ID) (Fold, bool) {
	for next := q.d.nodes[id].Next; next != None; next = q.d.nodes[next].Next {
		n := &q.d.nodes[next]
		if n.Kind == Element && n.Tag == atom.Blockquote {
			return Fold{id, next}, true
		}
		if n.Kind == Element && n.Tag != atom.Br || n.Kind == Text && strings.TrimFunc(n.Data, blank) != "" {
			break
		}
	}
	if q.d.nodes[id].Kind == Element && strings.Contains(q.d.Get(id, "class"), "OutlookMessageHeader") {
		return q.toEnd(id), true
	}
	return Fold{}, false
}

// climb goes up while a node is the first thing in its parent, so that what
// follows the parent belongs to the quote too.
func (q *quoteFinder) climb(id ID) ID {
	for {
		p := q.d.nodes[id].Parent
		if p == q.d.body || p == None {
			return id
		}
		switch q.d.nodes[p].Tag {
		case atom.Td, atom.Th, atom.Tr, atom.Tbody, atom.Table, atom.Li:
			return id
		}
		for s := q.d.nodes[id].Prev; s != None; s = q.d.nodes[s].Prev {
			if n := &q.d.nodes[s]; strings.TrimFunc(q.text(s, n.End, 50), blank) != "" || n.Kind == Element && n.Tag == atom.Img {
				return id
			}
		}
		id = p
	}
}

// introduction is the node before a quote that introduces it ("On … wrote:"),
// or the quote's first node. The words may be spread over several nodes of one
// line.
func (q *quoteFinder) introduction(first ID) ID {
	intro := first
	for s, n := q.d.nodes[first].Prev, 0; s != None && n < 8; s, n = q.d.nodes[s].Prev, n+1 {
		text := q.text(s, first, 500)
		if len(text) >= 500 {
			break
		}
		k := &q.d.nodes[s]
		block := text != "" && k.Kind == Element && !inLine(k.Tag)
		if intro != first && (block || k.Tag == atom.Br) {
			break
		}
		if introduces(text) {
			intro = s
		}
		if block {
			break
		}
	}
	return intro
}

// inLine reports whether an element is part of a line.
func inLine(tag atom.Atom) bool {
	switch tag {
	case atom.Br, atom.A, atom.Span, atom.Font, atom.B, atom.I, atom.Em, atom.Strong, atom.U, atom.Small:
		return true
	}
	return false
}

// intros are words with which mail programs introduce a quote, in lower case.
var intros = []string{
	"wrote", "writes", "said", "schrieb", "a écrit", "ecrit", "escribió", "escribio", "ha scritto", "scrisse", "escreveu", "schreef", "skrev", "napisał", "napisal",
	"kirjoitti", "napsal", "napísal", "írta", "yazdı", "şunu yazdı", "a scris", "написал", "написала", "пишет", "писал", "пише", "написав", "έγραψε", "је написао",
	"escrigué", "va escriure", "idatzi du", "rakstīja", "rašė", "kirjutas", "je napisao", "je napisal", "viết", "menulis", "写道", "寫道", "のメール", "さんは書きました", "님이 작성", "작성:", "כתב", "כתבה", "كتب", "نوشت", "เขียนว่า", "ने लिखा",
}

// introduces reports whether a line is such an introduction: it ends with a
// colon, and says that somebody wrote.
func introduces(line string) bool {
	line = strings.TrimRightFunc(line, func(r rune) bool { return blank(r) || r == '>' })
	if r, _ := utf8.DecodeLastRuneInString(line); r != ':' && r != '：' {
		return false
	}
	line = strings.ToLower(line)
	for _, w := range intros {
		if strings.Contains(line, w) {
			return true
		}
	}
	return false
}

// originals are what stands between dashes above a quoted mail, in lower case.
var originals = []string{
	"original message", "original-nachricht", "ursprüngliche nachricht", "originalnachricht", "message d'origine", "message original", "mensaje original", "messaggio originale",
	"mensagem original", "oorspronkelijk bericht", "ursprungligt meddelande", "original meddelelse", "oprindelig meddelelse", "opprinnelig melding", "alkuperäinen viesti", "wiadomość oryginalna",
	"původní zpráva", "pôvodná správa", "eredeti üzenet", "özgün ileti", "исходное сообщение", "оригинальное сообщение", "original appointment", "原始邮件", "原始郵件", "元のメッセージ", "원본 메시지", "הודעה מקורית", "الرسالة الأصلية",
}

// original reports whether a text has such a line.
func original(text string) bool {
	for line := range strings.Lines(text) {
		line = strings.TrimFunc(line, blank)
		inner := strings.Trim(line, "- \t")
		if len(inner) == len(line) || !strings.HasPrefix(line, "--") {
			continue
		}
		inner = strings.ToLower(strings.ReplaceAll(inner, "’", "'"))
		for _, o := range originals {
			if inner == o {
				return true
			}
		}
	}
	return false
}

// forwardings are how what is forwarded begins, in lower case.
var forwardings = []string{
	"forwarded message", "forwarded by", "begin forwarded", "weitergeleitete nachricht", "anfang der weitergeleiteten", "message transféré", "début du message", "mensaje reenviado", "messaggio inoltrato", "inizio messaggio",
	"mensagem encaminhada", "doorgestuurd bericht", "vidarebefordrat meddelande", "videresendt", "videresendte", "välitetty viesti", "wiadomość przekazana", "přeposlaná zpráva", "továbbított üzenet", "iletilmiş ileti", "переадресованное сообщение",
	"пересылаемое сообщение", "转发邮件", "轉寄郵件", "転送されたメッセージ", "전달된 메시지",
}

// forwards reports whether a text begins as what is forwarded does.
func forwards(text string) bool {
	text = strings.ToLower(clip(text, 160))
	for _, f := range forwardings {
		if strings.Contains(text, f) {
			return true
		}
	}
	return false
}

// fromLabels and otherLabels are names of header fields in many languages.
var fromLabels = []string{
	"from", "von", "de", "da", "van", "från", "fra", "od", "lähettäjä", "feladó", "kimden", "gönderen", "от", "від", "από", "发件人", "寄件者", "寄件人", "差出人", "送信元", "보낸 사람", "מאת", "من", "expéditeur", "remitente", "mittente", "afzender", "absender",
}

var otherLabels = []string{
	"sent", "date", "to", "subject", "gesendet", "datum", "an", "betreff", "envoyé", "à", "objet", "enviado", "para", "asunto", "fecha", "inviato", "data", "a", "oggetto", "verzonden", "aan", "onderwerp", "skickat", "till", "ämne",
	"sendt", "til", "emne", "lähetetty", "vastaanottaja", "aihe", "wysłano", "do", "temat", "odesláno", "komu", "předmět", "elküldve", "címzett", "tárgy", "tarih", "kime", "konu", "отправлено", "дата", "кому", "тема", "发送时间", "发送日期", "收件人", "主题", "寄件日期", "收件者", "主旨", "送信日時", "宛先", "件名", "보낸 날짜", "받는 사람", "제목", "נשלח", "אל", "נושא", "assunto", "enviada em",
}

// headed reports whether a text begins as the header of a mail does: "From:",
// and soon another field.
func headed(text string) bool {
	text = strings.ToLower(clip(strings.ReplaceAll(text, "*", ""), 400))
	label, rest, ok := strings.Cut(text, ":")
	if !ok {
		label, rest, ok = strings.Cut(text, "：")
	}
	if !ok || !oneOf(strings.TrimFunc(label, blank), fromLabels) {
		return false
	}
	for i, r := range rest {
		if r != ':' && r != '：' {
			continue
		}
		before := strings.TrimRightFunc(rest[:i], blank)
		for _, o := range otherLabels {
			if cut, ok := strings.CutSuffix(before, o); ok && (cut == "" || !letterBefore(cut)) {
				return true
			}
		}
	}
	return false
}

func letterBefore(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return unicode.IsLetter(r)
}

func oneOf(s string, list []string) bool {
	for _, o := range list {
		if s == o {
			return true
		}
	}
	return false
}
