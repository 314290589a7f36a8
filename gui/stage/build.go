package stage

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
)

// Build builds the program for a stage into a folder and returns its path. Flags
// are for the go command, such as -race.
func Build(ctx context.Context, dir string, flags ...string) (string, error) {
	program := filepath.Join(dir, "postrider-stage")
	args := append([]string{"build", "-tags", "sqlite_fts5,stage", "-o", program}, flags...)
	out, err := exec.CommandContext(ctx, "go", append(args, "postrider")...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build the program for the stage: %w\n%s", err, out)
	}
	return program, nil
}
