package desktop

import (
	"sync"
	"unsafe"

	"golang.org/x/sys/windows"
)

// Shell_NotifyIconW, from shellapi.h.
const (
	nimAdd, nimModify, nimDelete = 0, 1, 2
	nifIcon, nifTip, nifInfo     = 0x02, 0x04, 0x10
	iconInformation              = 32516 // IDI_INFORMATION
	noteID                       = 0x5052
)

// notifyIconData is NOTIFYICONDATAW.
type notifyIconData struct {
	size            uint32
	window          windows.HWND
	id              uint32
	flags           uint32
	callbackMessage uint32
	icon            windows.Handle
	tip             [128]uint16
	state           uint32
	stateMask       uint32
	info            [256]uint16
	version         uint32
	infoTitle       [64]uint16
	infoFlags       uint32
	guid            windows.GUID
	balloonIcon     windows.Handle
}

var (
	notifyIcon = windows.NewLazySystemDLL("shell32.dll").NewProc("Shell_NotifyIconW")
	loadIcon   = windows.NewLazySystemDLL("user32.dll").NewProc("LoadIconW")
	desktop    = windows.NewLazySystemDLL("user32.dll").NewProc("GetDesktopWindow")
)

// system is an icon beside the clock, there while a note is.
type system struct {
	mu    sync.Mutex
	shown bool
}

func (s *system) show(n Note) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	d := data(nifIcon | nifTip | nifInfo)
	icon, _, _ := loadIcon.Call(0, iconInformation)
	d.icon = windows.Handle(icon)
	put(d.tip[:], "Postrider")
	put(d.infoTitle[:], n.Title)
	put(d.info[:], n.Body)
	message := uintptr(nimAdd)
	if s.shown {
		message = nimModify
	}
	if ok, _, err := notifyIcon.Call(message, uintptr(unsafe.Pointer(d))); ok == 0 {
		return err
	}
	s.shown = true
	return nil
}

func (s *system) close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.shown {
		return nil
	}
	s.shown = false
	if ok, _, err := notifyIcon.Call(nimDelete, uintptr(unsafe.Pointer(data(0)))); ok == 0 {
		return err
	}
	return nil
}

func data(flags uint32) *notifyIconData {
	window, _, _ := desktop.Call()
	d := &notifyIconData{window: windows.HWND(window), id: noteID, flags: flags}
	d.size = uint32(unsafe.Sizeof(*d))
	return d
}

// put writes text as UTF-16 that ends in 0, cut to what there is room for.
func put(to []uint16, text string) {
	words := windows.StringToUTF16(text)
	n := copy(to[:len(to)-1], words)
	to[n] = 0
}
