package vm

// wanted reports whether the person wants the pictures of the sender shown at
// once.
func (c *Card) wanted() bool {
	if c.Body == nil || c.reader.Allowed == nil {
		return false
	}
	from := c.Body.Header.From
	return len(from) == 1 && c.reader.Allowed(from[0].Addr)
}

// allow lets pictures be fetched whose sender is allowed to, if it is certain that
// he is the sender: a name is easily forged, and pictures tell whoever has them.
func (c *Card) allow() {
	if c.wanted() && c.Body.Confirmed {
		c.Shown = true
	}
}

// doubt says why pictures that the person wants are not shown.
func (c *Card) doubt() {
	for i := range c.Notices {
		if n := &c.Notices[i]; n.Kind == NoticePictures && n.Unsure && c.wanted() {
			n.Text += " It is not certain that " + c.From.Addr + " sent this."
		}
	}
}
