package app

import "net/http"

// answersHead lets a handler that knows GET answer HEAD too: the server leaves the
// body of such an answer out. Source: RFC 9110 section 9.1.
func answersHead(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			r = r.WithContext(r.Context()) // a copy
			r.Method = http.MethodGet
		}
		next.ServeHTTP(w, r)
	})
}
