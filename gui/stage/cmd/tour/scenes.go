package main

import (
	"context"
	"strings"
)

// scene is a picture and how to come to it.
type scene struct {
	name  string
	bare  bool // without the demo: a program that has no account yet
	w, h  int  // 0: 1280×800
	steps []step
	build func(ctx context.Context, home string) (scenery, error) // what it plays on, instead of the demo
}

func (s scene) size() (w, h int) {
	if s.w == 0 {
		return 1280, 800
	}
	return s.w, s.h
}

func (s scene) args(home string) []string {
	if s.bare {
		return []string{"--data", home + "/data"}
	}
	return []string{"demo"}
}

var covered = waits("the wizard", func(s state) bool { return s.Covered })

// scenes are the pictures, by the names that their files have.
var scenes = []scene{
	{name: "inbox", steps: []step{read("letter")}},
	{name: "conversation", steps: []step{read("Lighting plan")}},
	{name: "unified", steps: []step{keys("g", "g"), read("Key for the boat shed")}},
	{name: "search", steps: []step{
		keys("slash"), types("pendant"), waits("hits", func(s state) bool { return s.Rows > 0 && s.Rows < 20 }), keys("Return"),
		waits("a message", func(s state) bool { return s.Text }), keys("slash"),
	}},
	{name: "arabic", steps: []step{read("دعوة")}},
	{name: "compose", steps: []step{
		read("Lighting plan"), keys("r"), waits("the composer", func(s state) bool { return s.Writing == "ready" }),
		types("**Two rows** it is. I would like to see *one* lamp before we order:"), keys("Return", "Return"),
		types("- linen shade"), keys("Return"), types("warm light"),
	}},
	{name: "activity", steps: []step{click("foot"), waits("the panel", func(s state) bool { return s.Panel == "activity" })}},
	{name: "settings", steps: []step{keys("ctrl+comma"), says("Be quiet from")}},
	{name: "keys", steps: []step{keys("question"), waits("the map", func(s state) bool { return s.Overlay })}},
	{name: "narrow", w: 700, h: 800, steps: []step{keys("j", "e"), waits("it to be archived", func(s state) bool { return s.Toast != "" })}},
	{name: "welcome", bare: true, steps: []step{covered, press("you@example.org"), types("nora@example.org")}},
	{name: "protocol", bare: true, steps: []step{covered, press("you@example.org"), types("nora@example.org"), keys("Return"), says("Where should this mail live?")}},
	{name: "custody", steps: []step{
		choose("Home", "Account settings"), press("Remove it after"), press("Use this"), says("leave the server on "),
	}},
	{name: "offline", build: world, steps: []step{
		waits("the mail", func(s state) bool { return s.Whole && s.Rows > 50 && strings.HasPrefix(s.Foot, "Up to date") }),
		strike, keys("F5"), says("You are offline"),
		read("Proof ready"), keys("s"), read("Angebot"), keys("e"),
		waits("it to be archived", func(s state) bool { return strings.Contains(s.Toast, "archived") }),
		read("Key for the boat shed"), keys("s"), read("Samples for"), keys("t"), waits("a line to type in", func(s state) bool { return strings.HasSuffix(s.Focus, "LineEdit") }), types("family"), keys("Return"), waits("its tag", func(s state) bool { return !s.Overlay && strings.Contains(s.Toast, "tagged") }),
		keys("ctrl+shift+y"), says("Waiting to reach a server"),
	}},
	{name: "empty", build: world, steps: []step{ // where nothing arrives meanwhile
		waits("the mail", func(s state) bool { return s.Whole && s.Rows > 50 && strings.HasPrefix(s.Foot, "Up to date") }),
		keys("ctrl+a", "e"), says("Nothing is waiting in your inboxes."), waits("its toast to go", func(s state) bool { return s.Toast == "" }),
	}},
	{name: "many", build: hoard, steps: []step{
		waits("the mail", func(s state) bool { return s.Whole && s.Rows > 10_000 }), keys("Next", "Next", "j"), waits("a message", func(s state) bool { return s.Text }),
	}},
}
