// Package enginetest is what every driver of mail/engine is measured with: Run
// is the contract, as tests against a server that the test can reach by a back
// door. It also has a Server in memory with its Driver, which keep the contract
// and can be interrupted between any two steps: for tests of the engine and of
// what is above it.
//
// Only tests may import it.
package enginetest
