package app

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"liksom/sandbox"
)

// refusal writes a status and one sentence in a surface's own error shape.
type refusal func(w http.ResponseWriter, r *http.Request, status int, sentence string)

func refuseOAuth(w http.ResponseWriter, _ *http.Request, status int, sentence string) {
	writeJSON(w, status, "application/json", map[string]string{"error": "invalid_request", "error_description": sentence})
}

func refuseKRR(w http.ResponseWriter, _ *http.Request, status int, sentence string) {
	type fault struct {
		Status string `json:"status"`
		Title  string `json:"title"`
		Detail string `json:"detail"`
	}
	writeJSON(w, status, "application/json", map[string][]fault{"errors": {{strconv.Itoa(status), http.StatusText(status), sentence}}})
}

func refuseProblem(w http.ResponseWriter, _ *http.Request, status int, sentence string) {
	writeJSON(w, status, "application/problem+json", map[string]any{"title": http.StatusText(status), "status": status, "detail": sentence})
}

func refusePlain(w http.ResponseWriter, _ *http.Request, status int, sentence string) {
	w.Header().Set("X-Content-Type-Options", "nosniff")
	http.Error(w, sentence, status)
}

func writeJSON(w http.ResponseWriter, status int, kind string, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		body = []byte("{}")
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n')) // the caller may be gone
}

// toPath serves every request as if it had asked for one path.
func toPath(path string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r2 := r.Clone(r.Context())
		r2.URL.Path, r2.URL.RawPath = path, ""
		next.ServeHTTP(w, r2)
	})
}

func says(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte(text)) // the caller may be gone
	}
}

// logged writes one line for each request, and turns a panic into a 500 that
// shows nothing of it. An answer that has begun is broken off, so that nobody
// takes its first half for the whole. Lines go to requests, or to log when that
// is nil.
func logged(log *slog.Logger, requests *requestLog, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		begun := time.Now()
		seen := &statusWriter{ResponseWriter: w}
		defer func() {
			p := recover()
			begunToAnswer := seen.status != 0
			if p != nil {
				log.ErrorContext(r.Context(), "panic", "path", sandbox.MaskIDs(r.URL.Path), "cause", p, "stack", string(debug.Stack()))
				if !begunToAnswer {
					http.Error(seen, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
				}
			}
			path, took := sandbox.MaskIDs(r.URL.Path), time.Since(begun)
			if requests == nil || !requests.add(begun.Add(took), r.Method, path, seen.status, took) {
				log.InfoContext(r.Context(), "request", "method", r.Method, "path", path, "status", seen.status, "took", took)
			}
			if p != nil && begunToAnswer {
				panic(http.ErrAbortHandler) // closes the connection; the server says nothing of it
			}
		}()
		next.ServeHTTP(seen, r)
	})
}

// statusWriter remembers the status.
type statusWriter struct {
	http.ResponseWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

func (w *statusWriter) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the writer below.
func (w *statusWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
