package desktop

import (
	"os"
	"path/filepath"
)

// opener is the shell's own handler. It gets the target as one argument, which
// no command line reads.
func opener(target string) (string, []string) {
	return filepath.Join(os.Getenv("SystemRoot"), "System32", "rundll32.exe"), []string{"url.dll,FileProtocolHandler", target}
}
