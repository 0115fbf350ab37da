# Reads `go test -json`, prints a line for each package and the output of the tests
# that failed or were skipped, and writes "passed failed skipped" to the file in
# the variable counts. Subtests count, as they do in Go's own tools.

# field gives a string field as it is written, without its quotes. Quotes inside
# other values are escaped, so nothing in them can look like a field.
function field(name) {
	if (!match($0, "\"" name "\":\"([^\"\\\\]|\\\\.)*\"")) return ""
	return substr($0, RSTART + length(name) + 4, RLENGTH - length(name) - 5)
}

function plain(s) {
	gsub(/\\\\/, "\001", s)
	gsub(/\\n/, "\n", s)
	gsub(/\\t/, "\t", s)
	gsub(/\\r/, "", s)
	gsub(/\\"/, "\"", s)
	gsub(/\\u003c/, "<", s)
	gsub(/\\u003e/, ">", s)
	gsub(/\\u0026/, "\\&", s)
	gsub(/\001/, "\\", s)
	return s
}

!/^\{/ { print; next }

{
	action = field("Action"); package = field("Package"); test = field("Test")
	key = package SUBSEP test
}

action == "build-output" { printf "%s", plain(field("Output")); next }

action == "output" {
	line = plain(field("Output"))
	if (line !~ /^=== (RUN|PAUSE|CONT|NAME)/) text[key] = text[key] line
	next
}

action != "pass" && action != "fail" && action != "skip" { next }

test != "" {
	n[action]++
	if (action == "fail") blamed[package] = 1
	if (action != "pass") printf "%s", text[key]
	delete text[key]
	next
}

# What follows is about a whole package; "skip" means that it has no tests.
action == "fail" {
	if (!(package in blamed)) n["fail"]++ # did not compile, or broke outside of a test
	for (k in text) if (index(k, package SUBSEP) == 1) printf "%s", text[k] # also of a test that never ended
}
action == "pass" { match($0, /"Elapsed":[0-9.]+/); printf "ok   %s %ss\n", package, substr($0, RSTART + 10, RLENGTH - 10) }
{ delete text[key] }

END { print n["pass"] + 0, n["fail"] + 0, n["skip"] + 0 >counts }
