package app

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"

	"liksom/generator"
	"liksom/sandbox"
	"liksom/sandbox/admin"
	"liksom/sandbox/krr"
	"liksom/sandbox/population"
)

// source is what a format is made for: persons of a population, as of a moment.
type source struct {
	generator generator.Config
	image     *population.Image
	persons   records
	at        time.Time
}

// formats are the values of --format.
var formats = map[string]func(source) (format, error){
	"jsonl": jsonLines, "json": jsonArray, "csv": csvTable, "krr": krrLines, "tenor": tenorDocuments,
}

func jsonLines(s source) (format, error) {
	w := sandbox.WindowAt(s.at)
	return format{person: func(b []byte, r sandbox.Record) ([]byte, error) {
		text, err := json.Marshal(admin.NewPerson(r, w))
		return append(append(b, text...), '\n'), err
	}}, nil
}

func jsonArray(s source) (format, error) {
	w := sandbox.WindowAt(s.at)
	return format{head: "[\n", between: ",\n", tail: "\n]\n", person: func(b []byte, r sandbox.Record) ([]byte, error) {
		text, err := json.Marshal(admin.NewPerson(r, w))
		return append(b, text...), err
	}}, nil
}

func krrLines(s source) (format, error) {
	issuer, err := newAuthority(s.generator.Files, false, func() time.Time { return s.at })
	if err != nil {
		return format{}, err
	}
	certs, err := newCertificates(s.generator, issuer)
	if err != nil {
		return format{}, err
	}
	keys, err := readKRRKeys(s.generator)
	if err != nil {
		return format{}, err
	}
	api, err := krr.New(krr.Config{
		Register: sandbox.NewRegister(s.image, sandbox.NewFrozenClock(s.at)), Certificate: certs.get,
		PrintCertificate: keys.printCertificate, SigningKey: keys.signing, SigningCert: keys.certificate,
		Verify: func(context.Context, string) (krr.Grant, error) {
			return krr.Grant{}, errors.New("no token is good here")
		},
	})
	if err != nil {
		return format{}, err
	}
	w := sandbox.WindowAt(s.at)
	return format{person: func(b []byte, r sandbox.Record) ([]byte, error) {
		return append(api.AppendPerson(b, r, w, sandbox.ScopeContact|sandbox.ScopeMailbox), '\n'), nil
	}}, nil
}

// csvTable writes a line for each person and a column for each member of the
// JSON object, however deep, under the member's own name; relatives are one
// column, as "barn:05840399895 far:…". What a person lacks is empty.
// Source: RFC 4180, one header.
func csvTable(s source) (format, error) {
	columns := columnsOf(reflect.TypeFor[admin.Person](), nil)
	names := make([]string, len(columns))
	for i, c := range columns {
		names[i] = c.name
	}
	var line bytes.Buffer
	out := csv.NewWriter(&line)
	out.UseCRLF = true
	encode := func(cells []string) error {
		line.Reset()
		err := out.Write(cells)
		out.Flush()
		return errors.Join(err, out.Error())
	}
	if err := encode(names); err != nil {
		return format{}, err
	}
	w, cells := sandbox.WindowAt(s.at), make([]string, len(columns))
	return format{head: line.String(), person: func(b []byte, r sandbox.Record) ([]byte, error) {
		p := reflect.ValueOf(admin.NewPerson(r, w))
		for i, c := range columns {
			cells[i] = c.cell(p)
		}
		err := encode(cells)
		return append(b, line.Bytes()...), err
	}}, nil
}

// column is a member of the JSON object.
type column struct {
	name string
	path []int // fields from the person down
}

func columnsOf(t reflect.Type, path []int) []column {
	var out []column
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		at := append(append([]int{}, path...), i)
		if f.Type.Kind() == reflect.Pointer {
			out = append(out, columnsOf(f.Type.Elem(), at)...)
			continue
		}
		out = append(out, column{name, at})
	}
	return out
}

func (c column) cell(person reflect.Value) string {
	v := person
	for _, i := range c.path {
		if v.Kind() == reflect.Pointer {
			if v.IsNil() {
				return ""
			}
			v = v.Elem()
		}
		v = v.Field(i)
	}
	if relatives, ok := v.Interface().([]admin.Relasjon); ok {
		words := make([]string, len(relatives))
		for i, r := range relatives {
			words[i] = r.Relasjon + ":" + r.Personidentifikator
		}
		return strings.Join(words, " ")
	}
	return fmt.Sprint(v.Interface())
}
