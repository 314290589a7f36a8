// Package spelling tells misspelt words, by the checker that the person's system
// has: Hunspell, with the dictionaries that are installed. Words go to it by its
// standard input and to nobody else. Where there is no checker, or no dictionary of
// the person's language, nothing is checked.
package spelling

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os/exec"
	"strings"
	"sync"
	"time"
	"unicode"
)

// Verdict is what a checker says of a word.
type Verdict struct {
	Wrong   bool
	Instead []string // what may be meant, the likeliest first
}

// Checker asks a program that runs as long as it is needed. Any goroutine may use
// it.
type Checker struct {
	tool string
	args []string

	learnt string // the file of the person's own words, one a line

	mu      sync.Mutex
	own     map[string]bool // those words; nil before they are read
	running *process
	failed  int // how often it could not be asked
}

// process is the program as it runs.
type process struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *bufio.Reader
}

const (
	patience  = 10 * time.Second // with the program: its dictionary may be large
	maxFailed = 3                // then it is not asked any more
)

var errGivenUp = errors.New("the spell checker does not work")

// Check asks about words. Each is letters, with apostrophes and hyphens in it.
func (c *Checker) Check(words []string) (map[string]Verdict, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.failed >= maxFailed {
		return nil, errGivenUp
	}
	answers, err := c.ask(words)
	if err != nil {
		c.failed++
		c.stop()
	}
	for w, v := range answers {
		if c.knows(w) || v.Wrong && len(v.Instead) == 0 && isForeign(w) {
			answers[w] = Verdict{}
		}
	}
	return answers, err
}

// isForeign reports a word of another script than most dictionaries are in: one
// that knows nothing like it is not of its language.
func isForeign(word string) bool {
	return strings.ContainsFunc(word, func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) })
}

func (c *Checker) ask(words []string) (map[string]Verdict, error) {
	if c.running == nil {
		p, err := start(c.tool, c.args)
		if err != nil {
			return nil, err
		}
		c.running = p
	}
	p := c.running
	end := time.AfterFunc(patience, func() { p.cmd.Process.Kill() })
	defer end.Stop()
	answers := make(map[string]Verdict, len(words))
	for _, w := range words {
		v, err := p.word(w)
		if err != nil {
			return nil, err
		}
		answers[w] = v
	}
	return answers, nil
}

// start starts the program in the mode for other programs, which Ispell brought in.
func start(tool string, args []string) (*process, error) {
	cmd := exec.Command(tool, args...)
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &process{cmd, in, bufio.NewReader(out)}
	if _, err := p.out.ReadString('\n'); err != nil { // who it is
		p.stop()
		return nil, err
	}
	return p, nil
}

// word asks about one word. The answer is a line for each piece of it, and an empty
// one.
func (p *process) word(w string) (v Verdict, err error) {
	if strings.ContainsAny(w, "\r\n\x00") {
		return v, nil
	}
	line := strings.NewReplacer("’", "'", "ʼ", "'").Replace(w)
	if _, err := io.WriteString(p.in, "^"+line+"\n"); err != nil { // ^: it is no command
		return v, err
	}
	for {
		line, err := p.out.ReadBytes('\n')
		if err != nil {
			return v, err
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			return v, nil
		}
		switch line[0] {
		case '&': // & word count offset: one, another
			_, list, _ := strings.Cut(string(line), ": ")
			v.Instead = strings.Split(list, ", ")
			v.Wrong = true
		case '#':
			v.Wrong = true
		}
	}
}

func (p *process) stop() {
	p.in.Close()
	p.cmd.Process.Kill()
	p.cmd.Wait()
}

func (c *Checker) stop() {
	if c.running != nil {
		c.running.stop()
		c.running = nil
	}
}

// Close ends the program.
func (c *Checker) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stop()
	c.failed = maxFailed
}
