// Package vm holds the view models: what the window shows and what a person can
// do there, decided without a widget in sight. The window (gui) makes them,
// hands them the store's batches, and draws what they say.
//
// They know no Fyne and no locks. Every method and every callback runs on the
// UI goroutine; tests run all of it on their own. What may be slow (a query, a
// parse, a server) is asked for with [Ask]: it runs elsewhere and comes back on
// the UI goroutine, and an answer that was overtaken by a later question is
// dropped. So a model always has an answer at once: the last that it knows.
//
// Each model has a Changed callback, called at most once for each cause, after
// which its fields say what is so now. A model never blocks, never asks a
// server, and never changes mail but through the client's verbs.
package vm
