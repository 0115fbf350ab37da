package app

import (
	"fmt"
	"testing"
	"time"

	"liksom/generator"
	"liksom/sandbox"
	"liksom/sandbox/boltstore"
	"liksom/sandbox/population"
	"liksom/seeds"
)

func millionImage(b *testing.B, persons int) *population.Image {
	b.Helper()
	g, err := generator.New(generator.Config{Persons: persons, Seed: 1, Reference: sandbox.Date{Year: 2026, Month: 11, Day: 25}, Files: seeds.Files})
	if err != nil {
		b.Fatal(err)
	}
	image, err := makeImage(g, nil)
	if err != nil {
		b.Fatal(err)
	}
	return image
}

// BenchmarkImage makes a million persons.
func BenchmarkImage1000000(b *testing.B) {
	for b.Loop() {
		millionImage(b, 1_000_000)
	}
}

func openRegister(b *testing.B, image *population.Image, folder string) (*sandbox.Register, *boltstore.Store) {
	b.Helper()
	store, err := boltstore.Open(folder)
	if err != nil {
		b.Fatal(err)
	}
	r, err := sandbox.OpenRegister(image, sandbox.NewFrozenClock(time.Date(2026, 11, 25, 12, 0, 0, 0, sandbox.Oslo)), store)
	if err != nil {
		b.Fatal(err)
	}
	return r, store
}

func newEmail(id sandbox.PersonID, n int) sandbox.Edit {
	return sandbox.Edit{ID: id, Make: func(now sandbox.Record, _ sandbox.Instant) (sandbox.Person, error) {
		p := now.Person()
		p.Status, p.Email.Value = sandbox.Active, fmt.Sprintf("ny%d@example.com", n)
		return p, nil
	}}
}

// BenchmarkChange makes one durable change, takes ten of them back, and opens a
// folder with ten thousand, all over a million persons.
func BenchmarkChange(b *testing.B) {
	image := millionImage(b, 1_000_000)
	b.Run("edit", func(b *testing.B) {
		r, store := openRegister(b, image, b.TempDir())
		for n := 0; b.Loop(); n++ {
			if err := r.Change(newEmail(image.At(n*7919%image.Len()).ID(), n)); err != nil {
				b.Fatal(err)
			}
		}
		closeStore(b, store)
	})
	for _, changed := range []int{10, 10_000} {
		b.Run(fmt.Sprint("reset of ", changed), func(b *testing.B) {
			r, store := openRegister(b, image, b.TempDir())
			var took time.Duration
			rounds := 0
			for b.Loop() {
				change(b, r, image, changed)
				begun := time.Now()
				if err := r.Reset(); err != nil {
					b.Fatal(err)
				}
				took += time.Since(begun)
				rounds++
			}
			b.ReportMetric(float64(took.Microseconds())/float64(rounds), "µs/reset")
			closeStore(b, store)
		})
	}
	b.Run("open with 10000", func(b *testing.B) {
		folder := b.TempDir()
		r, store := openRegister(b, image, folder)
		change(b, r, image, 10_000)
		closeStore(b, store)
		for b.Loop() {
			_, store := openRegister(b, image, folder)
			closeStore(b, store)
		}
	})
}

func change(b *testing.B, r *sandbox.Register, image *population.Image, n int) {
	b.Helper()
	edits := make([]sandbox.Edit, n)
	for i := range edits {
		edits[i] = newEmail(image.At(i*97%image.Len()).ID(), i)
	}
	if err := r.Change(edits...); err != nil {
		b.Fatal(err)
	}
}

func closeStore(b *testing.B, store *boltstore.Store) {
	b.Helper()
	if err := store.Close(); err != nil {
		b.Fatal(err)
	}
}
