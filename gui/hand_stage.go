//go:build stage

package gui

import (
	"encoding/json"
	"fmt"
	"net"
	"os"

	"fyne.io/fyne/v2"
)

// handRequest and handAnswer are what package stage sends and gets.
type handRequest struct {
	Do   string `json:"do"`
	Name string `json:"name"`
}

type handAnswer struct {
	Error string    `json:"error,omitempty"`
	Rect  *handRect `json:"rect,omitempty"`
	State any       `json:"state,omitempty"`
}

type handRect struct{ X, Y, W, H int }

// hand lets the stage that started the program look at the window.
func (a *App) hand() {
	conn, err := net.Dial("unix", os.Getenv("POSTRIDER_STAGE"))
	if err != nil {
		fyne.LogError("the stage cannot be reached", err)
		return
	}
	go func() {
		defer conn.Close()
		dec, enc := json.NewDecoder(conn), json.NewEncoder(conn)
		for {
			var r handRequest
			if dec.Decode(&r) != nil {
				return
			}
			var reply handAnswer
			fyne.DoAndWait(func() { reply = a.answer(r) })
			if err := enc.Encode(reply); err != nil {
				fyne.LogError("the stage cannot be answered", err)
				return
			}
		}
	}()
}

func (a *App) answer(r handRequest) handAnswer {
	switch r.Do {
	case "where":
		return a.whereIs(r.Name)
	case "state":
		return handAnswer{State: a.state()}
	}
	return handAnswer{Error: fmt.Sprintf("nobody knows how to %q", r.Do)}
}
