package vm

import (
	"slices"

	"postrider/mail"
)

// shelf keeps the bodies that were read last, within a bound.
type shelf struct {
	bodies []*Body // the one used last at the end
	cost   int
}

// Bounds of the shelf: octets, roughly, and bodies.
const (
	shelfCost  = 24 << 20
	shelfCount = 40
)

func (s *shelf) get(id mail.MessageID) *Body {
	i := slices.IndexFunc(s.bodies, func(b *Body) bool { return b.Message == id })
	if i < 0 {
		return nil
	}
	b := s.bodies[i]
	s.bodies = append(slices.Delete(s.bodies, i, i+1), b)
	return b
}

func (s *shelf) put(b *Body) {
	if s.get(b.Message) != nil {
		return
	}
	s.bodies = append(s.bodies, b)
	s.cost += b.cost
	for len(s.bodies) > 1 && (s.cost > shelfCost || len(s.bodies) > shelfCount) {
		s.cost -= s.bodies[0].cost
		s.bodies = slices.Delete(s.bodies, 0, 1)
	}
}
