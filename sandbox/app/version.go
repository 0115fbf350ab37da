package app

import (
	"fmt"
	"runtime/debug"

	"liksom/generator"
)

// version is set by the linker; without it the build information speaks.
var version string

// Version names the build.
func Version() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

type versionCommand struct{}

// Run prints the version of the program and that of its data.
func (versionCommand) Run(s streams) error {
	_, err := fmt.Fprintf(s.out, "liksom %s, data version %d\n", Version(), generator.DataVersion)
	return err
}
