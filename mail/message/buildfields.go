package message

import "strings"

// rawField is a header field as it stands in a message, with its folds and line
// ends. One without a name is the empty line, or no field.
type rawField struct{ name, raw string }

// rawFields cuts a header block into fields.
func rawFields(block string) (list []rawField) {
	for line := range strings.Lines(block) {
		text := strings.TrimRight(line, "\r\n")
		switch {
		case text != "" && isFold([]byte(text)) && len(list) > 0 && list[len(list)-1].name != "":
			list[len(list)-1].raw += line
		default:
			list = append(list, rawField{string(fieldName([]byte(text))), line})
		}
	}
	return list
}

// value is what stands behind the colon, unfolded.
func (f rawField) value() string {
	_, v, _ := strings.Cut(f.raw, ":")
	v = strings.NewReplacer("\r\n", "", "\n", "").Replace(v)
	return strings.TrimSpace(v)
}

// again writes a field anew, in ASCII and folded.
func (h *headerWriter) again(f rawField) {
	switch strings.ToLower(f.name) {
	case "from", "sender", "reply-to", "to", "cc", "bcc", "resent-from", "resent-to", "resent-cc", "resent-sender",
		"disposition-notification-to":
		w := newWalker()
		list := w.addresses(nil, f.value())
		w.release()
		h.addresses(f.name, list)
	case "content-type", "content-disposition":
		value, params := fieldParams(f.value())
		h.field(f.name, value)
		for _, name := range sortedKeys(params) {
			h.param(name, params[name])
		}
	case "references", "in-reply-to", "message-id":
		h.words(f.name, strings.Fields(f.value()))
	default:
		value := displayValue(f.value())
		if isASCII([]byte(value)) {
			h.words(f.name, pieces(value))
			return
		}
		h.text(f.name, value)
	}
}

// pieces are the words of a value, those that no line holds cut.
func pieces(s string) (list []string) {
	for w := range strings.FieldsSeq(s) {
		for len(w) > maxLine-lineLength {
			list = append(list, w[:maxLine-lineLength])
			w = w[maxLine-lineLength:]
		}
		list = append(list, w)
	}
	return list
}
