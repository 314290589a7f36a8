package pop

import (
	"context"
	"errors"

	"postrider/accounts"
	"postrider/mail"
	"postrider/mail/store"
)

// mark marks for deletion (DELE) what the policy lets go and this session has
// proof of. What is durable is what the ledger says now.
func (p *pulling) mark(ctx context.Context) (marked []store.Entry, err error) {
	if p.cfg.Account.Keep.Mode == accounts.KeepForever {
		return nil, nil
	}
	if p.done > 0 {
		if err := p.readLedger(ctx); err != nil {
			return nil, err
		}
	}
	p.now = p.m.Store().Now()
	leaving := map[int]store.Entry{}
	var nums []int
	for _, it := range p.items {
		if e := p.ledger[it.key]; it.proof && e != nil && e.Sure && !e.Damaged && p.mayGo(e) {
			leaving[it.num] = *e
			nums = append(nums, it.num)
		}
	}
	if len(nums) == 0 {
		return nil, nil
	}
	err = p.client.DeleteAll(ctx, nums, func(num int, err error) error {
		switch {
		case err == nil:
			marked = append(marked, leaving[num])
		case !mail.Is(err, mail.KindGone):
			p.refuse(err)
		}
		return nil
	})
	return marked, err
}

// refuse remembers what the server refused of one message.
func (p *pulling) refuse(err error) {
	var e *mail.Error
	if errors.As(err, &e) {
		p.refused = append(p.refused, e)
	}
}
