package query

import (
	"math"
	"strconv"
	"strings"
)

var sizeUnits = []struct {
	letter string
	bytes  int64
}{{"G", 1 << 30}, {"M", 1 << 20}, {"k", 1 << 10}}

// parseSize reads bytes as 1234, 300k, 5M, 5mb, 1.5G; a unit is a power of 1024.
func parseSize(s string) (int64, bool) {
	s = strings.TrimSuffix(strings.ToLower(s), "b")
	factor := int64(1)
	for _, u := range sizeUnits {
		if rest, ok := strings.CutSuffix(s, strings.ToLower(u.letter)); ok {
			s, factor = rest, u.bytes
			break
		}
	}
	if s == "" || strings.Trim(s, "0123456789.") != "" {
		return 0, false
	}
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || n*float64(factor) >= math.MaxInt64 {
		return 0, false
	}
	return int64(n * float64(factor)), true
}

// formatSize writes n so that parseSize gives it back exactly.
func formatSize(n int64) string {
	for _, u := range sizeUnits {
		if n > 0 && n%u.bytes == 0 {
			return strconv.FormatInt(n/u.bytes, 10) + u.letter
		}
	}
	return strconv.FormatInt(n, 10)
}
