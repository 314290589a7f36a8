package line

import (
	"errors"
	"fmt"
	"strconv"
)

// Path reads the d attribute of an SVG path.
func Path(d string) (Drawing, error) {
	r := pathReader{text: d}
	for {
		cmd, ok := r.command()
		if !ok {
			break
		}
		if err := r.draw(cmd); err != nil {
			return Drawing{}, fmt.Errorf("path %q at %d: %w", d, r.pos, err)
		}
	}
	if r.pos < len(r.text) {
		return Drawing{}, fmt.Errorf("path %q at %d: not a command", d, r.pos)
	}
	return Drawing{r.end()}, nil
}

// pathReader walks through path data: a command, its numbers, and again its
// numbers for as long as there are more.
type pathReader struct {
	pen
	text  string
	pos   int
	last  byte  // the command before, in capitals
	ctrl  point // its last control point, for S and T
	cmds  int
	begun bool
}

var errNumber = errors.New("a number was expected")

// command is the next command, or the one before if numbers go on.
func (r *pathReader) command() (byte, bool) {
	r.skip()
	if r.pos == len(r.text) {
		return 0, false
	}
	c := r.text[r.pos]
	switch c | 0x20 {
	case 'm', 'l', 'h', 'v', 'c', 's', 'q', 't', 'a', 'z':
		r.pos++
		return c, true
	}
	return 0, false
}

func (r *pathReader) skip() {
	for r.pos < len(r.text) && (r.text[r.pos] <= ' ' || r.text[r.pos] == ',') {
		r.pos++
	}
}

// more says whether another number follows.
func (r *pathReader) more() bool {
	r.skip()
	if r.pos == len(r.text) {
		return false
	}
	c := r.text[r.pos]
	return c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.'
}

// number reads one number. "1.5.5" is 1.5 and .5.
func (r *pathReader) number() (float64, error) {
	if !r.more() {
		return 0, errNumber
	}
	start, dot, exp := r.pos, false, false
	for r.pos++; r.pos < len(r.text); r.pos++ {
		c := r.text[r.pos]
		before := r.text[r.pos-1] | 0x20
		switch {
		case c >= '0' && c <= '9':
		case c == '.' && !dot && !exp:
			dot = true
		case c|0x20 == 'e' && !exp:
			exp = true
		case (c == '-' || c == '+') && before == 'e':
		default:
			return r.parse(start)
		}
		if r.text[start] == '.' {
			dot = true
		}
	}
	return r.parse(start)
}

func (r *pathReader) parse(start int) (float64, error) {
	n, err := strconv.ParseFloat(r.text[start:r.pos], 64)
	if err != nil || n > 1e6 || n < -1e6 { // no drawing is that large, and sums of it would overflow
		return 0, errNumber
	}
	return n, nil
}

// flag reads an arc's flag, which needs no space after it.
func (r *pathReader) flag() (bool, error) {
	r.skip()
	if r.pos == len(r.text) || r.text[r.pos] != '0' && r.text[r.pos] != '1' {
		return false, errors.New("a flag was expected")
	}
	r.pos++
	return r.text[r.pos-1] == '1', nil
}

// point reads two numbers, counted from the current point if relative.
func (r *pathReader) point(relative bool) (point, error) {
	x, err := r.number()
	if err != nil {
		return point{}, err
	}
	y, err := r.number()
	if err != nil {
		return point{}, err
	}
	if relative {
		return r.at().plus(point{x, y}), nil
	}
	return point{x, y}, nil
}

// draw carries a command out, for as many groups of numbers as follow it.
func (r *pathReader) draw(cmd byte) error {
	kind, relative := cmd&^0x20, cmd >= 'a'
	if kind != 'M' && !r.begun {
		return errors.New("a path begins with a move")
	}
	if kind == 'Z' {
		r.finish(true)
		r.last = 'Z'
		return nil
	}
	for first := true; first || r.more(); first = false {
		if r.cmds++; r.cmds > 10_000 {
			return errors.New("too long")
		}
		if err := r.step(kind, relative); err != nil {
			return err
		}
		r.last = kind
		if kind == 'M' {
			r.begun, kind = true, 'L' // more points after a move are lines
		}
	}
	return nil
}

func (r *pathReader) step(kind byte, relative bool) error {
	switch kind {
	case 'M', 'L':
		return r.straight(kind, relative)
	case 'H', 'V':
		return r.level(kind, relative)
	case 'C', 'S':
		return r.cubic(kind, relative)
	case 'Q', 'T':
		return r.quadratic(kind, relative)
	default:
		return r.arc(relative)
	}
}

func (r *pathReader) straight(kind byte, relative bool) error {
	to, err := r.point(relative)
	if err != nil {
		return err
	}
	if kind == 'M' {
		r.moveTo(to)
	} else {
		r.lineTo(to)
	}
	return nil
}

func (r *pathReader) level(kind byte, relative bool) error {
	n, err := r.number()
	if err != nil {
		return err
	}
	to := r.at()
	along := &to.x
	if kind == 'V' {
		along = &to.y
	}
	if relative {
		n += *along
	}
	*along = n
	r.lineTo(to)
	return nil
}

// mirrored is the first control point of a smooth curve.
func (r *pathReader) mirrored(after ...byte) point {
	for _, kind := range after {
		if r.last == kind {
			return r.at().times(2).minus(r.ctrl)
		}
	}
	return r.at()
}

func (r *pathReader) cubic(kind byte, relative bool) (err error) {
	c1 := r.mirrored('C', 'S')
	if kind == 'C' {
		if c1, err = r.point(relative); err != nil {
			return err
		}
	}
	c2, err := r.point(relative)
	if err != nil {
		return err
	}
	to, err := r.point(relative)
	if err != nil {
		return err
	}
	r.cubeTo(c1, c2, to)
	r.ctrl = c2
	return nil
}

func (r *pathReader) quadratic(kind byte, relative bool) (err error) {
	c := r.mirrored('Q', 'T')
	if kind == 'Q' {
		if c, err = r.point(relative); err != nil {
			return err
		}
	}
	to, err := r.point(relative)
	if err != nil {
		return err
	}
	r.quadTo(c, to)
	r.ctrl = c
	return nil
}

func (r *pathReader) arc(relative bool) error {
	var radii [3]float64
	for i := range radii {
		n, err := r.number()
		if err != nil {
			return err
		}
		radii[i] = n
	}
	large, err := r.flag()
	if err != nil {
		return err
	}
	sweep, err := r.flag()
	if err != nil {
		return err
	}
	to, err := r.point(relative)
	if err != nil {
		return err
	}
	r.arcTo(radii[0], radii[1], radii[2], large, sweep, to)
	return nil
}
