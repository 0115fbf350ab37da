// Package app puts the sandbox together: configuration, wiring, start and stop,
// and the commands of the program. It is the only package that knows all others
// and the only one that reads the computer's clock.
package app
