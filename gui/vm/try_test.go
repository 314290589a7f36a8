package vm_test

import (
	"strings"
	"testing"

	"postrider/accounts/secret"
	"postrider/gui/vm"
	"postrider/mail/client"
)

// TestSetupTriesPOP: each planned step ends, and says what is there.
func TestSetupTriesPOP(t *testing.T) {
	w := empty(t)
	s := w.setup()
	acc := template.demo.Accounts()[1]
	s.Try(acc.Account, client.Secrets{Password: secret.New(acc.Password)})
	planned := len(s.Steps)
	w.settle()
	if !s.Passed || len(s.Steps) != planned {
		t.Fatalf("of %d steps: %+v", planned, s.Steps)
	}
	look := s.Steps[2]
	if look.Name != "Look around" || look.State != vm.StepWell || !strings.HasPrefix(look.Detail, "1 mailbox, ") {
		t.Errorf("looking around: %+v", look)
	}
}
