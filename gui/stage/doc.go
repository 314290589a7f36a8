// Package stage puts the real program before a real X server that nobody looks
// at, works it with mouse and keys as a person would, and takes pictures. Tests
// use it, and what draws the pictures of the README.
//
// The program has to be built with the tag stage: then it calls a socket of the
// stage's, and says there where its parts are on the screen and what they show.
// It cannot be worked through that socket: all that is done goes through X, by
// xdotool.
package stage
