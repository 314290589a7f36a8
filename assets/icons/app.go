package icons

import (
	"embed"
	"fmt"
)

// AppSizes are the sizes in which the program's icon is kept, in pixels.
var AppSizes = []int{16, 20, 24, 32, 40, 48, 64, 96, 128, 256, 512, 1024}

//go:embed app/*.png
var app embed.FS

// App is the program's icon as a PNG file, in one of the AppSizes. gui/theme
// draws it.
func App(size int) []byte {
	file, err := app.ReadFile(fmt.Sprintf("app/postrider-%d.png", size))
	if err != nil {
		return nil
	}
	return file
}
