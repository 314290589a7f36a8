package enginetest_test

import (
	"testing"

	"postrider/mail/engine/enginetest"
)

func TestFakeKeepsContract(t *testing.T) {
	for name, traits := range map[string]enginetest.Traits{
		"modern": {},
		"mute":   {NoPush: true},
		"poor":   {NoPush: true, NoUIDPlus: true, NoCondStore: true, NoMove: true},
		"copies": {NoMove: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			enginetest.Run(t, enginetest.Fake(traits))
		})
	}
}
