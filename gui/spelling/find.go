package spelling

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Find returns the checker for a locale such as de_DE, nil where there is none. It
// knows English, too, if there is a dictionary: few write in one language alone.
// Words that the person teaches it are kept in the file learnt.
func Find(locale, learnt string) *Checker {
	tool, err := exec.LookPath("hunspell")
	if err != nil {
		return nil
	}
	list := dictionaries(folders(), locale)
	if len(list) == 0 {
		return nil
	}
	return &Checker{tool: tool, learnt: learnt, args: []string{"-a", "-i", "utf-8", "-d", strings.Join(list, ",")}}
}

// folders are where dictionaries are.
func folders() []string {
	list := filepath.SplitList(os.Getenv("DICPATH"))
	if home, err := os.UserHomeDir(); err == nil {
		list = append(list, filepath.Join(home, "Library", "Spelling"), filepath.Join(home, ".local", "share", "hunspell"))
	}
	return append(list, "/usr/share/hunspell", "/usr/share/myspell", "/usr/share/myspell/dicts", "/usr/local/share/hunspell",
		"/opt/homebrew/share/hunspell", "/Library/Spelling")
}

// dictionaries are those of a locale, or of another country with its language, and
// of English, as paths without the extension.
func dictionaries(folders []string, locale string) (list []string) {
	locale, _, _ = strings.Cut(locale, ".")
	locale, _, _ = strings.Cut(locale, "@")
	language, _, _ := strings.Cut(locale, "_")
	wanted := [][]string{{locale, language + "_*", language}, {"en_US", "en_GB", "en_*"}}
	if len(language) < 2 || strings.ContainsAny(locale, `*?[\/,`) { // C, or nonsense
		wanted = wanted[1:]
	}
	for _, names := range wanted {
		if path := first(folders, names); path != "" && !slices.Contains(list, path) {
			list = append(list, path)
		}
	}
	if len(list) == 2 && language == "en" {
		list = list[:1]
	}
	return list
}

func first(folders, names []string) string {
	for _, name := range names {
		for _, dir := range folders {
			found, _ := filepath.Glob(filepath.Join(dir, name+".dic"))
			for _, path := range found {
				base := strings.TrimSuffix(path, ".dic")
				if info, err := os.Stat(base + ".aff"); err == nil && info.Mode().IsRegular() && !strings.Contains(base, ",") {
					return base
				}
			}
		}
	}
	return ""
}

// Locale is the person's language among the variables of POSIX (IEEE Std 1003.1,
// 8.2); get is os.Getenv.
func Locale(get func(string) string) string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := get(name); v != "" {
			return v
		}
	}
	return ""
}
