package stage

import (
	"context"
	"fmt"
	"os/exec"
	"path/filepath"
)

// Build builds the program for a stage into a folder and returns its path.
func Build(ctx context.Context, dir string) (string, error) {
	program := filepath.Join(dir, "postrider-stage")
	out, err := exec.CommandContext(ctx, "go", "build", "-tags", "sqlite_fts5,stage", "-o", program, "postrider").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build the program for the stage: %w\n%s", err, out)
	}
	return program, nil
}
