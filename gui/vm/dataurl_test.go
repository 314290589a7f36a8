package vm

import "testing"

func TestDataURLs(t *testing.T) {
	for ref, want := range map[string]string{
		"data:image/png;base64,aGVsbG8=":          "hello",
		"data:;base64,aGVs\n bG8":                 "hello",
		"data:text/plain,a%20b":                   "a b",
		"DATA:image/gif;BASE64,aGVsbG8%3D":        "hello",
		"data:image/png;base64,!!!":               "",
		"data:image/png":                          "",
		"data:image/png;charset=x;base64,aGVsbG8": "hello",
	} {
		if got := string(dataURL(ref)); got != want {
			t.Errorf("%q: %q, want %q", ref, got, want)
		}
	}
}

func FuzzDataURL(f *testing.F) {
	f.Add("data:image/png;base64,aGVsbG8=")
	f.Fuzz(func(t *testing.T, ref string) { dataURL(ref) })
}
