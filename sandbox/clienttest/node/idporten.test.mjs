// openid-client and oauth4webapi, unchanged but for the issuer, log a citizen in at the
// sandbox's ID-porten and ask KRR for what the citizen lets the service know. The
// browser's part is one request, thanks to login_hint.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'

import { createLocalJWKSet, createRemoteJWKSet, compactVerify, importJWK, importX509 } from 'jose'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'

import { startSandbox } from './server.mjs'

const person = '05840399895'
const clientID = 'demo-innbygger'
const scope = 'openid profile krr:user/kontaktinformasjon.read krr:user/digitalpost.read krr:user/spraak.write'

let sandbox, issuer, redirect, config
before(async () => {
  sandbox = await startSandbox()
  issuer = `${sandbox.base}/idporten`
  const { clients } = await (await fetch(`${sandbox.base}/sandbox/v1/clients`)).json()
  redirect = clients.find(({ client_id: id }) => id === clientID).redirect_uris[0]
  const key = await (await fetch(`${sandbox.base}/sandbox/v1/clients/${clientID}/key`)).json()
  const authentication = openid.PrivateKeyJwt({ key: await importJWK(key, 'RS256'), kid: key.kid })
  config = await openid.discovery(new URL(issuer), clientID, undefined, authentication, { execute: [openid.allowInsecureRequests] })
})
after(() => sandbox?.stop())

// hop takes the place of the browser: it goes to ID-porten and does not follow.
async function hop(url) {
  const answer = await fetch(url, { redirect: 'manual' })
  assert.equal(answer.status, 302)
  return new URL(answer.headers.get('location'))
}

// login goes there and back, and gives the tokens with what was asked.
async function login({ par = false, wanted = scope, level = 'high', config: as = config, redirect: to = redirect } = {}) {
  const pkceCodeVerifier = openid.randomPKCECodeVerifier()
  const expectedState = openid.randomState(), expectedNonce = openid.randomNonce()
  const parameters = {
    redirect_uri: to, scope: wanted, state: expectedState, nonce: expectedNonce, acr_values: `idporten-loa-${level}`,
    code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier), code_challenge_method: 'S256',
    login_hint: `testid:${person}_idporten-loa-${level}`,
  }
  const url = par ? await openid.buildAuthorizationUrlWithPAR(as, parameters) : openid.buildAuthorizationUrl(as, parameters)
  const back = await hop(url)
  assert.equal(back.origin + back.pathname, to)
  return openid.authorizationCodeGrant(as, back, { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: wanted.includes('openid') })
}

const krr = (token, init = {}) =>
  fetch(`${sandbox.base}/rest/v1/person`, { ...init, headers: { authorization: `Bearer ${token}`, accept: 'application/json', ...init.headers } })

describe('openid-client', () => {
  for (const par of [false, true]) {
    test(`logs in with private_key_jwt and PKCE${par ? ', by a pushed request' : ''}, and gets the person from KRR`, async () => {
      const tokens = await login({ par })
      const claims = tokens.claims()
      assert.equal(claims.pid, person)
      assert.equal(claims.acr, 'idporten-loa-high')
      assert.deepEqual(claims.amr, ['TestID'])
      assert.notEqual(claims.sub, person)
      const answer = await krr(tokens.access_token)
      assert.equal(answer.status, 200)
      const told = await answer.json()
      assert.equal(told.personidentifikator, person)
      assert.equal(told.varslingsstatus, 'KAN_VARSLES')
      assert.ok(told.kontaktinformasjon.epostadresse && told.digital_post)
    })
  }

  test('asks who it is', async () => {
    const tokens = await login()
    const { sub, pid, locale } = await openid.fetchUserInfo(config, tokens.access_token, tokens.claims().sub)
    assert.deepEqual({ sub, pid, locale }, { sub: tokens.claims().sub, pid: person, locale: 'nb' })
  })

  test('refreshes, and the old refresh token ends the family', async () => {
    const tokens = await login()
    const fresh = await openid.refreshTokenGrant(config, tokens.refresh_token)
    assert.notEqual(fresh.access_token, tokens.access_token)
    assert.equal((await krr(fresh.access_token)).status, 200)
    await assert.rejects(openid.refreshTokenGrant(config, tokens.refresh_token), { error: 'invalid_grant' })
    await assert.rejects(openid.refreshTokenGrant(config, fresh.refresh_token), { error: 'invalid_grant' })
  })

  test('revokes', async () => {
    const tokens = await login()
    await openid.tokenRevocation(config, tokens.refresh_token)
    await assert.rejects(openid.refreshTokenGrant(config, tokens.refresh_token), { error: 'invalid_grant' })
    assert.equal((await krr(tokens.access_token)).status, 200) // a JWT lives until it runs out
  })

  test('builds the address of the log-out, which needs a browser', async () => {
    const tokens = await login()
    const url = openid.buildEndSessionUrl(config, { post_logout_redirect_uri: `${sandbox.base}/demo/`, id_token_hint: tokens.id_token })
    assert.equal((await fetch(url)).status, 400) // no cookie: nobody is logged out
    const back = await fetch(url, { redirect: 'manual', headers: { cookie: 'IDPORTEN_AUTH=none-that-there-is' } })
    assert.equal(back.headers.get('location'), `${sandbox.base}/demo/`)
    url.searchParams.set('post_logout_redirect_uri', 'http://127.0.0.1:1/elsewhere')
    assert.equal((await fetch(url, { headers: { cookie: 'IDPORTEN_AUTH=none-that-there-is' } })).status, 400)
  })

  test('chooses the language, which the register tells from then on', async () => {
    const { access_token: token } = await login()
    const patch = (spraak) => krr(token, { method: 'PATCH', body: JSON.stringify({ spraak }), headers: { 'content-type': 'application/json' } })
    assert.equal((await patch('de')).status, 422)
    assert.equal((await patch('en')).status, 204)
    assert.equal((await (await krr(token)).json()).spraak, 'en')
    assert.equal((await patch('')).status, 204)
    assert.equal((await (await krr(token)).json()).spraak, undefined)
  })

  test('gets only what its scopes open for', async () => {
    const tokens = await login({ wanted: 'openid profile krr:user/digitalpost.read', level: 'substantial' })
    const told = await (await krr(tokens.access_token)).json()
    assert.deepEqual(Object.keys(told).sort().filter((name) => !name.startsWith('reservasjon')), ['digital_post', 'personidentifikator', 'sertifikat', 'status'])
    const bare = await login({ wanted: 'openid profile' })
    assert.equal((await krr(bare.access_token)).status, 403)
  })

  test('gets an answer that is signed by KRR and not by ID-porten', async () => {
    const { access_token: token } = await login()
    const signed = await (await krr(token, { headers: { accept: 'application/jose' } })).text()
    const { x5c } = JSON.parse(Buffer.from(signed.split('.')[0], 'base64url'))
    const { payload } = await compactVerify(signed, await importX509(`-----BEGIN CERTIFICATE-----\n${x5c[0]}\n-----END CERTIFICATE-----`, 'RS256'))
    assert.equal(Buffer.from(payload).toString(), await (await krr(token)).text())
    const { keys } = await (await fetch(config.serverMetadata().jwks_uri)).json()
    await assert.rejects(compactVerify(signed, createLocalJWKSet({ keys: keys.map(({ kid, alg, ...key }) => key) })))
  })
})

test('a service registers itself and logs in with the secret that it is told, until there is a new one', async () => {
  const minted = await fetch(`${sandbox.base}/sandbox/v1/tokens`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ client_id: 'demo-selvbetjening', scope: 'idporten:dcr.write' }),
  })
  const { access_token: admin } = await minted.json()
  const register = async (path, body) => {
    const headers = { authorization: `Bearer ${admin}`, 'content-type': 'application/json' }
    const answer = await fetch(`${sandbox.base}/selvbetjening/api/v1/clients${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    assert.ok(answer.ok, `${path}: ${answer.status}`)
    return answer.json()
  }
  const own = 'https://tjeneste.example.test/inn'
  const client = await register('', {
    integration_type: 'api_klient', application_type: 'web', client_name: 'min tjeneste', token_endpoint_auth_method: 'client_secret_basic',
    grant_types: ['authorization_code'], redirect_uris: [own], scopes: ['openid', 'profile', 'krr:user/kontaktinformasjon.read'],
  })
  const known = (secret) => openid.discovery(new URL(issuer), client.client_id, undefined, openid.ClientSecretBasic(secret), { execute: [openid.allowInsecureRequests] })
  const first = await known(client.client_secret)
  const asking = { config: first, redirect: own, wanted: 'openid profile krr:user/kontaktinformasjon.read' }
  const tokens = await login(asking)
  assert.equal((await openid.fetchUserInfo(first, tokens.access_token, tokens.claims().sub)).pid, person)
  assert.equal((await (await krr(tokens.access_token)).json()).personidentifikator, person)

  const { client_secret: secret } = await register(`/${client.client_id}/secret`)
  await assert.rejects(login(asking), { status: 401 })
  assert.ok(await login({ ...asking, config: await known(secret) }))
})

test('oauth4webapi logs in at a public client, and checks the answers to the letter', async () => {
  const as = await oauth.processDiscoveryResponse(new URL(issuer), await oauth.discoveryRequest(new URL(issuer), { [oauth.allowInsecureRequests]: true }))
  const client = { client_id: 'demo-spa' }, own = `${sandbox.base}/demo/spa/callback`
  const verifier = oauth.generateRandomCodeVerifier(), state = oauth.generateRandomState(), nonce = oauth.generateRandomNonce()
  const url = new URL(as.authorization_endpoint)
  url.search = new URLSearchParams({
    client_id: client.client_id, redirect_uri: own, response_type: 'code', scope: 'openid profile krr:user/kontaktinformasjon.read', state, nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', login_hint: `testid:${person}_idporten-loa-substantial`,
  })
  const parameters = oauth.validateAuthResponse(as, client, await hop(url), state)
  const answer = await oauth.authorizationCodeGrantRequest(as, client, oauth.None(), parameters, own, verifier, { [oauth.allowInsecureRequests]: true })
  const tokens = await oauth.processAuthorizationCodeResponse(as, client, answer, { expectedNonce: nonce, requireIdToken: true })
  await oauth.validateApplicationLevelSignature(as, answer, { [oauth.allowInsecureRequests]: true })
  assert.equal(oauth.getValidatedIdTokenClaims(tokens).acr, 'idporten-loa-substantial')
  const keys = createRemoteJWKSet(new URL(as.jwks_uri))
  assert.equal(JSON.parse(Buffer.from((await compactVerify(tokens.access_token, keys)).payload)).client_id, 'demo-spa')
  assert.equal((await krr(tokens.access_token)).status, 200)
})

test('a machine’s token with pid is for that person, and one without is refused', async () => {
  const mint = async (more) => {
    const body = JSON.stringify({ client_id: 'demo', scope: 'krr:global/kontaktinformasjon.read', ...more })
    const answer = await fetch(`${sandbox.base}/sandbox/v1/tokens`, { method: 'POST', body, headers: { 'content-type': 'application/json', accept: 'text/plain' } })
    return (await answer.text()).trim()
  }
  const answer = await krr(await mint({ pid: person }))
  assert.equal(answer.status, 200)
  assert.equal((await answer.json()).personidentifikator, person)
  assert.equal((await krr(await mint({}))).status, 403)
  assert.equal((await krr(await mint({ pid: person, scope: 'krr:user/kontaktinformasjon.read' }))).status, 403)
})

test('a citizen’s token is not for looking others up', async () => {
  const { access_token: token } = await login()
  const answer = await fetch(`${sandbox.base}/rest/v1/personer`, {
    method: 'POST', body: JSON.stringify({ personidentifikatorer: [person] }), headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  })
  assert.equal(answer.status, 403)
})
