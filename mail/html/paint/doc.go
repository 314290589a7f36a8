// Package paint draws a laid-out mail into a picture in memory: the tile of a
// window, a page of paper, a file for a test.
//
// Whoever shows or prints a mail uses it. It knows the display list and the ink,
// and no window, file or network: pictures are asked for by the name that the
// mail gives them, and what is not at hand is drawn as an empty place.
//
// [Paint] reads its page and its [Look] only, so several tiles of a page may be
// painted at once. Its work is bounded by the area asked for, not by the page.
//
// # Dark mails
//
// A [Look] may be dark. Then light grounds become dark and dark text light, with
// their hue, so that the contrast stays; strong colours such as those of buttons,
// what stands on them, dark grounds and pictures stay as the sender made them.
package paint
