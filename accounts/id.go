package accounts

import (
	"crypto/rand"

	"postrider/mail"
)

// idLetters leaves out vowels, so that no id is a word, and what reads like
// something else; being 28 of them, two accounts meet by chance in 4e11.
const idLetters = "bcdfghjkmnpqrstvwxyz23456789"

const idLength = 8

// newID makes an id that is not in the list.
func newID(list []Account) mail.AccountID {
	for {
		id := randomID()
		if _, taken := byID(list, id); !taken {
			return id
		}
	}
}

func randomID() mail.AccountID {
	var id []byte
	for len(id) < idLength {
		var b [1]byte
		rand.Read(b[:])                           // never fails
		if n := int(b[0]); n < 9*len(idLetters) { // the rest would favour the first letters
			id = append(id, idLetters[n%len(idLetters)])
		}
	}
	return mail.AccountID(id)
}

// validID accepts what a person may have written by hand, too.
func validID(id mail.AccountID) bool {
	for _, c := range []byte(id) {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			return false
		}
	}
	return len(id) == idLength
}

func byID(list []Account, id mail.AccountID) (int, bool) {
	for i := range list {
		if list[i].ID == id {
			return i, true
		}
	}
	return -1, false
}
