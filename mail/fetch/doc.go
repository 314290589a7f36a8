// Package fetch brings the remote pictures of a mail, once the person has allowed
// them. The window's reader uses it; nothing else of what a mail refers to is ever
// fetched.
//
// It promises to tell the sender as little as a fetch can: no cookies, no
// referrer, no word about the program or the language, over TLS only (an http:
// address is asked for as https:), never from this computer or the person's own
// network, through the person's proxy. And it promises bounds: on size, time,
// redirects, and on what is fetched at once. What failed is not asked for again.
package fetch
