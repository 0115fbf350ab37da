// Package sandbox is the Contact and Reservation Register (Kontakt- og
// reservasjonsregisteret, KRR) as such: persons, their identity numbers, the
// rules that decide what may be told of them, the register's clock, and the
// contract that a population must keep. It imports nothing but the standard
// library and knows neither HTTP nor storage.
//
// Data flows one way: a [Person] is made (by a generator, later by an edit),
// packed into a [Row], and read back as a [Record], a flat view. Whatever
// depends on the clock is computed from a [Window] at the moment of the
// question and never stored.
package sandbox
