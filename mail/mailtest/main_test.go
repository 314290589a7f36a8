package mailtest

import (
	"fmt"
	"os"
	"strconv"
	"testing"

	"go.uber.org/goleak"
)

// childEnv makes this test binary the owner of a server, and nothing else.
const childEnv = "MAILTEST_OWNER"

// TestMain lets the test binary play the programs that tests start, and fails
// if a server here leaves a goroutine behind.
func TestMain(m *testing.M) {
	switch {
	case os.Getenv(childEnv) != "":
		ownServer()
	case os.Getenv(usageEnv) != "":
		n, err := strconv.Atoi(os.Getenv(usageEnv))
		if err != nil {
			panic(err)
		}
		use(n)
	default:
		goleak.VerifyTestMain(m)
	}
}

// ownServer starts a server, says where, and waits to be killed.
func ownServer() {
	s, err := Start()
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println(s.IMAP, s.Dir)
	select {}
}
