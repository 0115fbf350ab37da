// Package boltstore keeps the register's changes in one bbolt file. It keeps
// [sandbox.Store].
package boltstore

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"syscall"
	"time"

	"go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"liksom/sandbox"
)

// The buckets. Numbers are keys of eight bytes, big-endian, so that they come in order.
var (
	bucketChanges = []byte("changes") // number -> change
	bucketResets  = []byte("resets")  // first number -> the persons' numbers
	bucketState   = []byte("state")   // name -> small value
)

// patience is how long a second process waits before it is told that there is a
// first.
const patience = 2 * time.Second

// FileName is the name of the file in the data folder.
const FileName = "liksom.db"

// Store is an open file. One process can have it open.
type Store struct{ db *bbolt.DB }

var _ sandbox.Store = (*Store)(nil)

// Open opens the file in a data folder, and makes both when they are not there.
// Its errors say what is in the way and what to do.
func Open(folder string) (*Store, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, fmt.Errorf("the data folder %s cannot be made: %w", folder, err)
	}
	file := filepath.Join(folder, FileName)
	db, err := openWhole(file)
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return nil, fmt.Errorf("another process has the data folder %s open; stop it or choose another folder with --data", folder)
	case errors.Is(err, os.ErrPermission), errors.Is(err, syscall.EROFS):
		return nil, fmt.Errorf("the data folder %s cannot be written to; change its rights or choose another with --data", folder)
	case errors.Is(err, berrors.ErrInvalid), errors.Is(err, berrors.ErrVersionMismatch), errors.Is(err, berrors.ErrChecksum):
		return nil, fmt.Errorf("%s is not a file of this program; choose another folder with --data", file)
	case errors.Is(err, errCutShort):
		return nil, fmt.Errorf("%s is cut short or damaged; bring it back from a copy, or choose another folder with --data", file)
	case err != nil:
		return nil, fmt.Errorf("opening %s: %w", file, err)
	}
	err = db.Update(func(tx *bbolt.Tx) error {
		for _, name := range [][]byte{bucketChanges, bucketResets, bucketState} {
			if _, err := tx.CreateBucketIfNotExists(name); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("preparing %s: %w", file, err), db.Close())
	}
	return &Store{db}, nil
}

// errCutShort is a file that ends before its last page.
var errCutShort = errors.New("the file is cut short")

// openWhole opens a file and makes sure that all of it is there: bbolt reads
// through a memory map, where a page behind the end of the file is a fault of
// the whole program, and writing would fill the gap with zeros.
func openWhole(file string) (db *bbolt.DB, err error) {
	var opened *os.File
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if recover() != nil { // bbolt panics on pages that make no sense, too
			db, err = nil, errors.Join(errCutShort, opened.Close())
		}
	}()
	db, err = bbolt.Open(file, 0o600, &bbolt.Options{Timeout: patience, OpenFile: func(name string, flag int, mode os.FileMode) (*os.File, error) {
		var err error
		opened, err = os.OpenFile(name, flag, mode)
		return opened, err
	}})
	if err != nil {
		if info, statErr := os.Stat(file); statErr == nil && info.Size() < int64(2*os.Getpagesize()) {
			err = errors.Join(err, errCutShort) // less than the two pages that every file begins with
		}
		return nil, err
	}
	var size int64
	err = db.View(func(tx *bbolt.Tx) error { size = tx.Size(); return nil })
	info, statErr := opened.Stat()
	if err = errors.Join(err, statErr); err == nil && info.Size() < size {
		err = errCutShort
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// Close lets go of the file.
func (s *Store) Close() error { return s.db.Close() }

func key(nr uint64) []byte { return binary.BigEndian.AppendUint64(nil, nr) }

// Load hands over the resets and then the changes, which are all later: a reset
// forgets those before it.
func (s *Store) Load(change func(sandbox.Change) error, reset func(sandbox.Reset) error) error {
	return s.db.View(func(tx *bbolt.Tx) error {
		err := tx.Bucket(bucketResets).ForEach(func(k, v []byte) error {
			r, err := decodeReset(k, v)
			if err != nil {
				return err
			}
			return reset(r)
		})
		if err != nil {
			return err
		}
		return tx.Bucket(bucketChanges).ForEach(func(k, v []byte) error {
			if len(k) != 8 {
				return fmt.Errorf("a number of %d bytes", len(k))
			}
			c, err := sandbox.DecodeChange(binary.BigEndian.Uint64(k), v)
			if err != nil {
				return err
			}
			return change(c)
		})
	})
}

// Commit keeps changes.
func (s *Store) Commit(changes []sandbox.Change) error {
	return s.db.Update(func(tx *bbolt.Tx) error {
		b := tx.Bucket(bucketChanges)
		b.FillPercent = 1 // keys only grow
		for _, c := range changes {
			if err := b.Put(key(c.Nr), sandbox.AppendChange(nil, c)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Reset forgets all changes and keeps the numbers that it gives. A number that a
// change had stays used: the list of a reset begins where they ended.
func (s *Store) Reset(r sandbox.Reset) error {
	return s.db.Update(func(tx *bbolt.Tx) error {
		resets := tx.Bucket(bucketResets)
		if err := keepNumbers(tx.Bucket(bucketChanges), resets); err != nil {
			return err
		}
		if err := tx.DeleteBucket(bucketChanges); err != nil {
			return err
		}
		if _, err := tx.CreateBucket(bucketChanges); err != nil {
			return err
		}
		if len(r.IDs) == 0 {
			return nil
		}
		return resets.Put(key(r.First), encodeReset(r.IDs))
	})
}
