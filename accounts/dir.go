package accounts

import (
	"os"
	"path/filepath"
	"runtime"

	"postrider/mail"
)

// DataDir is where the platform keeps a program's data for this user:
// $XDG_DATA_HOME/postrider on Linux, Library/Application Support on macOS,
// %LOCALAPPDATA% on Windows. It makes no directory. The error, of kind input,
// says what is missing and how to name a folder instead.
func DataDir() (string, error) {
	switch runtime.GOOS {
	case "windows":
		return under(os.Getenv("LOCALAPPDATA"), "LOCALAPPDATA", "Postrider")
	case "darwin", "ios":
		return under(os.Getenv("HOME"), "HOME", "Library", "Application Support", "Postrider")
	}
	// The XDG specification says to ignore a path that is not absolute.
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "postrider"), nil
	}
	return under(os.Getenv("HOME"), "HOME", ".local", "share", "postrider")
}

func under(base, variable string, elem ...string) (string, error) {
	if !filepath.IsAbs(base) {
		return "", mail.Errorf(mail.KindInput, "find the data folder", "%s is not set to a folder, so there is no place for mail; name one with --data or POSTRIDER_DATA", variable)
	}
	return filepath.Join(append([]string{base}, elem...)...), nil
}
