# pip install authlib requests
import requests
from authlib.integrations.requests_client import AssertionSession

base = "{{.Base}}"
key = requests.get(f"{base}/sandbox/v1/clients/{{.Client}}/key").json()
session = AssertionSession(
    token_endpoint=f"{base}/maskinporten/token",
    issuer="{{.Client}}",
    subject=None,
    audience=f"{base}/maskinporten/",
    claims={"scope": "{{.Scope}}"},
    key=key,
    header={"alg": "RS256", "kid": key["kid"]},
    expires_in=120,
)
{{- if .Person}}
answer = session.post(f"{base}/rest/v2/personer", json={"personidentifikatorer": ["{{.Person}}"]})
print(answer.text)
{{- else}}
print(session.refresh_token()["access_token"])
{{- end}}
