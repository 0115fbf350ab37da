// Two published OAuth clients, unchanged but for the base URL, get a token from the
// sandbox's Maskinporten and look a person up with it.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { execFile } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { createRemoteJWKSet, importJWK, jwtVerify, SignJWT } from 'jose'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'

import { startSandbox } from './server.mjs'

const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const scope = 'krr:global/kontaktinformasjon.read krr:global/digitalpost.read'
const clientID = 'demo'
const person = '05840399895'

let sandbox, issuer, key
before(async () => {
  sandbox = await startSandbox()
  issuer = `${sandbox.base}/maskinporten/`
  const answer = await fetch(`${sandbox.base}/sandbox/v1/clients/${clientID}/key`)
  assert.equal(answer.status, 200)
  key = await answer.json()
  assert.ok(key.kid, 'the key has a kid')
})
after(() => sandbox?.stop())

async function assertion(claims = {}) {
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({ iss: clientID, aud: issuer, scope, jti: randomUUID(), iat: now, exp: now + 60, ...claims })
    .setProtectedHeader({ alg: 'RS256', kid: key.kid })
    .sign(await importJWK(key, 'RS256'))
}

// Each client: how it finds the server's metadata, and how it asks for a token.
const clients = {
  // Builds the address of the metadata from the issuer, as RFC 8414 says.
  'openid-client': async () => {
    const config = await openid.discovery(new URL(issuer), clientID, undefined, openid.None(), {
      algorithm: 'oauth2',
      execute: [openid.allowInsecureRequests],
    })
    return {
      metadata: config.serverMetadata(),
      token: (jwt) => openid.genericGrantRequest(config, grantType, { assertion: jwt }),
    }
  },
  // Is given the address that Maskinporten documents, below the issuer.
  oauth4webapi: async () => {
    const answer = await fetch(`${issuer}.well-known/oauth-authorization-server`)
    const as = await oauth.processDiscoveryResponse(new URL(issuer), answer)
    const client = { client_id: clientID }
    return {
      metadata: as,
      token: async (jwt) =>
        oauth.processGenericTokenEndpointResponse(
          as,
          client,
          await oauth.genericTokenEndpointRequest(as, client, oauth.None(), grantType, { assertion: jwt }, {
            [oauth.allowInsecureRequests]: true,
          }),
        ),
    }
  },
}

// refusedWith checks an OAuth error as the library reports it.
const refusedWith = (code) => (err) => {
  assert.equal(err.status, 400)
  assert.equal(err.error, 'invalid_grant')
  assert.match(err.cause.error_uri, new RegExp(`errors/${code}$`))
  return true
}

for (const [name, connect] of Object.entries(clients)) {
  describe(name, () => {
    let client
    before(async () => {
      client = await connect()
    })

    test('finds the issuer with its trailing slash', () => {
      assert.equal(client.metadata.issuer, issuer)
      assert.ok(client.metadata.token_endpoint.startsWith(issuer))
    })

    test('gets a token that its keys verify and the register accepts', async () => {
      const token = await client.token(await assertion({ aud: client.metadata.issuer }))
      assert.equal(token.token_type.toLowerCase(), 'bearer')
      assert.ok(token.expires_in > 0)

      const keys = createRemoteJWKSet(new URL(client.metadata.jwks_uri))
      const { payload } = await jwtVerify(token.access_token, keys, { issuer, algorithms: ['RS256'] })
      assert.equal(payload.client_id, clientID)
      assert.deepEqual(payload.scope.split(' ').sort(), scope.split(' ').sort())

      const answer = await fetch(`${sandbox.base}/rest/v1/personer`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token.access_token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ personidentifikatorer: [person] }),
      })
      assert.equal(answer.status, 200)
      const { personer } = await answer.json()
      assert.equal(personer.length, 1)
      assert.equal(personer[0].personidentifikator, person)
      assert.equal(personer[0].status, 'AKTIV')
      assert.equal(personer[0].varslingsstatus, 'KAN_VARSLES')
      assert.ok(personer[0].kontaktinformasjon, 'the scope gives contact details')
    })

    test('cannot use an assertion twice', async () => {
      const jwt = await assertion()
      await client.token(jwt)
      await assert.rejects(client.token(jwt), refusedWith('MP-012'))
    })

    test('is told about a wrong aud', async () => {
      // The most common slip: the issuer without its slash.
      await assert.rejects(client.token(await assertion({ aud: issuer.slice(0, -1) })), refusedWith('MP-110'))
      await assert.rejects(client.token(await assertion({ aud: 'https://example.com/' })), refusedWith('MP-110'))
    })
  })
}

// The code that the page of a client gives, as it stands there.
for (const [name, program] of Object.entries({ node: process.execPath, curl: 'bash' })) {
  test(`the code for ${name} runs`, async () => {
    const answer = await fetch(`${sandbox.base}/token/klienter/${clientID}/${name}`)
    assert.equal(answer.status, 200)
    // Beside the packages that it imports.
    const file = fileURLToPath(new URL(`snippet-${process.pid}-${name}.mjs`, import.meta.url))
    await writeFile(file, await answer.text())
    try {
      const { stdout } = await promisify(execFile)(program, [file], { timeout: 60_000 })
      assert.match(stdout, /"varslingsstatus":"KAN_VARSLES"/)
    } finally {
      await rm(file)
    }
  })
}
