package journal

import (
	"io"
	"net/http"
)

// recorder notices status and size of an answer, and keeps the beginning of one
// that refuses; others are never copied. http.ResponseController finds the rest
// of the writer through Unwrap.
type recorder struct {
	http.ResponseWriter
	status  int
	bytes   int64
	refusal []byte
}

func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func (r *recorder) WriteHeader(status int) {
	informational := status < http.StatusOK && status != http.StatusSwitchingProtocols
	if r.status == 0 && !informational {
		r.status = status
	}
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(b []byte) (int, error) {
	r.status = r.answered()
	if r.refuses() {
		// A little more than is shown, so that a number at the edge is masked whole.
		const margin = 64
		r.refusal = append(r.refusal, b[:min(len(b), longestAnswer+margin-len(r.refusal))]...)
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += int64(n)
	return n, err
}

// ReadFrom keeps the way by which the server sends files without copying them.
func (r *recorder) ReadFrom(src io.Reader) (int64, error) {
	r.status = r.answered()
	if r.refuses() {
		return io.Copy(struct{ io.Writer }{r}, src)
	}
	n, err := io.Copy(r.ResponseWriter, src)
	r.bytes += n
	return n, err
}

func (r *recorder) refuses() bool { return r.status >= http.StatusBadRequest }

func (r *recorder) answered() int {
	if r.status == 0 {
		return http.StatusOK
	}
	return r.status
}
