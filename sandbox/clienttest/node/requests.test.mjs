// The page of requests, the recipes and the query language in a real browser. Each
// recipe is run as it stands on the page. SCREENSHOTS=folder keeps pictures.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { promisify } from 'node:util'

import { assertSound, launch, sizes, visitWith } from './browser.mjs'
import { binary, environment, startSandbox } from './server.mjs'

const jwtBearer = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
let sandbox, quiet, browser
before(async () => {
  ;[sandbox, quiet, browser] = await Promise.all([startSandbox(), startSandbox('--persons', '10'), launch()])
  await fill()
})
after(async () => {
  await browser?.close()
  await Promise.all([sandbox?.stop(), quiet?.stop()])
})

const open = (how, visit) => visitWith(browser, sandbox.base, how, visit)

// post asks one of the emulated systems and throws the answer away.
async function post(path, body, headers = {}) {
  const answer = await fetch(sandbox.base + path, { method: 'POST', body, headers })
  await answer.arrayBuffer()
  return answer.status
}

const token = (scope) =>
  fetch(`${sandbox.base}/sandbox/v1/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/plain' },
    body: JSON.stringify({ client_id: 'demo', scope }),
  }).then((answer) => answer.text())

const lookup = async (body, headers) => post('/rest/v2/personer', body, { 'content-type': 'application/json', ...headers })

// fill makes a request of each kind; the last is refused by Maskinporten.
async function fill() {
  const bearer = { authorization: `Bearer ${(await token('krr:global/kontaktinformasjon.read')).trim()}` }
  assert.equal(await lookup('{"personidentifikatorer":["05840399895","12829499914"]}', bearer), 200)
  assert.equal(await lookup('{"personidentifikatorer":["1"]}', bearer), 400)
  assert.equal(await lookup('{"personidentifikatorer":["05840399895"]}', { authorization: 'Bearer <script>' }), 401)
  assert.equal(await post('/rest/v9/%3Cscript%3Ealert(1)%3C/script%3E%E2%80%AE' + 'x'.repeat(3000) + '?a=%22%3E%3Cimg%20src=x%3E', ''), 404)
  const claims = Buffer.from(JSON.stringify({ iss: '"><script>alert(1)</script>\u202e', aud: 'x', iat: 1, exp: 2, scope: 'x' })).toString('base64url')
  const assertion = `${Buffer.from('{"alg":"RS256","kid":"x"}').toString('base64url')}.${claims}.AAAA`
  assert.equal(await post('/maskinporten/token', new URLSearchParams({ grant_type: jwtBearer, assertion })), 400)
  await fetch(`${sandbox.base}/maskinporten/jwk`).then((answer) => answer.arrayBuffer())
  assert.equal(await post('/maskinporten/token', new URLSearchParams({ grant_type: jwtBearer, assertion: 'eyJ' })), 400)
}

const shoot = async (page, name) => {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}.png`), fullPage: true })
}

const pages = { requests: '/foresporsler?folg=nei', refused: '/foresporsler/7', hostile: '/foresporsler/4', recipes: '/hjelp', language: '/hjelp/sporresprak' }
const states = {
  narrowed: '/foresporsler?flate=krr&avvist=ja&klient=demo&q=rest', nothing: '/foresporsler?q=finnesikke', found: '/foresporsler/1', 'hostile-client': '/foresporsler/5',
}

for (const size of Object.keys(sizes)) {
  test(`every page is sound at ${sizes[size].width}`, (t) =>
    open({ size }, async (page) => {
      for (const [name, path] of Object.entries(pages)) {
        await t.test(path, async () => {
          assert.equal((await page.goto(path)).status(), 200)
          assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1)
          await assertSound(page, size, (scheme) => shoot(page, `${name}-${size}-${scheme}`))
        })
      }
    }))

  test(`the empty page of requests is sound at ${sizes[size].width}`, () =>
    visitWith(browser, quiet.base, { size }, async (page) => {
      await page.goto('/foresporsler')
      await page.getByText('Ingen har spurt ennå').waitFor()
      assert.match(await page.locator('.empty pre').innerText(), /^TOKEN=\$\(curl .*personidentifikatorer/s)
      await assertSound(page, size, (scheme) => shoot(page, `empty-${size}-${scheme}`))
    }))
}

test('every state is sound on a phone', (t) =>
  open({ size: 'phone' }, async (page) => {
    for (const [name, path] of Object.entries(states)) {
      await t.test(path, async () => {
        await page.goto(path)
        await assertSound(page, 'phone', (scheme) => shoot(page, `${name}-${scheme}`))
      })
    }
  }))

for (const [locale, title] of [['nb-NO', 'Oppskrifter'], ['nn-NO', 'Oppskrifter'], ['en-GB', 'Recipes']]) {
  test(`pages are whole in ${locale}`, () =>
    open({ locale }, async (page) => {
      for (const path of Object.values(pages)) {
        await page.goto(path)
        assert.doesNotMatch(await page.locator('body').innerText(), /\[[a-z]+\.[a-z.]+\]|%!/)
      }
      await page.goto('/hjelp')
      assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), title)
    }))
}

describe('requests', () => {
  test('the list follows what happens, and stops when told to', () =>
    open({}, async (page) => {
      await page.goto('/foresporsler/7?flate=krr')
      const rows = page.locator('#liste tbody tr')
      await page.evaluate(() => (document.getElementById('antall').same = true))
      const before = await rows.count()
      await rows.last().locator('a').focus()
      const focused = () => page.evaluate(() => document.activeElement.getAttribute('href'))
      const where = await focused()
      await lookup('{', {})
      await page.waitForFunction((n) => document.querySelectorAll('#liste tbody tr').length === n, before + 1)
      assert.equal(await focused(), where, 'focus stays')
      assert.match(await page.locator('#antall').innerText(), new RegExp(`^${before + 1} forespørsler$`))
      assert.ok(await page.evaluate(() => document.getElementById('antall').same), 'a status that is the same says nothing')
      assert.match(await page.locator('.detail h2').innerText(), /POST \/maskinporten\/token/, 'the chosen one stays')
      await page.getByRole('link', { name: 'Stopp' }).click()
      await page.getByRole('link', { name: 'Følg med' }).waitFor()
      const asked = []
      page.on('request', (request) => asked.push(request.url()))
      await lookup('{', {})
      await page.clock.install()
      await page.clock.runFor(10_000)
      assert.deepEqual(asked, [])
      await page.getByRole('link', { name: 'Følg med' }).click()
      await page.getByRole('link', { name: 'Stopp' }).waitFor()
      assert.equal(await rows.count(), before + 2)
    }))

  for (const script of [true, false]) {
    for (const size of Object.keys(sizes)) {
      test(`a refusal is found and understood ${script ? 'with' : 'without'} script, ${size}`, () =>
        open({ size, script }, async (page) => {
          await page.goto('/')
          await page.getByRole('link', { name: 'Forespørsler', exact: true }).click()
          if (!script) await page.getByRole('link', { name: 'Last på nytt' }).click()
          await page.getByRole('link', { name: 'Maskinporten', exact: true }).click()
          await page.getByRole('link', { name: /^Bare avviste/ }).click()
          await page.locator('#liste tbody a').last().click()
          await page.getByText('Avvist: MP-100 klienten er ukjent').waitFor()
          await page.getByText('Bruk klientens client_id som iss.').waitFor()
          assert.match(await page.locator('.saw').innerText(), /^iss is /)
          const more = await page.getByRole('link', { name: 'Mer om MP-100' }).getAttribute('href')
          assert.match(await (await fetch(sandbox.base + more)).text(), /<h1>MP-100: Ukjent klient<\/h1>/)
        }))
    }
  }

  test('words find a code, by keyboard alone', () =>
    open({}, async (page) => {
      await page.goto('/foresporsler')
      await page.getByRole('searchbox').focus()
      await page.keyboard.type('mp-011')
      await page.keyboard.press('Enter')
      await page.waitForURL(/q=mp-011/)
      for (let i = 0; i < 60 && !(await page.evaluate(() => document.activeElement.closest('#liste'))); i++) await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await page.waitForURL(/foresporsler\/7\?q=mp-011/)
      await page.getByText('Avvist: MP-011').waitFor()
      assert.equal(await page.locator('#liste tbody tr').count(), 1)
      await page.goto('/foresporsler?q=mp-011')
      await page.getByRole('button', { name: 'Tøm søkefeltet' }).press('Enter')
      await page.waitForURL((url) => url.searchParams.get('q') === '')
    }))

  test('a call is copied and asks the same again', () =>
    open({}, async (page) => {
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
      await page.goto('/foresporsler/1')
      await page.getByRole('button', { name: 'Kopier som curl' }).click()
      await page.locator('#said', { hasText: 'Kopiert' }).waitFor({ state: 'attached' })
      const command = await page.evaluate(() => navigator.clipboard.readText())
      const { stdout } = await run(`TOKEN=$(liksom token --server ${sandbox.base}) BODY='{"personidentifikatorer":["05840399895"]}'\n${command}`)
      assert.match(stdout, /"varslingsstatus":"KAN_VARSLES"/)
    }))

  test('twins have the same rows', async () => {
    const { entries } = await (await fetch(`${sandbox.base}/foresporsler.json?flate=maskinporten&avvist=ja`)).json()
    assert.deepEqual(entries.map(({ code }) => code), ['MP-011', 'MP-100'])
    assert.match(entries[1].answer, /"error":"invalid_grant"/)
    const csv = await (await fetch(`${sandbox.base}/foresporsler.csv?flate=maskinporten&avvist=ja`)).text()
    assert.equal(csv.trim().split('\n').length, 3)
  })
})

// What running a recipe must print.
const expected = {
  oppslag: /"personidentifikator":"05840399895".*"varslingsstatus":"KAN_VARSLES"/,
  sok: /^PERSONIDENTIFIKATOR .*\n\d{11} .*KAN_VARSLES/,
  ytterpunkter: /^\d{11}\n[\s\S]*^fersk-alt +12837500077 +Alt er ferskt$/m,
  utgaatt: /"personidentifikator":"05840399895"[\s\S]*\n05840399895 .*AKTIV/,
  klokke: /"moved":true[\s\S]*PERSONIDENTIFIKATOR[\s\S]*"moved":false/,
  endringer: /"personidentifikator":"05840399895"[\s\S]*"reservasjon":"JA"/,
  odelagt: /^HTTP\/1\.1 401 Unauthorized/,
  klient: /"client_id":"[0-9a-f-]{36}"/,
  nullstill: /^\{"persons":\d+\}/,
  ci: /^\d{11}$/m,
}

test('every recipe runs as it stands on the page', () =>
  open({ script: false }, async (page) => {
    await page.goto('/hjelp')
    const recipes = await page.locator('.recipes section').evaluateAll((all) => all.map((e) => [e.id, e.querySelector('pre').textContent]))
    assert.deepEqual(recipes.map(([id]) => id).sort(), Object.keys(expected).sort())
    const port = await freePort() // for the one that starts a sandbox of its own
    for (const [id, script] of recipes) {
      const { stdout } = await run(script.replaceAll('8090', port))
      assert.match(stdout, expected[id], id)
    }
  }))

test('every query on the page of the language leads to a search that is understood', () =>
  open({ script: false }, async (page) => {
    await page.goto('/hjelp/sporresprak')
    const links = await page.locator('main a').evaluateAll((all) => all.map((e) => [e.textContent, e.getAttribute('href')]))
    assert.ok(links.length > 60, `${links.length} links`)
    for (const [text, href] of links) {
      const q = new URL(href, sandbox.base).searchParams.get('q')
      assert.equal(q, text)
      const answer = await fetch(`${sandbox.base}/sandbox/v1/persons?limit=1&q=${encodeURIComponent(q)}`)
      assert.equal(answer.status, 200, `${q}: ${await answer.text()}`)
    }
    await page.getByRole('link', { name: 'spraak:(nn or se)' }).click()
    await page.waitForURL((url) => url.pathname === '/' && url.searchParams.get('q') === 'spraak:(nn or se)')
  }))

function run(script) {
  return promisify(execFile)('bash', ['-euo', 'pipefail', '-c', script], {
    env: { ...environment, PATH: `${dirname(binary)}:${environment.PATH}` },
    maxBuffer: 1 << 24,
    timeout: 60_000,
  })
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return String(port)
}
