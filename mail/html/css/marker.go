package css

import "strconv"

// marker is what stands before the n-th item of a list.
func marker(s *Style, n int) string {
	switch s.ListType {
	case NoMarker:
		return ""
	case Disc:
		return "• "
	case Circle:
		return "◦ "
	case Square:
		return "▪ "
	case ListString:
		return s.ListText
	}
	return Count(s.ListType, n) + ". "
}

// Count writes a number as lists and counters do. What a system cannot write,
// such as zero in letters, is written in decimals.
func Count(t ListType, n int) string {
	text := ""
	switch t {
	case DecimalZero:
		if n >= 0 && n < 10 {
			return "0" + strconv.Itoa(n)
		}
	case LowerAlpha:
		text = letters(n, 'a', 26)
	case UpperAlpha:
		text = letters(n, 'A', 26)
	case LowerGreek:
		text = greek(n)
	case LowerRoman:
		text = roman(n, "ivxlcdm")
	case UpperRoman:
		text = roman(n, "IVXLCDM")
	}
	if text == "" {
		return strconv.Itoa(n)
	}
	return text
}

// letters counts a, b, … z, aa, ab, …
func letters(n int, first rune, size int) string {
	text := ""
	for ; n > 0; n = (n - 1) / size {
		text = string(first+rune((n-1)%size)) + text
	}
	return text
}

func greek(n int) string {
	alphabet := []rune("αβγδεζηθικλμνξοπρστυφχψω")
	text := ""
	for ; n > 0; n = (n - 1) / len(alphabet) {
		text = string(alphabet[(n-1)%len(alphabet)]) + text
	}
	return text
}

// roman writes numbers below 4000 with the signs for 1, 5, 10, … 1000.
func roman(n int, signs string) string {
	if n < 1 || n > 3999 {
		return ""
	}
	text := ""
	for place := 0; n > 0; place, n = place+2, n/10 {
		one, digit := signs[place:place+1], n%10
		part := ""
		switch {
		case digit == 9:
			part = one + signs[place+2:place+3]
		case digit >= 5:
			part = signs[place+1 : place+2]
			digit -= 5
		case digit == 4:
			part = one + signs[place+1:place+2]
		}
		if digit < 4 {
			for range digit {
				part += one
			}
		}
		text = part + text
	}
	return text
}
