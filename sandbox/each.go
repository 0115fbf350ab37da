package sandbox

// eachHeld is how many persons Each shows before it lets changes in; a million
// take some tenth of a second.
const eachHeld = 4096

// Each shows every person, in order of their numbers, until see returns false.
// All are judged by one moment, but a change may come in between.
func (r *Register) Each(see func(p Record, at Window) bool) {
	w, last := WindowAt(r.Now()), PersonID{}
	for more := true; more; {
		n := 0
		more = false
		r.walk(last, func(p Record) bool {
			if more = n == eachHeld; more {
				return false
			}
			n, last = n+1, p.ID()
			return see(p, w)
		})
	}
}
