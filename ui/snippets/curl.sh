# By the side door: the sandbox makes the token, nothing is signed.
TOKEN=$(curl -s -H 'Accept: text/plain' --json '{"client_id":"{{.Client}}","scope":"{{.Scope}}"}' {{.Base}}/sandbox/v1/tokens)
{{- if .Person}}
curl -s -H "Authorization: Bearer $TOKEN" --json '{"personidentifikatorer":["{{.Person}}"]}' {{.Base}}/rest/v2/personer
{{- else}}
echo "$TOKEN"
{{- end}}
