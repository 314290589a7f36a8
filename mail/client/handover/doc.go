// Package handover lets the process that has a data folder's store run the
// commands of the others: over a Unix socket in the data folder, which only its
// owner can reach, with one JSON object a line.
//
// The caller sends its arguments, its folder and what it knows of its terminal;
// the holder answers with the command's output as it comes, and at the end with
// its exit code. When the caller goes away, its command is told to stop. There
// are no secrets in arguments, and stdin is not passed on: what needs either
// runs in the caller.
//
// Whoever has the store's lock listens; so a socket that nobody answers is a
// leftover, and the next holder replaces it. The window and the commands use
// the package.
package handover
