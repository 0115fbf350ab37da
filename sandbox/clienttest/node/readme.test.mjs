// Every command in the README, as it stands there, against a sandbox that was
// started by the README's own first command. Only the address differs, so that the
// test can run beside a sandbox of the reader's own.
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { after, before, test } from 'node:test'
import { promisify } from 'node:util'

import { environment } from './server.mjs'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const address = 'http://127.0.0.1:8080'
const readme = await readFile(`${root}/README.md`, 'utf8')
const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text]) => text)

// What the answer to a block must hold, by a word in the block.
const expected = {
  'klienter/demo/curl': /"varslingsstatus":"KAN_VARSLES"/,
  'broken tampered': /^(eyJ[\w.-]+\n){2}\{"kind":"access_token".*"refused":true.*"name":"signature","outcome":"fail"/,
  'selvbetjening/clients': /"client_id":"[0-9a-f-]{36}"/,
  'login_hint=testid': /^\{"personidentifikator":"05840399895".*"varslingsstatus":"KAN_VARSLES"/,
  'rest/v2/personer': /"personidentifikator":"05840399895".*"varslingsstatus":"KAN_VARSLES"/,
  'sandbox/v1/journal': /"entries":\[\{"nr":/,
  'go run . generate': /"visningnavn":"SINDIG /,
  'go run . search': /^PERSONIDENTIFIKATOR [\s\S]*"facets":\{[\s\S]*"suggestions":\[\{"text":"epost:"/,
  'client demo-tenor': /"treff":[1-9]\d*,"rader":1,.*"dokumentListe":\[\{"id":"\d{11}","visningnavn":"[^"]* SJ/,
  'go run . catalogue': /^fersk-alt +12837500077 +Alt er ferskt$[\s\S]*"entries":\[\{"number":1,"slug":"fersk-alt"/m,
  'person set': /"epostadresse":"ny@example\.com"[\s\S]*"reservasjon":"JA"[\s\S]*"epostadresse":"ny@example\.com"/,
  'v1/outbox': /"type":"paaminnelse"[\s\S]*\nNR +TIME[\s\S]* paaminnelse /,
  'clock advance': /"moved":true[\s\S]*"frozen":true/,
  'go run . wait': /^eyJ[\w-]+\.[\w-]+\.[\w-]+\nliksom /m,
  'go run . cert': /^-----BEGIN CERTIFICATE-----[\s\S]*-----END CERTIFICATE-----\n\{"keys":\["/,
  'make help': /test-clients/,
}

let child, base
before(async () => {
  assert.equal(blocks[0], 'go run .\n')
  child = spawn('bash', ['-c', blocks[0]], {
    cwd: root,
    env: { ...environment, LIKSOM_ADDR: '127.0.0.1:0' },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true, // a group of its own, since go run has a child
  })
  let card = ''
  for await (const text of child.stdout.setEncoding('utf8')) {
    card += text
    base = card.match(/(http:\/\/127\.0\.0\.1:\d+)\/\s/)?.[1]
    if (base) break
  }
  assert.ok(base, `the card has the address:\n${card}`)
})
after(async () => {
  process.kill(-child.pid, 'SIGINT')
  await once(child, 'exit')
  for (const file of ['persons.jsonl', 'persons.csv']) await rm(`${root}/${file}`, { force: true })
})

const run = (text) =>
  promisify(execFile)('bash', ['-euo', 'pipefail', '-c', text.replaceAll(address, base)], {
    cwd: root,
    env: { ...environment, LIKSOM_SERVER: base },
    maxBuffer: 1 << 24,
  })

for (const block of blocks.slice(1)) {
  test(block.trim().split('\n')[0], async () => {
    const { stdout } = await run(block)
    const word = Object.keys(expected).find((key) => block.includes(key))
    assert.ok(word, 'this block of the README has no expectation')
    assert.match(stdout, expected[word])
  })
}

test('every address in the README that can be read answers', async () => {
  const addresses = [...readme.matchAll(/http:\/\/127\.0\.0\.1:8080(\/[^\s`'")>]*)/g)].map(([, path]) => path)
  const seen = new Set(addresses.filter((path) => !/token|testnorge|personer|person$|idporten$|callback|tokens$|rotate$|explain$|selvbetjening/.test(path) && !path.endsWith('/maskinporten/') && path !== '/maskinporten'))
  for (const path of seen) {
    const answer = await fetch(base + path, { redirect: 'manual' })
    // MinProfil leads to the login, which needs a browser's cookies.
    const login = answer.status === 303 && answer.headers.get('location').startsWith(`${base}/idporten/authorize?`)
    assert.ok(answer.status === 200 || (login && path === '/minprofil/'), `${path}: ${answer.status}`)
    await answer.arrayBuffer()
  }
  assert.ok(seen.size >= 5, [...seen].join(' '))
})
