// Tour opens the demo on a screen of its own, goes through what there is to see
// as a person would, and keeps pictures of it: what "make screenshots" puts into
// the README, and what "make run" shows on a machine without a display.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"

	"postrider/gui/stage"
)

func main() {
	out := flag.String("out", "", "the folder for the pictures (a new one in the temporary folder, if empty)")
	only := flag.String("only", "", "scenes to draw, parted by commas (all, if empty)")
	themes := flag.String("themes", "light,dark", "light, dark or both")
	scale := flag.Float64("scale", 1, "pixels for each unit of the window")
	program := flag.String("program", "", "the program, built with the tag stage (built anew, if empty)")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *out, *only, *themes, *program, *scale); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out, only, themes, program string, scale float64) (err error) {
	if out == "" {
		if out, err = os.MkdirTemp("", "postrider-pictures-"); err != nil {
			return err
		}
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	if program == "" {
		dir, err := os.MkdirTemp("", "postrider-tour-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		if program, err = stage.Build(ctx, dir); err != nil {
			return err
		}
	}
	for _, theme := range strings.Split(themes, ",") {
		for _, s := range scenes {
			if only != "" && !strings.Contains(","+only+",", ","+s.name+",") {
				continue
			}
			path := filepath.Join(out, s.name+"-"+theme+".png")
			if err := draw(ctx, s, program, theme, path, scale); err != nil {
				return fmt.Errorf("%s, %s: %w", s.name, theme, err)
			}
			fmt.Println(path)
		}
	}
	return nil
}

// draw plays one scene and keeps its picture.
func draw(ctx context.Context, s scene, program, theme, path string, scale float64) error {
	width, height := s.size()
	screen, err := stage.NewScreen(ctx, int(float64(width)*scale), int(float64(height)*scale))
	if err != nil {
		return err
	}
	defer screen.Close()
	home, err := os.MkdirTemp("", "postrider-home-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(home)
	set := scenery{args: s.args(home), strike: func() {}}
	if s.build != nil {
		if set, err = s.build(ctx, home); err != nil {
			return err
		}
	}
	defer set.strike()
	log, err := os.Create(filepath.Join(home, "log"))
	if err != nil {
		return err
	}
	defer log.Close()
	st, err := stage.Open(ctx, screen, stage.Options{
		Program: program, Args: set.args, Scale: scale, Log: log,
		Env: append([]string{"HOME=" + home, "XDG_CONFIG_HOME=" + home + "/config", "FYNE_THEME=" + theme, "POSTRIDER_KEYRING=vault"}, set.env...),
	})
	if err != nil {
		return err
	}
	defer st.Close()
	p := &player{Stage: st, width: width, height: height, scale: scale, strike: set.strike}
	if err := p.play(s); err != nil {
		return err
	}
	png, err := st.Picture()
	if err != nil {
		return err
	}
	return os.WriteFile(path, png, 0o644)
}
