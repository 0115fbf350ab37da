// @vtfk/maskinporten-auth, unchanged but for addresses and certificate: the client of
// those who have an enterprise certificate and no registered key.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import getToken from '@vtfk/maskinporten-auth'
import { decodeJwt } from 'jose'

import { startSandbox } from './server.mjs'

const person = '05840399895'

let sandbox
before(async () => {
  sandbox = await startSandbox()
})
after(() => sandbox?.stop())

const post = (path, body, headers = {}) =>
  fetch(sandbox.base + path, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })

// settings has the certificate of an organisation as the client wants it: PEM in base64.
async function settings(orgno, changes = {}) {
  const answer = await post('/sandbox/v1/certificates', { orgno })
  assert.equal(answer.status, 200)
  const blocks = (await answer.text()).match(/-----BEGIN [\s\S]*?-----END [A-Z ]+-----\n/g)
  const base64 = (text) => Buffer.from(text).toString('base64')
  return {
    url: `${sandbox.base}/maskinporten/token`,
    audience: `${sandbox.base}/maskinporten/`,
    issuer: 'demo-virksomhet',
    scope: 'krr:global/kontaktinformasjon.read',
    pemcert: base64(blocks[0]),
    pemprivateKey: base64(blocks.at(-1)),
    ...changes,
  }
}

// refusedWith checks the answer that the client hands on.
const refusedWith = (code, text) => (err) => {
  assert.equal(err.response.status, 400)
  assert.match(err.response.data.error_description, text)
  assert.match(err.response.data.error_uri, new RegExp(`errors/${code}$`))
  return true
}

test('gets a token that the register accepts', async () => {
  const token = await getToken(await settings('310000019'))
  assert.equal(token.expires_in, 119)
  const claims = decodeJwt(token.access_token)
  assert.equal(claims.client_amr, 'virksomhetssertifikat')
  assert.equal(claims.consumer.ID, '0192:310000019')

  const answer = await post('/rest/v2/personer', { personidentifikatorer: [person] }, { authorization: `Bearer ${token.access_token}` })
  assert.equal(answer.status, 200)
  const { personer } = await answer.json()
  assert.equal(personer[0].varslingsstatus, 'KAN_VARSLES')
})

test('is refused with the certificate of another organisation', async () =>
  assert.rejects(getToken(await settings('310000027')), refusedWith('MP-122', /Does not match certificate orgno/)))

test('is refused where the client has registered a key', async () =>
  assert.rejects(
    getToken(await settings('310000019', { issuer: 'demo' })),
    (err) => /requires pre-registered jwk/.test(err.response.data.error_description),
  ))
