package box_test

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"
)

// browser is a Chromium without a window, to measure beside. It is told what to
// do through pipes, so that it needs no port.
type browser struct {
	commands io.WriteCloser
	answers  *bufio.Reader
	session  string
	last     int
}

// openBrowser starts one, with a page of this size that can fetch nothing and
// runs no scripts. It skips the test where none is installed.
func openBrowser(tb testing.TB, width, height int) *browser {
	tb.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		tb.Skip("no Chromium is installed")
	}
	theirs, commands, err := os.Pipe()
	if err != nil {
		tb.Fatal(err)
	}
	answers, theirsToo, err := os.Pipe()
	if err != nil {
		tb.Fatal(err)
	}
	c := exec.Command(path, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe", "--user-data-dir="+tb.TempDir(), "about:blank")
	c.ExtraFiles = []*os.File{theirs, theirsToo}
	if err := c.Start(); err != nil {
		tb.Skip("Chromium does not start: ", err)
	}
	theirs.Close()
	theirsToo.Close()
	b := &browser{commands: commands, answers: bufio.NewReaderSize(answers, 1<<20)}
	tb.Cleanup(func() {
		b.do("Browser.close", nil, nil)
		commands.Close()
		answers.Close()
		c.Wait()
	})
	if err := b.open(width, height); err != nil {
		tb.Fatal(err)
	}
	return b
}

func (b *browser) open(width, height int) error {
	var target struct{ TargetID string }
	if err := b.do("Target.createTarget", map[string]any{"url": "about:blank"}, &target); err != nil {
		return err
	}
	var session struct{ SessionID string }
	if err := b.do("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &session); err != nil {
		return err
	}
	b.session = session.SessionID
	for _, c := range []struct {
		method string
		params map[string]any
	}{
		{"Page.enable", nil},
		{"Network.enable", nil},
		{"Network.emulateNetworkConditions", map[string]any{"offline": true, "latency": 0, "downloadThroughput": 0, "uploadThroughput": 0}},
		{"Emulation.setScriptExecutionDisabled", map[string]any{"value": true}},
		{"Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}},
	} {
		if err := b.do(c.method, c.params, nil); err != nil {
			return err
		}
	}
	return nil
}

// draw lays a mail out, and paints the first screen of it.
func (b *browser) draw(mail string) error {
	var tree struct {
		FrameTree struct{ Frame struct{ ID string } }
	}
	if err := b.do("Page.getFrameTree", nil, &tree); err != nil {
		return err
	}
	if err := b.do("Page.setDocumentContent", map[string]any{"frameId": tree.FrameTree.Frame.ID, "html": mail}, nil); err != nil {
		return err
	}
	return b.do("Page.captureScreenshot", map[string]any{"format": "png", "optimizeForSpeed": true}, nil)
}

// do sends a command and waits for its answer.
func (b *browser) do(method string, params map[string]any, result any) error {
	b.last++
	command := map[string]any{"id": b.last, "method": method}
	if params != nil {
		command["params"] = params
	}
	if b.session != "" {
		command["sessionId"] = b.session
	}
	text, err := json.Marshal(command)
	if err != nil {
		return err
	}
	if _, err := b.commands.Write(append(text, 0)); err != nil {
		return err
	}
	for {
		line, err := b.answers.ReadBytes(0)
		if err != nil {
			return err
		}
		var answer struct {
			ID     int
			Result json.RawMessage
			Error  *struct{ Message string }
		}
		if err := json.Unmarshal(line[:len(line)-1], &answer); err != nil {
			return fmt.Errorf("%s: %w", method, err)
		}
		switch {
		case answer.ID != b.last: // an event
		case answer.Error != nil:
			return errors.New(method + ": " + answer.Error.Message)
		case result == nil:
			return nil
		default:
			return json.Unmarshal(answer.Result, result)
		}
	}
}
