package client

import (
	"fmt"
	"testing"

	"postrider/mail/message"
)

// A finding counts by the habit of the server, and not by what strangers write.
func TestWhoIsTakenForTheServer(t *testing.T) {
	by := func(server string) *message.Checked { return &message.Checked{Server: server} }
	type came struct {
		from    string
		checked *message.Checked
		times   int
	}
	for _, c := range []struct {
		name   string
		came   []came
		server string
		ok     bool
	}{
		{"a server that checks", []came{{"a@one.example", by("mx1.home.example"), 4}, {"b@two.example", by("mx2.home.example"), 4}, {"c@three.example", by("mx1.home.example"), 1}, {"me@home.example", nil, 1}}, "home.example", true},
		{"one that has no name", []came{{"a@one.example", by(""), 4}, {"b@two.example", by(""), 4}, {"c@three.example", by(""), 2}}, "", true},
		{"one that does not", []came{{"a@one.example", nil, 8}, {"b@two.example", nil, 8}}, "", false},
		{"a stranger who writes much", []came{{"x@evil.example", by("mx.home.example"), 40}}, "", false},
		{"strangers among others", []came{{"x@e1.example", by("mx.home.example"), 4}, {"x@e2.example", by("mx.home.example"), 4}, {"x@e3.example", by("mx.home.example"), 4}, {"b@two.example", nil, 8}}, "", false},
		{"an empty inbox", nil, "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := habit{messages: map[string]int{}, domains: map[string]map[string]bool{}}
			for _, m := range c.came {
				for i := range m.times {
					h.note(fmt.Sprint(i)+m.from, m.checked)
				}
			}
			if server, ok := h.server(); server != c.server || ok != c.ok {
				t.Errorf("%q, %v", server, ok)
			}
		})
	}
}
