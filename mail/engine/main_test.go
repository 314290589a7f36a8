package engine_test

import (
	"testing"

	"go.uber.org/goleak"
)

// TestMain fails if a worker leaves a goroutine behind.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
