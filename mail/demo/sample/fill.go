package sample

import (
	"cmp"
	"fmt"
	"html"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
	"time"

	"postrider/mail"
)

// filler puts values in the places of a text: {{name}}, {{date LAYOUT}} and
// {{date+14 LAYOUT}} for a day so many days after the message's.
type filler struct {
	values map[string]string
	date   time.Time
	lang   string
	err    error
}

var place = regexp.MustCompile(`\{\{([^{}]+)\}\}`)

func (f *filler) fill(text string) string { return f.replace(text, func(s string) string { return s }) }

func (f *filler) fillHTML(text string) string { return f.replace(text, html.EscapeString) }

func (f *filler) replace(text string, escape func(string) string) string {
	return place.ReplaceAllStringFunc(text, func(found string) string {
		return escape(f.value(found[2 : len(found)-2]))
	})
}

// value finds what a place stands for; what it stands for may hold dates.
func (f *filler) value(name string) string {
	if v, ok := f.values[name]; ok {
		return place.ReplaceAllStringFunc(v, func(found string) string { return f.day(found[2 : len(found)-2]) })
	}
	return f.day(name)
}

// day works out "date LAYOUT" and "date+14 LAYOUT".
func (f *filler) day(name string) string {
	if spec, ok := strings.CutPrefix(name, "date"); ok {
		offset, layout, _ := strings.Cut(spec, " ")
		days, err := strconv.Atoi(cmp.Or(offset, "0"))
		if err == nil && layout != "" {
			return inLanguage(f.date.AddDate(0, 0, days).Format(layout), f.lang)
		}
	}
	f.err = mail.Errorf(mail.KindBug, opRead, "nothing is known for {{%s}}", name)
	return ""
}

// vary adds the nth of "name = first | second | …".
func (f *filler) vary(spec string, n int) {
	name, list, _ := strings.Cut(spec, "=")
	values := columns(list)
	f.values[strings.TrimSpace(name)] = values[n%len(values)]
}

// number adds a number drawn from "name = 100..900".
func (f *filler) number(spec string, rng *rand.Rand) error {
	name, span, _ := strings.Cut(spec, "=")
	low, high, _ := strings.Cut(strings.TrimSpace(span), "..")
	a, errA := strconv.Atoi(low)
	b, errB := strconv.Atoi(high)
	if errA != nil || errB != nil || b < a {
		return mail.Errorf(mail.KindBug, opRead, "%q is no span of numbers", spec)
	}
	f.values[strings.TrimSpace(name)] = fmt.Sprint(a + rng.IntN(b-a+1))
	return nil
}

var monthNames = map[string][]string{
	"de": {"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
	"fr": {"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
	"es": {"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
	"pt": {"janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"},
	"pl": {"stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września", "października", "listopada", "grudnia"},
	"ru": {"января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"},
	"ar": {"يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"},
	"he": {"ינואר", "פברואר", "מרץ", "אפריל", "מאי", "יוני", "יולי", "אוגוסט", "ספטמבר", "אוקטובר", "נובמבר", "דצמבר"},
}

// inLanguage puts the months of an English date into a language.
func inLanguage(date, lang string) string {
	names, ok := monthNames[lang]
	if !ok {
		return date
	}
	for m := time.January; m <= time.December; m++ {
		date = strings.Replace(date, m.String(), names[m-1], 1)
	}
	return date
}
