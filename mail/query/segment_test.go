package query

import (
	"slices"
	"strings"
	"testing"
	"unsafe"
)

func TestSegment(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"ASCII stays", "Hello, world 42", "Hello, world 42"},
		{"Latin stays", "Grüße aus Łódź", "Grüße aus Łódź"},
		{"decomposed Latin", "cafe\u0301", "café"},
		{"Han", "東京都に行く", "東 京 都 に 行 く"},
		{"Han among ASCII", "PDF請求書v2", "PDF 請 求 書 v2"},
		{"Han punctuation", "你好，世界。", "你 好 , 世 界 。"},
		{"kana with sounds", "サーバーエラー", "サ ー バ ー エ ラ ー"},
		{"half-width kana", "ｶﾞｲﾄﾞ", "ガ イ ド"},
		{"full-width", "ＡＢＣ１２３　ｘ", "ABC123 x"},
		{"Hangul", "회의록을 보냈다", "회 의 록 을 보 냈 다"},
		{"decomposed Hangul", "\u1112\u116c", "회"},
		{"Thai keeps its marks", "ไม่ดี", "ไ ม่ ดี"},
		{"Devanagari is one word", "हिन्दी भाषा", "हिन्दी भाषा"},
		{"Arabic points and tatweel", "مُحَمَّـــد أحمد", "محمد احمد"},
		{"Hebrew points", "שָׁלוֹם", "שלום"},
		{"Cyrillic yo", "Ёлка ещё", "Елка еще"},
		{"soft hyphen", "Donau\u00addampf", "Donaudampf"},
		{"preheader padding", "x\u034f\u200c\u00a0\u034f\u200c", "x "},
		{"ligature", "ﬁnance", "finance"},
		{"beyond the BMP", "𠮷野家", "𠮷 野 家"},
	}
	for _, tt := range tests {
		if got := Segment(tt.text); got != tt.want {
			t.Errorf("%s: Segment(%q) = %q, want %q", tt.name, tt.text, got, tt.want)
		}
	}
}

func TestSegmentCopiesNoASCII(t *testing.T) {
	text := strings.Repeat("plain mail text\r\n", 200)
	if got := Segment(text); unsafe.StringData(got) != unsafe.StringData(text) {
		t.Error("ASCII text was copied")
	}
}

func TestTokens(t *testing.T) {
	tests := []struct {
		text string
		want []string
	}{
		{"", nil},
		{"-- \u0301 🎂 ?", nil},
		{"ada@x.example, it's", []string{"ada", "x", "example", "it", "s"}},
		{"PDF請求書", []string{"PDF", "請", "求", "書"}},
		{"हिन्दी!", []string{"हिन्दी"}},
	}
	for _, tt := range tests {
		if got := Tokens(tt.text); !slices.Equal(got, tt.want) {
			t.Errorf("Tokens(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

// A phrase cut out of a text at the borders of its characters has to be found
// in it again.
func TestEveryPartOfARunIsFound(t *testing.T) {
	text := []rune("昨日の会議の議事録を送ります")
	all := strings.Join(Tokens(string(text)), " ")
	for i := range text {
		for j := i + 1; j <= len(text); j++ {
			part := strings.Join(Tokens(string(text[i:j])), " ")
			if !strings.Contains(all, part) {
				t.Errorf("%q is not in %q", part, all)
			}
		}
	}
}

func FuzzSegment(f *testing.F) {
	f.Add("日本語 abc")
	f.Add("a\u00ad\u0301ไม่ｶﾞ\ufe71\u0653")
	f.Add("\xff\xe6\x97")
	f.Fuzz(func(t *testing.T, text string) {
		once := Segment(text)
		if twice := Segment(once); twice != once {
			t.Fatalf("Segment(%q) = %q, and again %q", text, once, twice)
		}
		if a, b := Tokens(text), Tokens(once); !slices.Equal(a, b) {
			t.Fatalf("Tokens(%q) = %q, of the segmented text %q", text, a, b)
		}
		for _, token := range Tokens(text) {
			if token == "" || strings.ContainsAny(token, " \"'*-") {
				t.Fatalf("Tokens(%q) has %q", text, token)
			}
		}
	})
}

func BenchmarkSegment(b *testing.B) {
	texts := []struct{ name, text string }{
		{"ASCII", strings.Repeat("Please find the invoice attached. ", 90)},
		{"Latin", strings.Repeat("Grüße aus dem schönen München, bis morgen! ", 68)},
		{"Japanese", strings.Repeat("昨日の会議の議事録を送ります。", 68)},
	}
	for _, t := range texts {
		b.Run(t.name, func(b *testing.B) {
			b.SetBytes(int64(len(t.text)))
			for b.Loop() {
				Segment(t.text)
			}
		})
	}
}

// TestSettledTextIsWhatFoldLeaves checks the short cut against the long way, for
// every pair that a mark could join.
func TestSettledTextIsWhatFoldLeaves(t *testing.T) {
	marks := []string{"", "a", "é", "я", "̈", "ё", "ᄀ", "가", "“"}
	for r := rune(0x80); r < 0x2200; r++ {
		for _, m := range marks {
			if s := "x" + string(r) + m; settled(s) && cut(fold(s)) != s {
				t.Fatalf("%+q is not settled: %+q", s, cut(fold(s)))
			}
		}
	}
}

// TestHeapsOfMarksEnd: a letter under thousands of marks is found without them,
// and keeps nobody busy.
func TestHeapsOfMarksEnd(t *testing.T) {
	for _, n := range []int{15, 31, 100, 100_000} {
		s := "z" + strings.Repeat("̍", n) + "algo"
		got := Segment(s)
		if again := Segment(got); again != got {
			t.Errorf("%d marks: %.80q becomes %.80q", n, got, again)
		}
		if len(got) > 100 {
			t.Errorf("%d marks: %d octets are left", n, len(got))
		}
	}
}

// FuzzSegmentInPieces: text comes out as if it were folded as a whole.
func FuzzSegmentInPieces(f *testing.F) {
	for _, s := range []string{"日本語 abc", "a\u00ad\u0301ไม่ｶﾞ\ufe71\u0653 xx e\u0301", "ab日c日de … 🎂 ok", "\xff\xe6\x97ab\x80", "x\u200d\u0301yz", "가a나 b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		want := fold(text)
		if strings.IndexFunc(want, isUnspaced) >= 0 {
			want = cut(want)
		}
		if got := Segment(text); got != want {
			t.Errorf("Segment(%q) = %q, as a whole %q", text, got, want)
		}
	})
}
