// Mailhoard makes a data folder with very many messages, to look at and to
// measure with:
//
//	go run -tags sqlite_fts5 ./mail/mailtest/cmd/mailhoard [-n 1000000] [-flat] [FOLDER]
//
// Without a folder it makes the one that the benchmarks use, if it is not
// there, and prints where that is.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"postrider/mail/mailtest/hoard"
)

func main() {
	n := flag.Int("n", 1_000_000, "how many `messages`")
	flat := flag.Bool("flat", false, "all in one mailbox")
	flag.Parse()
	opts := hoard.Options{Messages: *n, Flat: *flat, Progress: func(done, of int) {
		if done%50_000 == 0 {
			fmt.Fprintf(os.Stderr, "%d of %d\n", done, of)
		}
	}}
	if err := run(context.Background(), flag.Arg(0), opts); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, dir string, opts hoard.Options) (err error) {
	if dir == "" {
		dir, err = hoard.Folder(ctx, opts)
	} else {
		err = hoard.Fill(ctx, dir, opts)
	}
	if err == nil {
		fmt.Println(dir)
	}
	return err
}
