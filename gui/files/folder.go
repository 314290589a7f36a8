package files

import (
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"postrider/gui/theme"
)

// entry is a file or a folder in a folder.
type entry struct {
	name   string
	folder bool
	size   int64
}

// readFolder lists a folder: the folders first, each by name as people sort
// them. What begins with a dot is left out unless hidden is set. Entries that
// vanish meanwhile, and what is neither file nor folder, are left out, too.
func readFolder(path string, hidden bool) ([]entry, error) {
	found, err := os.ReadDir(path)
	if err != nil {
		return nil, err
	}
	var list []entry
	for _, f := range found {
		if !hidden && strings.HasPrefix(f.Name(), ".") {
			continue
		}
		info, err := os.Stat(filepath.Join(path, f.Name())) // of what a link leads to
		if err != nil || !info.IsDir() && !info.Mode().IsRegular() {
			continue
		}
		list = append(list, entry{f.Name(), info.IsDir(), info.Size()})
	}
	slices.SortFunc(list, func(a, b entry) int {
		switch {
		case a.folder && !b.folder:
			return -1
		case b.folder && !a.folder:
			return 1
		}
		return byName(a.name, b.name)
	})
	return list, nil
}

// byName compares names without regard to case, and numbers in them by what they
// count: page 2 comes before page 10.
func byName(a, b string) int {
	x, y := strings.ToLower(a), strings.ToLower(b)
	for x != "" && y != "" {
		n, m := digits(x), digits(y)
		if n > 0 && m > 0 {
			left, right := strings.TrimLeft(x[:n], "0"), strings.TrimLeft(y[:m], "0")
			if len(left) != len(right) {
				return len(left) - len(right)
			}
			if left != right {
				return strings.Compare(left, right)
			}
			x, y = x[n:], y[m:]
			continue
		}
		if x[0] != y[0] {
			return int(x[0]) - int(y[0])
		}
		x, y = x[1:], y[1:]
	}
	if len(x) != len(y) {
		return len(x) - len(y)
	}
	return strings.Compare(a, b)
}

func digits(s string) (n int) {
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

// place is a folder that people often want.
type place struct {
	name string
	path string
	icon theme.Icon
}

// places are those that there are.
func places() (list []place) {
	if home, err := os.UserHomeDir(); err == nil {
		list = append(list, place{"Home", home, theme.IconHome})
		for _, p := range []place{
			{"Desktop", "Desktop", theme.IconMonitor}, {"Documents", "Documents", theme.IconFileText},
			{"Downloads", "Downloads", theme.IconDownload}, {"Pictures", "Pictures", theme.IconImage},
		} {
			if p.path = filepath.Join(home, p.path); isFolder(p.path) {
				list = append(list, p)
			}
		}
	}
	if runtime.GOOS != "windows" {
		return append(list, place{"This computer", "/", theme.IconHardDrive})
	}
	for letter := 'A'; letter <= 'Z'; letter++ {
		if drive := string(letter) + `:\`; isFolder(drive) {
			list = append(list, place{string(letter) + ":", drive, theme.IconHardDrive})
		}
	}
	return list
}

// wholePath is what somebody typed, as a path; ~ is the person's own folder, and
// the rest is below the folder that shows.
func wholePath(typed, below string) string {
	typed = strings.TrimSpace(typed)
	if rest, ok := strings.CutPrefix(typed, "~"); ok && (rest == "" || os.IsPathSeparator(rest[0])) {
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, rest)
		}
	}
	if filepath.IsAbs(typed) {
		return filepath.Clean(typed)
	}
	return filepath.Join(below, typed)
}
