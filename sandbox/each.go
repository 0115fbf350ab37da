package sandbox

// Each shows every person, in order of their numbers, until see returns false.
// All are of one instant, whose time is given with each; changes wait until it
// is done, some 20 ms for a million persons.
func (r *Register) Each(see func(p Record, at Window) bool) {
	var w Window
	r.walk(PersonID{}, func(p Record) bool {
		if w == (Window{}) {
			w = WindowAt(r.Now()) // here no change can come between
		}
		return see(p, w)
	})
}
