package vm

import (
	"testing"

	"postrider/mail/message"
)

func TestSignaturesAreExchanged(t *testing.T) {
	none, nora, team := message.Self{}, message.Self{Signature: "Nora"}, message.Self{Signature: "The team\nFernlight\n"}
	for _, c := range []struct {
		name, text string
		was, next  message.Self
		want       string
	}{
		{"another", "Hi\n\n-- \nNora\n", nora, team, "Hi\n\n-- \nThe team\nFernlight\n"},
		{"above a quote", "Hi\n\n-- \nNora\n\nOn Monday, Ada wrote:\n> x\n", nora, team, "Hi\n\n-- \nThe team\nFernlight\n\nOn Monday, Ada wrote:\n> x\n"},
		{"away", "Hi\n\n-- \nNora\n\nOn Monday, Ada wrote:\n> x\n", nora, none, "Hi\n\nOn Monday, Ada wrote:\n> x\n"},
		{"the first", "Hi\n", none, nora, "Hi\n\n-- \nNora\n"},
		{"the first, above a quote", "Hi\n\nOn Monday, Ada wrote:\n> x\n", none, nora, "Hi\n\n-- \nNora\n\nOn Monday, Ada wrote:\n> x\n"},
		{"one that was changed stays", "Hi\n\n-- \nNora F.\n", nora, team, "Hi\n\n-- \nNora F.\n"},
		{"the same", "Hi", nora, nora, "Hi"},
		{"in an empty text", "", none, nora, "\n\n-- \nNora\n"},
	} {
		if got := withSignature(c.text, c.was, c.next); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

func TestWordsThatSpeakOfFiles(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"The plan is attached.", "attached"}, {"Please find ATTACHED", "ATTACHED"}, {"see the attachment", "attachment"},
		{"Die Rechnung finden Sie im Anhang.", "im Anhang"}, {"Anbei der Plan", "Anbei"}, {"Vous trouverez ci-joint le plan", "ci-joint"},
		{"In allegato la fattura", "In allegato"}, {"Adjunto el plano", "Adjunto"}, {"資料を添付します", "添付"}, {"请见附件", "附件"}, {"מצורף הקובץ", "מצורף"},
		{"I am attracted to it", ""}, {"Nothing here", ""}, {"> it is attached\nThanks!", ""}, {"Thanks\n-- \nattached to nobody", ""},
		{"FYI\n\n---------- Forwarded message ----------\nattached", ""},
	} {
		if got := speaksOfFiles(c.text); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}
