package vm_test

import (
	"testing"

	"postrider/gui/vm"
)

func TestInitials(t *testing.T) {
	for _, tt := range []struct{ name, addr, want string }{
		{"Ines Moreau", "", "IM"}, {"Kestrel Seed Library", "", "KL"}, {"ada", "", "A"}, {"", "news@example.org", "N"}, {"青葉ギャラリー", "", "青"},
		{"دار الخط العربي", "", "دا"}, {"“Bo” (Sales)", "", "BS"}, {"", "", ""}, {"Émile Zola", "", "ÉZ"},
	} {
		if got := (vm.Person{Name: tt.name, Addr: tt.addr}).Initials(); got != tt.want {
			t.Errorf("%q %q: %q, want %q", tt.name, tt.addr, got, tt.want)
		}
	}
}
