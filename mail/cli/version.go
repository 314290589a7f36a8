package cli

import (
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is set by the linker in releases: -X postrider/mail/cli.version=1.2.3.
var version string

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Say which Postrider this is", Args: words(0, 0),
		RunE: func(*cobra.Command, []string) error {
			v, commit := build()
			if a.json {
				a.line(struct {
					Version string `json:"version"`
					Commit  string `json:"commit"`
					Go      string `json:"go"`
					OS      string `json:"os"`
					Arch    string `json:"arch"`
				}{v, commit, runtime.Version(), runtime.GOOS, runtime.GOARCH})
				return nil
			}
			a.print("postrider %s", v)
			if commit != "" {
				a.print(" (%s)", commit)
			}
			a.print(", %s, %s/%s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return nil
		},
	}
}

// build is the version and the commit that this program was built from.
func build() (v, commit string) {
	v = version
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v, ""
	}
	if v == "" {
		v = info.Main.Version
	}
	dirty := ""
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			commit = s.Value[:min(12, len(s.Value))]
		case "vcs.modified":
			if s.Value == "true" {
				dirty = "+"
			}
		}
	}
	if commit != "" {
		commit += dirty
	}
	return v, commit
}
