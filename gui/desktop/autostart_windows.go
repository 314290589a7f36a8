package desktop

import (
	"errors"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"
)

// runKey names what is started when the person signs in.
const runKey = `Software\Microsoft\Windows\CurrentVersion\Run`

func addAutostart(program string, args []string) error {
	key, _, err := registry.CreateKey(registry.CURRENT_USER, runKey, registry.SET_VALUE)
	if err != nil {
		return err
	}
	defer key.Close()
	return key.SetStringValue("Postrider", windows.ComposeCommandLine(append([]string{program}, args...)))
}

func removeAutostart() error {
	key, err := registry.OpenKey(registry.CURRENT_USER, runKey, registry.SET_VALUE)
	if err != nil {
		return err
	}
	defer key.Close()
	if err := key.DeleteValue("Postrider"); err != nil && !errors.Is(err, registry.ErrNotExist) {
		return err
	}
	return nil
}

func hasAutostart() bool {
	key, err := registry.OpenKey(registry.CURRENT_USER, runKey, registry.QUERY_VALUE)
	if err != nil {
		return false
	}
	defer key.Close()
	_, _, err = key.GetStringValue("Postrider")
	return err == nil
}
