package generator

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"reflect"
	"strings"
)

// Profile says how many persons are to be in which state. Every quantity carries
// its source. Shares are whole millionths, which come out the same on every
// processor.
type Profile struct {
	Name  string `json:"name"`
	About string `json:"about"`

	Ages             Ages  `json:"ages"`
	Women            ByAge `json:"women"`
	DNumber          Share `json:"d_number"`
	Issued2032       Share `json:"issued_2032"`
	Dead             Share `json:"dead"`
	Emigrated        Share `json:"emigrated"`
	EmigratedDNumber Share `json:"emigrated_d_number"`

	NotRegistered          ByAge   `json:"not_registered"`
	Deleted                Share   `json:"deleted"`
	Returned               Share   `json:"returned"`
	Reserved               ByAge   `json:"reserved"`
	ReservedWithoutContact Share   `json:"reserved_without_contact"`
	ReservationLifted      Share   `json:"reservation_lifted"`
	Contact                Weights `json:"contact"`

	BothStale      ByAge     `json:"both_stale"`
	EmailStale     Share     `json:"email_stale"`
	MobileStale    Share     `json:"mobile_stale"`
	Expiring       Share     `json:"expiring"`
	NeverConfirmed Share     `json:"never_confirmed"`
	NeverValidated ByAge     `json:"never_validated"`
	EmailChanged   Share     `json:"email_changed"`
	MobileChanged  Share     `json:"mobile_changed"`
	FreshDays      Quantiles `json:"fresh_days"`
	StaleDays      Quantiles `json:"stale_days"`
	Growth         Growth    `json:"growth"`

	ForeignMobile        Share `json:"foreign_mobile"`
	ForeignMobileDNumber Share `json:"foreign_mobile_d_number"`

	MailboxByCounty Places  `json:"mailbox_by_county"`
	ReservedMailbox Share   `json:"reserved_mailbox"`
	Provider        Weights `json:"provider"`
	InactiveMailbox Share   `json:"inactive_mailbox"`
	Certificate     Weights `json:"certificate"`

	Language           Weights `json:"language"`
	LanguageDNumber    Weights `json:"language_d_number"`
	NynorskByCounty    Places  `json:"nynorsk_by_county"`
	SamiByMunicipality Places  `json:"sami_by_municipality"`
	LanguageByAgency   Share   `json:"language_by_agency"`
	LanguageAtEntry    Share   `json:"language_at_entry"`

	SeeksPartner   ByAge `json:"seeks_partner"`
	SameSexPartner Share `json:"same_sex_partner"`
	KnownParents   Share `json:"known_parents"`
	LivesAtHome    ByAge `json:"lives_at_home"`
	CoupleEmail    Share `json:"couple_email"`
	CoupleMobile   Share `json:"couple_mobile"`
	MinorEmail     Share `json:"minor_email"`
	MinorMobile    Share `json:"minor_mobile"`
	Ward           ByAge `json:"ward"`
	WardEmail      Share `json:"ward_email"`
	WardMobile     Share `json:"ward_mobile"`

	text string // compact JSON
}

// Origin tells where a quantity is from.
type Origin struct {
	Of     string `json:"of"`     // of whom it is a share, or what it measures
	Kind   string `json:"kind"`   // counted: published figures; estimated: nobody has published any; chosen: for the profile's purpose
	Source string `json:"source"` // where the figures stand, or what speaks for the estimate
}

// Share is one share.
type Share struct {
	Origin
	PPM int `json:"ppm"`
}

// ByAge is a share that differs by age; each step holds up to its age, the last
// one for the older too.
type ByAge struct {
	Origin
	Steps []Step `json:"steps"`
}

// Step is the share up to and with an age in years.
type Step struct {
	To  int `json:"to"`
	PPM int `json:"ppm"`
}

// Weights are the shares of the values of a code list, together a million.
type Weights struct {
	Origin
	PPM map[string]int `json:"ppm"`
}

// Places are shares, or factors, by fylkesnr or kommunenr; "others" is for the rest.
type Places struct {
	Origin
	PPM map[string]int `json:"ppm"`
}

// Ages is the age structure with the share that has a digital mailbox.
type Ages struct {
	Origin
	Bands []Band `json:"bands"`
	Tail  []int  `json:"tail"` // weights of the single years of the last band; even in the others
}

// Band is an age group, both ends included.
type Band struct {
	From       int `json:"from"`
	To         int `json:"to"`
	Residents  int `json:"residents"`
	MailboxPPM int `json:"mailbox_ppm"`
}

// Quantiles give an age in days by its rank; between the points it is even.
type Quantiles struct {
	Origin
	Points []Quantile `json:"points"`
}

// Quantile is the age below which so many in a thousand are.
type Quantile struct {
	Permille int `json:"permille"`
	Days     int `json:"days"`
}

// Growth is how many the register held on some days; it goes on as between the
// last two.
type Growth struct {
	Origin
	Counts []Count `json:"counts"`
}

// Count is the number of persons on a day.
type Count struct {
	Day     string `json:"day"`
	Persons int    `json:"persons"`
}

// BuiltInProfiles are the names of the profiles that come with the program.
var BuiltInProfiles = []string{"realistic", "qa-rich"}

// BuiltInProfile reads one of the profiles in the seeds.
func BuiltInProfile(files fs.FS, name string) (*Profile, error) {
	file := "profiles/" + name + ".json"
	b, err := fs.ReadFile(files, file)
	if err != nil {
		return nil, fmt.Errorf("reading a profile: %w", err)
	}
	p, err := ReadProfile(b)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return p, nil
}

// ReadProfile reads a profile, strictly, and reports all faults together.
func ReadProfile(b []byte) (*Profile, error) {
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	p := &Profile{}
	if err := dec.Decode(p); err != nil {
		return nil, fmt.Errorf("the profile cannot be read: %w", err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("the profile cannot be read: something follows its closing brace")
	}
	if err := p.check(); err != nil {
		return nil, err
	}
	var text bytes.Buffer
	if err := json.Compact(&text, b); err != nil {
		return nil, fmt.Errorf("the profile cannot be read: %w", err)
	}
	p.text = text.String()
	return p, nil
}

// Text is the profile as JSON without spaces, which [ReadProfile] reads.
func (p *Profile) Text() string { return p.text }

// Hash tells profiles apart by what they say.
func (p *Profile) Hash() string {
	sum := sha256.Sum256([]byte(p.text))
	return hex.EncodeToString(sum[:])
}

// quantity is a field of a profile.
type quantity interface {
	origin() Origin
	faults() []string
}

// Quantities calls visit with each quantity and its name in the file, in the
// order of the fields: a [Share], [ByAge], [Weights], [Places], [Ages],
// [Quantiles] or [Growth].
func (p *Profile) Quantities(visit func(name string, q any)) {
	v := reflect.ValueOf(p).Elem()
	for i := range v.NumField() {
		if v.Field(i).CanInterface() {
			if _, ok := v.Field(i).Interface().(quantity); ok {
				visit(v.Type().Field(i).Tag.Get("json"), v.Field(i).Interface())
			}
		}
	}
}

func (p *Profile) check() error {
	var faults []error
	if strings.TrimSpace(p.Name) == "" {
		faults = append(faults, errors.New("name is missing"))
	}
	p.Quantities(func(name string, q any) {
		if q.(quantity).origin() == (Origin{}) {
			faults = append(faults, fmt.Errorf("%s is missing", name))
			return
		}
		for _, f := range append(q.(quantity).origin().faults(), q.(quantity).faults()...) {
			faults = append(faults, fmt.Errorf("%s: %s", name, f))
		}
	})
	if len(faults) == 0 {
		faults = p.together()
	}
	return errors.Join(faults...)
}
