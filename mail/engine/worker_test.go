package engine_test

import (
	"bytes"
	"context"
	"io"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"postrider/mail"
	"postrider/mail/engine"
	"postrider/mail/store"
)

// always plays the same driver every time.
func always(a *actor) func(int) (*actor, error) {
	return func(int) (*actor, error) { return a, nil }
}

// fails is a server that cannot be spoken to.
func fails(kind mail.Kind) func(int) (*actor, error) {
	return func(int) (*actor, error) { return nil, mail.Errorf(kind, "connect", "it is %s", kind) }
}

func TestWorkerSaysWhatItDoes(t *testing.T) {
	a := &actor{pull: func(_ context.Context, scope engine.Scope, _ *store.Mirror) error {
		time.Sleep(time.Second)
		scope.Progress(engine.Progress{Doing: "INBOX", Done: 3, Of: 9})
		return nil
	}}
	perform(t, always(a), func(st *stage) {
		st.pass(2 * time.Second)
		list := st.said()
		if got, want := phases(list), []mail.Phase{mail.PhaseSyncing, mail.PhaseIdle}; !slices.Equal(got, want) {
			t.Errorf("it said %v, want %v", got, want)
		}
		if !slices.ContainsFunc(list, func(s mail.Status) bool { return s.Doing == "INBOX" && s.Done == 3 && s.Of == 9 }) {
			t.Errorf("it did not say how far it was: %+v", list)
		}
		if s := st.worker.Status(); s.LastSync.IsZero() || s.Doing != "" || s.Err != nil {
			t.Errorf("idle, it says %+v", s)
		}
		st.worker.Look()
		st.pass(2 * time.Second)
		if got, want := phases(st.said()), []mail.Phase{mail.PhaseSyncing, mail.PhaseIdle}; !slices.Equal(got, want) {
			t.Errorf("asked to look, it said %v, want %v", got, want)
		}
		if n := st.connections(); n != 1 {
			t.Errorf("it connected %d times", n)
		}
	})
}

// TestBackoffGrows: 5 s, doubled each time up to about ten minutes, and a
// quarter more or less.
func TestBackoffGrows(t *testing.T) {
	perform(t, fails(mail.KindOffline), func(st *stage) {
		st.pass(3 * time.Hour)
		gaps := st.gaps()
		if len(gaps) < 12 {
			t.Fatalf("only %d attempts in three hours", len(gaps))
		}
		for i, got := range gaps {
			want := 5 * time.Second << min(i, 7)
			if got < want*3/4 || got > want*5/4 {
				t.Errorf("pause %d took %v, want %v ± a quarter", i+1, got, want)
			}
		}
		s := st.worker.Status()
		if s.Phase != mail.PhaseOffline || !mail.Is(s.Err, mail.KindOffline) || !s.Retry.After(time.Now()) {
			t.Errorf("it says %+v", s)
		}
	})
}

// TestPausesDiffer: clients that lost a server together do not come back together.
func TestPausesDiffer(t *testing.T) {
	seen := map[time.Duration]bool{}
	for range 3 {
		perform(t, fails(mail.KindOffline), func(st *stage) {
			st.pass(10 * time.Second)
			seen[st.gaps()[0]] = true
		})
	}
	if len(seen) == 1 {
		t.Error("three clients paused equally long")
	}
}

// TestBackoffStartsAnewAfterAGoodTime: a session that lasted makes up for what
// went wrong before it; one that did not does not.
func TestBackoffStartsAnewAfterAGoodTime(t *testing.T) {
	for _, c := range []struct {
		lasted time.Duration
		want   time.Duration
	}{{time.Hour, 5 * time.Second}, {time.Second, 5 * time.Second << 4}} {
		play := func(n int) (*actor, error) {
			if n != 5 {
				return fails(mail.KindOffline)(n)
			}
			return &actor{wait: func(context.Context) error {
				time.Sleep(c.lasted)
				return mail.Errorf(mail.KindOffline, "wait", "it is gone")
			}}, nil
		}
		perform(t, play, func(st *stage) {
			st.pass(3 * time.Hour)
			got := st.gaps()[4] - c.lasted
			if got < c.want*3/4 || got > c.want*5/4 {
				t.Errorf("a session of %v, then a pause of %v, want about %v", c.lasted, got, c.want)
			}
		})
	}
}

func TestGarbledIsTriedAgainAtOnceThenPatiently(t *testing.T) {
	perform(t, fails(mail.KindGarbled), func(st *stage) {
		st.pass(time.Hour)
		gaps := st.gaps()
		if gaps[0] > 2*time.Second || gaps[1] < 5*time.Second || gaps[5] < time.Minute {
			t.Errorf("it paused for %v", gaps[:6])
		}
	})
}

// TestServerThatBreaksEverySessionIsNotHammered: it signs in and pulls, and
// then makes no sense, every time.
func TestServerThatBreaksEverySessionIsNotHammered(t *testing.T) {
	for _, kind := range []mail.Kind{mail.KindGarbled, mail.KindOffline} {
		a := &actor{wait: func(context.Context) error { return mail.Errorf(kind, "wait", "no") }}
		perform(t, always(a), func(st *stage) {
			st.pass(time.Hour)
			if n := st.connections(); n > 15 {
				t.Errorf("%s: it connected %d times in an hour", kind, n)
			}
		})
	}
}

func TestBusyWaits(t *testing.T) {
	perform(t, fails(mail.KindBusy), func(st *stage) {
		st.pass(3 * time.Hour)
		for i, got := range st.gaps() {
			if got < time.Minute || got > 20*time.Minute {
				t.Errorf("pause %d took %v", i+1, got)
			}
		}
	})
}

// TestWorkerStopsForThePerson: nothing is tried again before they had a chance
// to mend it.
func TestWorkerStopsForThePerson(t *testing.T) {
	for _, kind := range []mail.Kind{mail.KindSignIn, mail.KindUnsafe, mail.KindDisk, mail.KindInput} {
		play := func(n int) (*actor, error) {
			if n == 1 {
				return fails(kind)(n)
			}
			return &actor{}, nil
		}
		perform(t, play, func(st *stage) {
			st.do(mail.SetFlags{Targets: []mail.PlacementID{st.row("one").ID}, Patch: mail.FlagPatch{Add: mail.Bits(mail.Seen)}})
			st.pass(24 * time.Hour)
			s := st.worker.Status()
			if st.connections() != 1 || s.Phase != mail.PhaseStopped || !mail.Is(s.Err, kind) || !s.Retry.IsZero() {
				t.Fatalf("%s: connected %d times, says %+v", kind, st.connections(), s)
			}
			if s.Err.Account != account {
				t.Errorf("%s: the error is of account %q", kind, s.Err.Account)
			}
			st.worker.Look()
			synctest.Wait()
			if s := st.worker.Status(); st.connections() != 2 || s.Phase != mail.PhaseIdle || s.Err != nil {
				t.Errorf("%s: after a look it connected %d times, says %+v", kind, st.connections(), s)
			}
		})
	}
}

func TestLookEndsAPause(t *testing.T) {
	perform(t, fails(mail.KindOffline), func(st *stage) {
		st.pass(time.Hour)
		before := st.connections()
		st.worker.Look()
		synctest.Wait()
		if n := st.connections(); n != before+1 {
			t.Errorf("asked to look, it connected %d times", n-before)
		}
	})
}

// TestPanicIsABugAndRetried, wherever the driver panics; the connection does not
// stay open.
func TestPanicIsABugAndRetried(t *testing.T) {
	for name, bad := range map[string]*actor{
		"pull": {pull: func(context.Context, engine.Scope, *store.Mirror) error { panic("pull") }},
		"push": {push: func(context.Context, *store.Task) ([]store.Result, error) { panic("push") }},
		"wait": {wait: func(context.Context) error { panic("wait") }},
	} {
		play := func(n int) (*actor, error) {
			if n == 1 {
				return bad, nil
			}
			return &actor{}, nil
		}
		perform(t, play, func(st *stage) {
			st.do(mail.SetFlags{Targets: []mail.PlacementID{st.row("one").ID}, Patch: mail.FlagPatch{Add: mail.Bits(mail.Seen)}})
			synctest.Wait()
			s := st.worker.Status()
			if s.Phase != mail.PhaseOffline || !mail.Is(s.Err, mail.KindBug) || s.Err.Detail == "" {
				t.Errorf("%s: it says %+v", name, s)
			}
			if !bad.closed.Load() {
				t.Errorf("%s: the connection is open", name)
			}
			st.pass(10 * time.Minute)
			if s := st.worker.Status(); st.connections() != 2 || s.Phase != mail.PhaseIdle {
				t.Errorf("%s: connected %d times, says %+v", name, st.connections(), s)
			}
		})
	}
}

// asked counts what is asked of a driver.
type asked struct{ pulls, pushes, waits atomic.Int32 }

func (n *asked) actor() *actor {
	return &actor{
		pull: func(context.Context, engine.Scope, *store.Mirror) error { n.pulls.Add(1); return nil },
		push: func(_ context.Context, task *store.Task) (results []store.Result, _ error) {
			n.pushes.Add(1)
			for _, item := range task.Items {
				results = append(results, store.Result{Item: item})
			}
			return results, nil
		},
		wait: func(ctx context.Context) error {
			n.waits.Add(1)
			<-ctx.Done()
			return ctx.Err()
		},
	}
}

// TestActGoesOutAtOnce: without a pull, and without a new connection.
func TestActGoesOutAtOnce(t *testing.T) {
	var n asked
	perform(t, always(n.actor()), func(st *stage) {
		before := time.Now()
		st.do(mail.SetFlags{Targets: []mail.PlacementID{st.row("one").ID}, Patch: mail.FlagPatch{Add: mail.Bits(mail.Seen)}})
		synctest.Wait()
		if n.pushes.Load() != 1 || n.pulls.Load() != 1 || st.connections() != 1 || time.Since(before) != 0 {
			t.Errorf("%d pushes, %d pulls, %d connections, after %v", n.pushes.Load(), n.pulls.Load(), st.connections(), time.Since(before))
		}
	})
}

// TestMoveWaitsForAnUndo: ten seconds, to the second, and without a wake.
func TestMoveWaitsForAnUndo(t *testing.T) {
	var n asked
	perform(t, always(n.actor()), func(st *stage) {
		st.do(mail.Move{Targets: []mail.PlacementID{st.row("one").ID}, To: st.box("A")})
		st.pass(9 * time.Second)
		if n.pushes.Load() != 0 {
			t.Fatal("it went out before it could be undone")
		}
		st.pass(2 * time.Second)
		if n.pushes.Load() != 1 {
			t.Errorf("it went out %d times after the delay", n.pushes.Load())
		}
	})
}

// TestWaitingActCostsNothing: an act that cannot be carried out before the next
// pull must not make the worker spin.
func TestWaitingActCostsNothing(t *testing.T) {
	var n asked
	perform(t, always(n.actor()), func(st *stage) {
		id := st.row("one").ID
		st.do(mail.Move{Targets: []mail.PlacementID{id}, To: st.box("A")})
		st.pass(time.Minute) // the server took it and did not say its new UID
		st.do(mail.SetFlags{Targets: []mail.PlacementID{id}, Patch: mail.FlagPatch{Add: mail.Bits(mail.Seen)}})
		before := n.waits.Load()
		st.pass(30 * time.Minute)
		if n.pushes.Load() != 1 {
			t.Errorf("%d pushes", n.pushes.Load())
		}
		if more := n.waits.Load() - before; more > 20 {
			t.Errorf("it waited %d times in half an hour", more)
		}
	})
}

// TestRefusedForNowIsTriedAgain, after a while.
func TestRefusedForNowIsTriedAgain(t *testing.T) {
	var tries atomic.Int32
	a := &actor{push: func(_ context.Context, task *store.Task) ([]store.Result, error) {
		r := store.Result{Item: task.Items[0]}
		if tries.Add(1) < 3 {
			r.How, r.Err = store.Later, mail.Errorf(mail.KindBusy, "flags", "in use")
		}
		return []store.Result{r}, nil
	}}
	perform(t, always(a), func(st *stage) {
		st.do(mail.SetFlags{Targets: []mail.PlacementID{st.row("one").ID}, Patch: mail.FlagPatch{Add: mail.Bits(mail.Seen)}})
		st.pass(30 * time.Second)
		if tries.Load() != 1 {
			t.Errorf("tried %d times in half a minute", tries.Load())
		}
		st.pass(5 * time.Minute)
		if tries.Load() != 3 {
			t.Errorf("tried %d times, want 3", tries.Load())
		}
	})
}

// TestOpenedMessageComesBeforeTheRest of a long pull.
func TestOpenedMessageComesBeforeTheRest(t *testing.T) {
	a := &actor{
		pull: func(ctx context.Context, scope engine.Scope, _ *store.Mirror) error {
			for range 3600 {
				time.Sleep(time.Second)
				if err := scope.Between(ctx); err != nil {
					return err
				}
			}
			return nil
		},
		fetch: func(_ context.Context, src store.Source, take func(io.Reader) error) error {
			return take(bytes.NewReader(letter("two")))
		},
	}
	perform(t, always(a), func(st *stage) {
		st.pass(time.Minute + time.Second/2)
		id := st.row("two").ID
		before := time.Now()
		st.must(st.worker.Fetch(st.t.Context(), id))
		if took := time.Since(before); took > time.Second {
			t.Errorf("it took %v", took)
		}
		if !st.row("two").Here {
			t.Error("the bytes are not here")
		}
		if s := st.worker.Status(); s.Phase != mail.PhaseSyncing {
			t.Errorf("the pull is over: %+v", s)
		}
	})
}

// TestFetchWithoutAConnectionSaysWhy, at once.
func TestFetchWithoutAConnectionSaysWhy(t *testing.T) {
	for _, kind := range []mail.Kind{mail.KindOffline, mail.KindSignIn} {
		perform(t, fails(kind), func(st *stage) {
			st.pass(time.Minute)
			before := time.Now()
			if err := st.worker.Fetch(st.t.Context(), st.row("one").ID); !mail.Is(err, kind) {
				t.Errorf("fetch says %v, want kind %s", err, kind)
			}
			if took := time.Since(before); took != 0 {
				t.Errorf("it took %v to say so", took)
			}
		})
	}
}

// TestFetchIsAnsweredWhateverHappens: the connection ends, or the driver panics.
func TestFetchIsAnsweredWhateverHappens(t *testing.T) {
	for name, fetch := range map[string]func() error{
		"cut":   func() error { return mail.Errorf(mail.KindOffline, "fetch", "cut") },
		"gone":  func() error { return mail.Errorf(mail.KindGone, "fetch", "gone") },
		"panic": func() error { panic("fetch") },
	} {
		a := &actor{fetch: func(context.Context, store.Source, func(io.Reader) error) error { return fetch() }}
		perform(t, always(a), func(st *stage) {
			ctx, cancel := context.WithTimeout(st.t.Context(), time.Hour)
			defer cancel()
			before := time.Now()
			if err := st.worker.Fetch(ctx, st.row("one").ID); err == nil || ctx.Err() != nil {
				t.Errorf("%s: fetch says %v", name, err)
			}
			if took := time.Since(before); took != 0 {
				t.Errorf("%s: it took %v to say so", name, took)
			}
		})
	}
}

// TestStopIsPrompt in whatever the worker does; synctest and goleak see to it
// that nothing is left.
func TestStopIsPrompt(t *testing.T) {
	until := func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }
	for name, play := range map[string]func(int) (*actor, error){
		"pause":   fails(mail.KindOffline),
		"stopped": fails(mail.KindSignIn),
		"pull":    always(&actor{pull: func(ctx context.Context, _ engine.Scope, _ *store.Mirror) error { return until(ctx) }}),
		"wait":    always(&actor{}),
	} {
		perform(t, play, func(st *stage) {
			before := time.Now()
			st.stop()
			<-st.ended
			if took := time.Since(before); took != 0 {
				t.Errorf("%s: it took %v", name, took)
			}
		})
	}
}
