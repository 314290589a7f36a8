package typeset

import "sync"

// cache keeps words that were shaped, in two generations: when the young one is
// full it becomes the old one, and what was old is let go. So memory is bounded
// and what is used stays.
type cache struct {
	shards [16]shard
}

type shard struct {
	mu         sync.Mutex
	young, old map[wordKey]*word
}

type wordKey struct {
	set  *set
	text string
	rtl  bool
}

// shardWords is how many words a generation of a shard has; a word takes about
// 600 bytes, so that the whole is below 10 MB.
const shardWords = 512

// maxWord is the length in bytes from which a word is not kept: it hardly comes
// again.
const maxWord = 96

func (c *cache) init() {
	for i := range c.shards {
		c.shards[i].young = map[wordKey]*word{}
	}
}

func (c *cache) shard(k wordKey) *shard {
	h := uint(len(k.text))
	if n := len(k.text); n > 0 {
		h += uint(k.text[0]) + 3*uint(k.text[n-1]) + 7*uint(k.text[n/2])
	}
	return &c.shards[h&15]
}

func (c *cache) get(k wordKey) *word {
	s := c.shard(k)
	s.mu.Lock()
	defer s.mu.Unlock()
	if w := s.young[k]; w != nil {
		return w
	}
	w := s.old[k]
	if w != nil {
		s.put(k, w)
	}
	return w
}

func (c *cache) put(k wordKey, w *word) {
	if len(k.text) > maxWord {
		return
	}
	s := c.shard(k)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.put(k, w)
}

func (s *shard) put(k wordKey, w *word) {
	if len(s.young) >= shardWords {
		s.old, s.young = s.young, make(map[wordKey]*word, shardWords)
	}
	s.young[k] = w
}

func (c *cache) clear() {
	for i := range c.shards {
		s := &c.shards[i]
		s.mu.Lock()
		s.young, s.old = map[wordKey]*word{}, nil
		s.mu.Unlock()
	}
}
