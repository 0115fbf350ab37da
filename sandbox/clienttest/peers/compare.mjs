// Measures the sandbox beside oidc-provider and oauth2-mock-server in one run:
// time from start to the first answer, memory after that, and tokens a second
// over kept-alive connections. The servers are taken in turn, several times, so
// that a busy machine is busy for all. Assertions are signed beforehand.
//
// oidc-provider does the same cryptography as Maskinporten: it checks an RS256
// signature and makes one. oauth2-mock-server checks nothing and signs.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'
import { SignJWT, exportJWK, generateKeyPair, importJWK } from 'jose'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const liksom = process.env.LIKSOM_BIN ?? here('../../../bin/liksom')
const rounds = Number(process.env.ROUNDS ?? 3)
const tokens = Number(process.env.TOKENS ?? 1500) // a round and server
const connections = 16
const bearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

const pair = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true })
const jwk = async (key) => ({ ...(await exportJWK(key)), kid: 'k1', alg: 'RS256', use: 'sig' })
const PUBLIC = JSON.stringify(await jwk(pair.publicKey))
const PRIVATE = JSON.stringify(await jwk(pair.privateKey))
const demo = JSON.parse(readFileSync(here('../../../seeds/keys/demo.jwk'), 'utf8'))
const demoKey = await importJWK(demo, 'RS256')

const sign = (claims, kid, key) => new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(key)
const seconds = () => Math.floor(Date.now() / 1000)

const servers = [
  {
    name: 'liksom',
    start: (port) => spawn(liksom, ['serve', '--addr', `127.0.0.1:${port}`], { stdio: 'ignore' }),
    ready: '/readyz',
    token: '/maskinporten/token',
    form: async (port, n) => ({
      grant_type: bearer,
      assertion: await sign({
        iss: 'demo', aud: `http://127.0.0.1:${port}/maskinporten/`, scope: 'krr:global/kontaktinformasjon.read',
        iat: seconds(), exp: seconds() + 120, jti: `${n}`,
      }, demo.kid, demoKey),
    }),
  },
  {
    name: 'oidc-provider',
    start: (port) => spawn(process.execPath, [here('oidc.mjs')], { stdio: 'ignore', env: { ...process.env, PORT: port, PUBLIC, PRIVATE } }),
    ready: '/.well-known/openid-configuration',
    token: '/token',
    form: async (port, n) => ({
      grant_type: 'client_credentials',
      scope: 'read',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await sign({
        iss: 'demo', sub: 'demo', aud: `http://127.0.0.1:${port}`, iat: seconds(), exp: seconds() + 120, jti: `${n}`,
      }, 'k1', pair.privateKey),
    }),
  },
  {
    name: 'oauth2-mock-server',
    start: (port) => spawn(process.execPath, [here('mock.mjs')], { stdio: 'ignore', env: { ...process.env, PORT: port, PRIVATE } }),
    ready: '/.well-known/openid-configuration',
    token: '/token',
    form: async () => ({ grant_type: 'client_credentials', scope: 'read' }),
  },
]

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address()
  probe.close()
  await once(probe, 'close')
  return port
}

const call = (options, body) => new Promise((resolve, reject) => {
  const r = request({ host: '127.0.0.1', ...options }, (answer) => {
    let text = ''
    answer.setEncoding('utf8').on('data', (more) => (text += more)).on('end', () => resolve({ status: answer.statusCode, text }))
  })
  r.on('error', reject)
  r.end(body)
})

async function measure(server) {
  const port = await freePort()
  const begun = performance.now()
  const child = server.start(port)
  try {
    for (;;) {
      if (child.exitCode !== null) throw new Error(`${server.name} ended before it was ready`)
      const answer = await call({ port, path: server.ready, agent: false }).catch(() => undefined)
      if (answer?.status === 200) break
    }
    const start = performance.now() - begun
    const memory = Number(readFileSync(`/proc/${child.pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) / 1024
    const bodies = []
    for (let n = 0; n < tokens; n++) bodies.push(new URLSearchParams(await server.form(port, n)).toString())
    const agent = new Agent({ keepAlive: true, maxSockets: connections })
    const options = { port, path: server.token, method: 'POST', agent, headers: { 'content-type': 'application/x-www-form-urlencoded' } }
    const from = performance.now()
    await Promise.all(Array.from({ length: connections }, async () => {
      for (let body = bodies.pop(); body !== undefined; body = bodies.pop()) {
        const answer = await call(options, body)
        if (answer.status !== 200 || !JSON.parse(answer.text).access_token) throw new Error(`${server.name}: ${answer.status} ${answer.text}`)
      }
    }))
    const rate = tokens / ((performance.now() - from) / 1000)
    agent.destroy()
    return { start, memory, rate }
  } finally {
    child.kill('SIGKILL')
    if (child.exitCode === null) await once(child, 'exit')
  }
}

const taken = Object.fromEntries(servers.map((s) => [s.name, []]))
for (let round = 0; round < rounds; round++) {
  for (const server of servers) taken[server.name].push(await measure(server))
}
const list = (values) => values.map((v) => v.toFixed(0)).join(' ')
console.log(`${rounds} rounds of ${tokens} tokens over ${connections} connections, Node ${process.versions.node}`)
for (const [name, of] of Object.entries(taken)) {
  console.log(`${name.padEnd(20)} tokens/s ${list(of.map((m) => m.rate)).padEnd(20)} first answer after ms ${list(of.map((m) => m.start)).padEnd(20)} resident MiB ${list(of.map((m) => m.memory))}`)
}
