// Command mailgen writes realistic mail, the same for the same flags, into a
// Maildir++ tree; package gen says what is in it.
//
//	mailgen -n 20000 -out DIR -manifest FILE
//	mailgen -n 20050 -skip 20000 -span 20000 -new -out DIR    # 50 new ones later
//	mailgen -n 20000 -print 77                                # one message
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"log"
	"os"
	"runtime/debug"

	"postrider/mail/mailtest/gen"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("mailgen: ")
	var opts gen.Options
	flag.IntVar(&opts.N, "n", 20000, "number of messages in the plan")
	flag.IntVar(&opts.Skip, "skip", 0, "do not write the first `k` messages of the plan")
	flag.IntVar(&opts.Span, "span", 0, "spread the dates so that `k` messages fill ten years (default n)")
	flag.Uint64Var(&opts.Seed, "seed", 1, "seed")
	flag.BoolVar(&opts.Flat, "flat", false, "put the same messages all into INBOX (for POP3)")
	flag.BoolVar(&opts.Fresh, "new", false, "write to new/ without flags, as just delivered")
	flag.StringVar(&opts.User, "user", "alice", "local part of the account's own address")
	out := flag.String("out", "", "Maildir++ root to write (created)")
	number := flag.Int("print", -1, "print message `i` of the plan (CRLF) to stdout instead")
	manifest := flag.String("manifest", "", "write the manifest to `file` instead of stdout")
	flag.Parse()
	debug.SetGCPercent(400) // short-lived garbage only: trade memory for time

	var err error
	switch {
	case *number >= 0:
		err = printMessage(opts, *number)
	case *out != "":
		err = write(opts, *out, *manifest)
	default:
		err = errors.New("-out or -print is required")
	}
	if err != nil {
		log.Fatal(err)
	}
}

func printMessage(opts gen.Options, i int) error {
	opts.N = max(opts.N, i+1)
	_, err := os.Stdout.Write(gen.CRLF(gen.New(opts).Message(i).Raw))
	return err
}

func write(opts gen.Options, root, manifest string) error {
	m, err := gen.Write(root, opts)
	if err != nil {
		return err
	}
	js, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	js = append(js, '\n')
	if manifest == "" {
		_, err = os.Stdout.Write(js)
		return err
	}
	return os.WriteFile(manifest, js, 0o644)
}
