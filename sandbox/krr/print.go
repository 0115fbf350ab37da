package krr

import (
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http"
)

// The suppliers who print letters, by version. Sources: eFormidling's documents
// for Skatteetaten, who took over; a public client for Posten.
const (
	printSupplierV1 = "984661185"
	printSupplierV2 = "974761076"
)

// newPrintAnswers makes the two answers that there are. Version 1 tells the
// certificate as base64 on one line, version 2 as PEM (observed).
func newPrintAnswers(certificate func(org string) string) (v1, v2 []byte, err error) {
	text := certificate(printSupplierV1)
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return nil, nil, fmt.Errorf("krr: the certificate of print supplier %s is not PEM", printSupplierV1)
	}
	if v1, err = json.Marshal(PrintCertificate{printSupplierV1, base64.StdEncoding.EncodeToString(block.Bytes)}); err != nil {
		return nil, nil, err
	}
	v2, err = json.Marshal(PrintCertificate{printSupplierV2, certificate(printSupplierV2)})
	return v1, v2, err
}

// printCertificate is GET printSertifikat. It asks for no token (observed).
func printCertificate(answer []byte) answerer {
	return func(r *http.Request, s *scratch, _ *Verdict) *refusal {
		if f := s.checkAccept(r.Header, false); f != nil {
			return f
		}
		s.out = append(s.out, answer...)
		return nil
	}
}
