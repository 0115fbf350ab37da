package population

import (
	"errors"
	"sync"

	"liksom/sandbox"
)

// Build makes an image of n persons with several workers at once. Each worker
// gets a maker of its own, which is asked for the persons of one run of indices
// and told nothing of the others; done, if not nil, is told now and then how
// many more are ready, and must be safe for use by many at once.
func Build(n, workers int, maker func() func(i int) sandbox.Person, done func(more int)) (*Image, error) {
	workers = max(1, min(workers, n))
	parts := make([]Part, workers)
	faults := make([]error, workers)
	var wg sync.WaitGroup
	for k := range workers {
		wg.Go(func() {
			faults[k] = parts[k].fill(n*k/workers, n*(k+1)/workers, maker(), done)
		})
	}
	wg.Wait()
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	return Join(parts...)
}

func (p *Part) fill(from, to int, person func(int) sandbox.Person, done func(int)) error {
	const step = 1000
	p.Grow(to - from)
	for i := from; i < to; i++ {
		if err := p.Add(person(i)); err != nil {
			return err
		}
		if ready := i - from + 1; done != nil && (ready%step == 0 || i == to-1) {
			done((ready-1)%step + 1)
		}
	}
	return nil
}
