package clipboard

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// paste writes what the clipboard has (System.Windows.Forms.Clipboard): files
// before a picture.
const paste = `$ErrorActionPreference = 'Stop'
Add-Type -AssemblyName System.Windows.Forms, System.Drawing
$files = [System.Windows.Forms.Clipboard]::GetFileDropList()
foreach ($f in $files) { [Console]::WriteLine('file ' + ([System.Uri]$f).AbsoluteUri) }
if ($files.Count -eq 0 -and [System.Windows.Forms.Clipboard]::ContainsImage()) { $m = New-Object System.IO.MemoryStream; [System.Windows.Forms.Clipboard]::GetImage().Save($m, [System.Drawing.Imaging.ImageFormat]::Png); [Console]::WriteLine('png ' + [Convert]::ToBase64String($m.ToArray())) }
`

// Read reads the clipboard by the PowerShell that comes with Windows.
func Read(ctx context.Context) (Content, error) {
	shell := filepath.Join(os.Getenv("SystemRoot"), "System32", "WindowsPowerShell", "v1.0", "powershell.exe")
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, shell, "-NoProfile", "-NonInteractive", "-Sta", "-Command", "-")
	cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true} // no console flashes up
	return scripted(cmd, paste)
}
