// A client that asks for signed answers, as eFormidling does: it takes the key from
// the certificate in the answer, verifies, and reads what it would have read plain.
import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { after, before, test } from 'node:test'

import { compactVerify, decodeProtectedHeader, importX509 } from 'jose'

import { startSandbox } from './server.mjs'

const persons = ['05840399895', '17912099997', '52905200100', '21883649874']

let sandbox, token
before(async () => {
  sandbox = await startSandbox('--clock', '2026-11-25')
  const answer = await fetch(`${sandbox.base}/sandbox/v1/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/plain' },
    body: JSON.stringify({ client_id: 'demo', scope: 'krr:global/kontaktinformasjon.read krr:global/digitalpost.read' }),
  })
  token = (await answer.text()).trim()
})
after(() => sandbox?.stop())

const lookup = (version, accept, personidentifikatorer = persons) =>
  fetch(`${sandbox.base}/rest/v${version}/personer`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept },
    body: JSON.stringify({ personidentifikatorer }),
  })

// The certificate in the answer, as PEM.
function certificateOf(jws) {
  const { alg, x5c } = decodeProtectedHeader(jws)
  assert.equal(alg, 'RS256')
  assert.equal(x5c.length, 1)
  return new X509Certificate(Buffer.from(x5c[0], 'base64')).toString()
}

for (const version of [1, 2]) {
  test(`a signed answer of version ${version} verifies and holds the plain one`, async () => {
    const signed = await lookup(version, 'application/jose')
    assert.equal(signed.status, 200)
    assert.match(signed.headers.get('content-type'), /^application\/jose\b/)
    const jws = await signed.text()

    const certificate = certificateOf(jws)
    assert.ok(new Date(new X509Certificate(certificate).validTo) > new Date())
    const { payload } = await compactVerify(jws, await importX509(certificate, 'RS256'), { algorithms: ['RS256'] })
    const plain = await lookup(version, 'application/json')
    assert.match(plain.headers.get('content-type'), /^application\/json\b/)
    assert.equal(new TextDecoder().decode(payload), await plain.text())
  })
}

test('a signed answer that was tampered with does not verify', async () => {
  const [header, payload, signature] = (await (await lookup(1, 'application/jose')).text()).split('.')
  const key = await importX509(certificateOf(`${header}.${payload}.${signature}`), 'RS256')
  const other = Buffer.from(Buffer.from(payload, 'base64url').toString().replace('KAN_VARSLES', 'KAN_VARSLET')).toString('base64url')
  await assert.rejects(compactVerify(`${header}.${other}.${signature}`, key), { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' })
})

test('a refusal is plain JSON, also for who wants signed answers', async () => {
  const refused = await lookup(1, 'application/jose', ['123'])
  assert.equal(refused.status, 400)
  assert.match(refused.headers.get('content-type'), /^application\/json\b/)
  assert.equal((await refused.json()).errors[0].status, '400')
})

test('whoever takes both gets JSON', async () => {
  const answer = await lookup(2, 'application/json, application/jose')
  assert.match(answer.headers.get('content-type'), /^application\/json\b/)
  await answer.json()
})
