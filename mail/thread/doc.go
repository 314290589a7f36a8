// Package thread says which messages belong to one conversation. It is pure:
// it holds no mail, and the store keeps what it finds.
//
// Two messages are in one conversation when they share a message id, be it
// their own or one they refer to, or when one of them is a lone answer to the
// other ([Follows]); and so on from message to message. The parent of an
// answer does not have to be there. As each of these links is between two
// messages and nothing takes one away, the conversations do not depend on the
// order in which messages arrive.
//
// A store adds a message so: take its ids by [Keys]; look up the threads that
// any of them is in; for lone answers also those of the messages that Follows
// links, both ways; let [Join] choose the thread that stays; move the others
// into it, and note its number for each of the ids. [Group] does the same in
// memory for messages that are all at hand.
package thread
