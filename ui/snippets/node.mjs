// npm install openid-client jose
import { randomUUID } from 'node:crypto'
import { importJWK, SignJWT } from 'jose'
import * as openid from 'openid-client'

const base = '{{.Base}}'
const issuer = `${base}/maskinporten/`
const key = await (await fetch(`${base}/sandbox/v1/clients/{{.Client}}/key`)).json()
const assertion = await new SignJWT({ scope: '{{.Scope}}', jti: randomUUID() })
  .setProtectedHeader({ alg: 'RS256', kid: key.kid })
  .setIssuer('{{.Client}}').setAudience(issuer).setIssuedAt().setExpirationTime('2m')
  .sign(await importJWK(key, 'RS256'))

const config = await openid.discovery(new URL(issuer), '{{.Client}}', undefined, openid.None(), {
  algorithm: 'oauth2',
  execute: [openid.allowInsecureRequests], // plain HTTP, on this machine only
})
const token = await openid.genericGrantRequest(config, 'urn:ietf:params:oauth:grant-type:jwt-bearer', { assertion })
{{- if .Person}}
const answer = await fetch(`${base}/rest/v2/personer`, {
  method: 'POST',
  headers: { authorization: `Bearer ${token.access_token}`, 'content-type': 'application/json' },
  body: JSON.stringify({ personidentifikatorer: ['{{.Person}}'] }),
})
console.log(await answer.text())
{{- else}}
console.log(token.access_token)
{{- end}}
