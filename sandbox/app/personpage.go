package app

import (
	"fmt"
	"io/fs"
	"strconv"
	"time"

	"liksom/generator"
	"liksom/sandbox"
)

// history tells how a person came to the state that the generator gave it.
func (s *Sandbox) history(id sandbox.PersonID) []generator.Event {
	i, ok := s.generate.Index(id)
	if !ok {
		return nil
	}
	return s.generate.Worker().History(i)
}

// municipalities are the names of kommunenr.
func municipalities(files fs.FS) (map[uint16]string, error) {
	counties, err := generator.ReadCounties(files)
	if err != nil {
		return nil, err
	}
	names := map[uint16]string{}
	for _, county := range counties {
		for _, m := range county.Municipalities {
			nr, err := strconv.ParseUint(m.Code, 10, 16)
			if err != nil {
				return nil, fmt.Errorf("the number of %s: %w", m.Name, err)
			}
			names[uint16(nr)] = m.Name
		}
	}
	return names, nil
}

// standStill stops the register's clock at a moment.
func (s *Sandbox) standStill(at time.Time) error { return s.clock.Set(at, true) }
