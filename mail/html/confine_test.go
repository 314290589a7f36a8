package html

import (
	"strings"
	"testing"
)

func TestAPolicyStandsAtTheHeadOfWhatABrowserIsGiven(t *testing.T) {
	tests := []struct{ name, source, before string }{
		{"a whole page", "<!DOCTYPE html>\n<html lang=de><head id=x><title>Hi</title></head><body><img src=http://a/></body></html>", "<!DOCTYPE html>\n<html lang=de><head id=x>"},
		{"no head", "<!doctype html><html><body>Hi", "<!doctype html><html>"},
		{"a fragment", "<p>Hi</p><head>", ""},
		{"text", "Hi <b>you</b>", ""},
		{"comments first", "<!-- x --><!doctype html><!-- y --><html><!-- z --><head>", "<!-- x --><!doctype html><!-- y --><html><!-- z --><head>"},
		{"a head in a comment", "<!-- <head> --><p>", ""},
		{"a script before the head", "<script>x</script><head>", ""},
		{"upper case", "<HTML><HEAD>", "<HTML><HEAD>"},
		{"nothing", "", ""},
		{"cut off", "<!doctype html><html><he", "<!doctype html><html>"},
	}
	for _, tt := range tests {
		for _, remote := range []bool{false, true} {
			got := Confine(tt.source, remote)
			before, rest, found := strings.Cut(got, `<meta http-equiv="Content-Security-Policy"`)
			if !found || before != tt.before || !strings.HasSuffix(rest, ">\n"+tt.source[len(tt.before):]) {
				t.Errorf("%s: got %q", tt.name, got)
			}
			if strings.Contains(got, "https:;") != remote {
				t.Errorf("%s, remote %v: got %q", tt.name, remote, got)
			}
		}
	}
}

func FuzzConfine(f *testing.F) {
	f.Add("<!doctype html><html><head>")
	f.Add("<p>\x00<html")
	f.Fuzz(func(t *testing.T, source string) {
		got := Confine(source, false)
		if strings.Replace(got, alone+"\n", "", 1) != source {
			t.Fatalf("got %q", got)
		}
	})
}
