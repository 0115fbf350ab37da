package boltstore

import (
	"encoding/binary"
	"fmt"

	"go.etcd.io/bbolt"

	"liksom/sandbox"
)

// State gives what SetState kept under a name; nil when nothing.
func (s *Store) State(name string) ([]byte, error) {
	var out []byte
	err := s.db.View(func(tx *bbolt.Tx) error {
		if v := tx.Bucket(bucketState).Get([]byte(name)); v != nil {
			out = append([]byte{}, v...)
		}
		return nil
	})
	return out, err
}

// SetState keeps a small value under a name; nil forgets it.
func (s *Store) SetState(name string, value []byte) error {
	return s.db.Update(func(tx *bbolt.Tx) error {
		if value == nil {
			return tx.Bucket(bucketState).Delete([]byte(name))
		}
		return tx.Bucket(bucketState).Put([]byte(name), value)
	})
}

// resetFormat is the first byte of a stored list of persons' numbers.
const resetFormat = 1

func encodeReset(ids []sandbox.PersonID) []byte {
	b := append(make([]byte, 0, 1+8*len(ids)), resetFormat)
	for _, id := range ids {
		b = binary.BigEndian.AppendUint64(b, id.Uint64())
	}
	return b
}

func decodeReset(k, v []byte) (sandbox.Reset, error) {
	if len(k) != 8 || len(v) < 1 || v[0] != resetFormat || len(v)%8 != 1 {
		return sandbox.Reset{}, fmt.Errorf("a stored reset is broken")
	}
	r := sandbox.Reset{First: binary.BigEndian.Uint64(k)}
	for v = v[1:]; len(v) > 0; v = v[8:] {
		r.IDs = append(r.IDs, sandbox.PersonIDOf(binary.BigEndian.Uint64(v)))
	}
	return r, nil
}

// keepNumbers turns the changes that a reset forgets into a list of whose they
// were, since their numbers stay used.
func keepNumbers(changes, resets *bbolt.Bucket) error {
	var ids []sandbox.PersonID
	var first []byte
	err := changes.ForEach(func(k, v []byte) error {
		if first == nil {
			first = append([]byte{}, k...)
		}
		c, err := sandbox.DecodeChange(binary.BigEndian.Uint64(k), v)
		ids = append(ids, c.Person.ID)
		return err
	})
	if err != nil || first == nil {
		return err
	}
	return resets.Put(first, encodeReset(ids))
}
