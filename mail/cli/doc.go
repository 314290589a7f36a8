// Package cli is the command line: each word a file, all of them on the same
// client as the window. People script it, so commands, flags, JSON keys and
// exit codes stay as they are; more may be added.
//
// Text on stdout is for people, and harmless: whatever comes from mail or from
// a server is printed without the characters that act on a terminal. With
// --json, stdout has one JSON object a line and nothing else. Messages for
// people go to stderr.
//
// A command runs where the store is: while another process holds it, reading
// commands read beside it, and changing ones run in that process (see
// package handover) with their output here.
package cli
