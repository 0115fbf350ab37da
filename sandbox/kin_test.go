package sandbox

import (
	"slices"
	"testing"
)

func TestKin_gives_back_what_was_packed(t *testing.T) {
	t.Parallel()
	a, _ := MakePersonID(Date{1980, 5, 1}, 0, false, SeriesTenor)
	b, _ := MakePersonID(Date{1999, 12, 31}, 999, true, SeriesTenor)
	want := []Relative{{Partner, a}, {Child, b}, {Ward, a}}
	kin := MakeKin(want...)
	if got := slices.Collect(kin.All()); !slices.Equal(got, want) || kin.Len() != 3 {
		t.Errorf("got %v, want %v", got, want)
	}
	if MakeKin() != "" || !kin.good() || Kin("\x07\x00\x00\x00\x00\x00").good() || Kin("\x00").good() {
		t.Error("what is no kin passes for it")
	}
}
