package phrase

import "strings"

// StyleOf reads the style of a locale such as de_DE.UTF-8, en-US or C.
func StyleOf(locale string) Style {
	name, _, _ := strings.Cut(locale, ".")
	name, _, _ = strings.Cut(name, "@")
	parts := strings.FieldsFunc(name, func(r rune) bool { return r == '_' || r == '-' })
	language, country := "", ""
	if len(parts) > 0 {
		language = strings.ToLower(parts[0])
	}
	if len(parts) > 1 {
		country = strings.ToUpper(parts[len(parts)-1])
	}
	if country == "" {
		country = homeOf[language]
	}
	s := Style{Hour12: has(hour12, country), Sunday: has(sunday, country)}
	switch {
	case has(monthFirst, country):
		s.Order = MonthDay
	case has(yearFirst, country):
		s.Order = YearFirst
	}
	return s
}

// LocaleOf finds the locale for times among the variables of POSIX; get is
// os.Getenv.
func LocaleOf(get func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_TIME", "LANG"} {
		if v := get(name); v != "" {
			return v
		}
	}
	return ""
}

// Countries by habit, from the Unicode CLDR: those that differ from the rest.
const (
	monthFirst = "US FM GU MH PH PR PW UM VI"
	yearFirst  = "CA CN HU JP KP KR LT MN SE TW ZA"
	hour12     = "US CA AU NZ IN PK BD PH MY SG EG SA AE KW JO LB SY YE OM QA BH IQ LY SD KR CO MX PR DO GT HN NI PA SV VE"
	sunday     = "US CA JP KR TW HK MO IL SA BR MX CO PE VE AR IN PH TH ZA SG AU ID PK PR DO GT HN NI PA SV KE ET ZW"
)

// homeOf is the country meant by a language alone.
var homeOf = map[string]string{"ja": "JP", "zh": "CN", "ko": "KR", "hu": "HU", "sv": "SE", "lt": "LT", "mn": "MN", "he": "IL", "th": "TH"}

func has(list, country string) bool {
	return country != "" && strings.Contains(" "+list+" ", " "+country+" ")
}
