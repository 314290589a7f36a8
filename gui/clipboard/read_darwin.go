package clipboard

import (
	"context"
	"os/exec"
)

// pasteboard writes what the general pasteboard has (NSPasteboard): files before a
// picture; a TIFF, which screen shots of some programs are, as PNG.
const pasteboard = `ObjC.import("AppKit");
const board = $.NSPasteboard.generalPasteboard;
const lines = [];
const items = board.pasteboardItems;
for (let i = 0; i < items.count; i++) {
	const address = items.objectAtIndex(i).stringForType("public.file-url");
	if (!address.isNil()) lines.push("file " + $.NSURL.URLWithString(address).filePathURL.absoluteString.js);
}
if (lines.length === 0) {
	let data = board.dataForType("public.png");
	if (data.isNil()) {
		const tiff = board.dataForType("public.tiff");
		if (!tiff.isNil()) data = $.NSBitmapImageRep.imageRepWithData(tiff).representationUsingTypeProperties($.NSBitmapImageFileTypePNG, $({}));
	}
	if (!data.isNil()) lines.push("png " + data.base64EncodedStringWithOptions(0).js);
}
lines.join("\n");
`

// Read reads the general pasteboard.
func Read(ctx context.Context) (Content, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return scripted(exec.CommandContext(ctx, "/usr/bin/osascript", "-l", "JavaScript", "-"), pasteboard)
}
