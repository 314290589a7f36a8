package css

import (
	"strings"

	"github.com/tdewolff/parse/v2/css"
)

// calc is an expression of lengths (CSS Values 4, section 10).
type calc struct {
	op   byte // 'v' a value, '+', '*' by num, 'm' the smaller, 'M' the larger
	val  value
	num  float64
	a, b *calc
}

const (
	maxCalc      = 200 // operands of one expression
	maxCalcDepth = 24
)

// calcReader reads one expression.
type calcReader struct {
	v     *values
	count int
}

// calculation takes calc() and its likes.
func (v *values) calculation(a allow) (value, bool) {
	if !isCalc(v.peek().text) {
		return value{}, false
	}
	at := v.at
	r := calcReader{v: v}
	e, ok := r.call(0)
	if !ok {
		v.at = at
		return value{}, false
	}
	n, number := e.number()
	switch {
	case number && a&numbers != 0:
		return value{kind: vNumber, num: float32(n)}, true
	case number, a&noLength != 0, a&percents == 0 && e.percent():
		v.at = at
		return value{}, false
	}
	return value{kind: vCalc, ref: e, word: uint8(a & negative)}, true
}

// call reads a function of the calc family.
func (r *calcReader) call(depth int) (*calc, bool) {
	name := strings.ToLower(r.v.peek().text)
	args := r.v.arguments()
	if depth > maxCalcDepth {
		return nil, false
	}
	parts := splitCommas(args)
	list := make([]*calc, 0, len(parts))
	for _, part := range parts {
		var e *calc
		ok := r.v.within(part, func() (ok bool) {
			e, ok = r.sum(depth + 1)
			return ok
		})
		if !ok {
			return nil, false
		}
		list = append(list, e)
	}
	return fold(name, list)
}

// fold applies a function to its arguments.
func fold(name string, list []*calc) (*calc, bool) {
	e := list[0]
	switch name {
	case "clamp(":
		if len(list) != 3 {
			return nil, false
		}
		inner, ok := join('m', list[1], list[2])
		if !ok {
			return nil, false
		}
		return join('M', inner, list[0])
	case "min(", "max(":
		op := byte('m')
		if name == "max(" {
			op = 'M'
		}
		for _, next := range list[1:] {
			var ok bool
			if e, ok = join(op, e, next); !ok {
				return nil, false
			}
		}
		return e, true
	}
	return e, len(list) == 1
}

// sum reads a + b - c.
func (r *calcReader) sum(depth int) (*calc, bool) {
	e, ok := r.product(depth)
	for ok && !r.v.done() {
		t := r.v.peek()
		minus := t.delim('-')
		if !minus && !t.delim('+') {
			break
		}
		r.v.at++
		var right *calc
		if right, ok = r.product(depth); !ok {
			break
		}
		if minus {
			right = &calc{op: '*', num: -1, a: right}
		}
		e, ok = join('+', e, right)
	}
	return e, ok
}

// product reads a * b / c.
func (r *calcReader) product(depth int) (*calc, bool) {
	e, ok := r.operand(depth)
	for ok && !r.v.done() {
		t := r.v.peek()
		over := t.delim('/')
		if !over && !t.delim('*') {
			break
		}
		r.v.at++
		var right *calc
		if right, ok = r.operand(depth); !ok {
			break
		}
		e, ok = scale(e, right, over)
	}
	return e, ok
}

func (r *calcReader) operand(depth int) (*calc, bool) {
	if r.count++; r.count > maxCalc || depth > maxCalcDepth {
		return nil, false
	}
	t := r.v.peek()
	switch t.kind {
	case css.LeftParenthesisToken:
		var e *calc
		ok := r.v.within(r.v.arguments(), func() (ok bool) {
			e, ok = r.sum(depth + 1)
			return ok
		})
		return e, ok
	case css.FunctionToken:
		if !isCalc(t.text) {
			return nil, false
		}
		return r.call(depth + 1)
	case css.NumberToken:
		r.v.at++
		return &calc{op: 'v', val: value{kind: vNumber, num: float32(t.num)}}, true
	}
	val, ok := r.v.length(percents | negative)
	return &calc{op: 'v', val: val}, ok
}

// number is the value of an expression without lengths.
func (e *calc) number() (float64, bool) {
	if e.op == 'v' {
		return float64(e.val.num), e.val.kind == vNumber
	}
	a, ok := e.a.number()
	if !ok {
		return 0, false
	}
	if e.op == '*' {
		return a * e.num, true
	}
	b, _ := e.b.number()
	switch e.op {
	case '+':
		return a + b, true
	case 'm':
		return min(a, b), true
	}
	return max(a, b), true
}

// percent reports whether a percentage is in it.
func (e *calc) percent() bool {
	if e.op == 'v' {
		return e.val.kind == vPercent
	}
	return e.a.percent() || e.b != nil && e.b.percent()
}

// join combines two expressions, which have to be both numbers or both lengths.
func join(op byte, a, b *calc) (*calc, bool) {
	x, number := a.number()
	y, other := b.number()
	if number != other {
		return nil, false
	}
	e := &calc{op: op, a: a, b: b}
	if number {
		_, _ = x, y
		n, _ := e.number()
		return &calc{op: 'v', val: value{kind: vNumber, num: float32(n)}}, true
	}
	return e, true
}

// scale multiplies or divides by a number.
func scale(a, b *calc, over bool) (*calc, bool) {
	n, ok := b.number()
	if !ok && !over {
		if n, ok = a.number(); ok {
			a = b
		}
	}
	if !ok || over && n == 0 {
		return nil, false
	}
	if over {
		n = 1 / n
	}
	e := &calc{op: '*', num: max(-1e9, min(1e9, n)), a: a}
	if m, number := e.number(); number {
		return &calc{op: 'v', val: value{kind: vNumber, num: float32(m)}}, true
	}
	return e, true
}
