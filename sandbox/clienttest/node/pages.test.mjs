// The pages in a real browser: sound, accessible, at home in a small window, and
// useful without script. SCREENSHOTS=folder keeps a picture of each.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'

import axe from 'axe-core'

import { launch } from './browser.mjs'
import { startSandbox } from './server.mjs'

const person = '05840399895' // in every sandbox, whatever its seed
const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } }
const pages = {
  start: '/', person: `/person/${person}`, edit: `/person/${person}/endre`, like: `/person/${person}/lik`, reset: '/nullstill', number: '/hjelp/nummer',
  guesses: '/hjelp/antakelser', cast: '/testpersoner', scene: '/testpersoner/begge-gamle', calls: '/testpersoner/ugyldig-pid', stats: '/statistikk',
  token: '/token', explain: '/token/forklar', clients: '/token/klienter', client: '/token/klienter/demo',
}
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']

let sandbox, browser
before(async () => {
  sandbox = await startSandbox()
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await sandbox?.stop()
})

// open hands a new window to the test and then checks what must hold on every page:
// nothing on the console, nothing asked of another origin.
async function open({ size = 'desktop', scheme = 'light', script = true }, visit) {
  const context = await browser.newContext({
    baseURL: sandbox.base,
    viewport: sizes[size],
    isMobile: size === 'phone',
    hasTouch: size === 'phone',
    colorScheme: scheme,
    reducedMotion: 'reduce',
    locale: 'nb-NO',
    javaScriptEnabled: script,
  })
  context.setDefaultTimeout(15_000)
  try {
    const trouble = []
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) trouble.push(`console: ${message.text()}`)
    })
    context.on('weberror', (err) => trouble.push(`script: ${err.error()}`))
    context.on('request', (request) => {
      const url = new URL(request.url())
      if (url.protocol !== 'data:' && url.origin !== sandbox.base) trouble.push(`asked ${url.origin}`)
    })
    // Not loaded by a tag, so that the pages' own Content-Security-Policy stays in force.
    if (script) await context.addInitScript({ content: axe.source })
    await visit(await context.newPage())
    assertNone(trouble)
  } finally {
    await context.close()
  }
}

// Faults are sentences, so they are shown as they are and not as a diff.
function assertNone(faults) {
  if (faults.length > 0) assert.fail(`\n${faults.join('\n')}\n`)
}

async function assertFits(page, { width }) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  assert.ok(wide <= width, `the page is ${wide} px wide in a window of ${width}`)
}

async function assertAccessible(page) {
  const { violations } = await page.evaluate(
    (values) => globalThis.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'], preload: false }),
    rules,
  )
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  ${target.join(' ')}\n  ${failureSummary}`),
  )
  assertNone(found)
}

for (const size of Object.keys(sizes)) {
  for (const scheme of ['light', 'dark']) {
    for (const [name, path] of Object.entries(pages)) {
      test(`${path} is sound at ${sizes[size].width}, ${scheme}`, () =>
        open({ size, scheme }, async (page) => {
          const answer = await page.goto(path, { waitUntil: 'networkidle' })
          assert.equal(answer.status(), 200)
          if (process.env.SCREENSHOTS) {
            await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}-${size}-${scheme}.png`), fullPage: true })
          }
          assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1)
          await assertFits(page, sizes[size])
          await assertAccessible(page)
        }))
    }
  }
}

// Each starts at the workbench, breaks a token and asks why it is refused.
for (const script of [true, false]) {
  for (const size of Object.keys(sizes)) {
    test(`a broken token is made and explained ${script ? 'with' : 'without'} script, ${size}`, () =>
      open({ size, script }, async (page) => {
        const shoot = async (name) => {
          if (script && process.env.SCREENSHOTS) {
            await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}-${size}.png`), fullPage: true })
          }
          await assertFits(page, sizes[size])
          if (script) await assertAccessible(page)
        }
        await page.goto('/token')
        await page.getByLabel('Endret etter signering').check()
        await page.getByRole('button', { name: 'Lag token' }).click()
        const token = await page.getByRole('group', { name: 'Token' }).innerText()
        assert.match(token, /^eyJ[\w-]+\.[\w-]+\.[\w-]+$/)
        assert.ok(!page.url().includes('eyJ'), 'the token is not in the address')
        await shoot('token-made')
        await page.getByRole('link', { name: 'Forklar' }).click()
        await page.getByLabel('Assertion eller token').fill(token)
        await page.getByRole('button', { name: 'Forklar' }).click()
        await page.getByText('Avvist: signaturen').waitFor()
        await shoot('explained')
      }))
  }
}

test('a moved clock says so, accessibly', async () => {
  const clock = `${sandbox.base}/sandbox/v1/clock`
  await fetch(clock, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{"advance":"P18M"}' })
  try {
    for (const size of Object.keys(sizes)) {
      await open({ size }, async (page) => {
        await page.goto('/')
        await page.getByText('Klokken er ikke ekte.').waitFor()
        if (process.env.SCREENSHOTS) await page.screenshot({ path: join(process.env.SCREENSHOTS, `moved-${size}.png`) })
        await assertFits(page, sizes[size])
        await assertAccessible(page)
      })
    }
  } finally {
    await fetch(clock, { method: 'DELETE' })
  }
})

for (const script of [true, false]) {
  describe(`the search box ${script ? 'with' : 'without'} script`, () => {
    for (const size of Object.keys(sizes)) {
      test(`finds a person by name, ${size}`, () =>
        open({ size, script }, async (page) => {
          const { visningnavn } = await (await fetch(`${sandbox.base}/sandbox/v1/persons/${person}`)).json()
          await page.goto('/')
          await page.getByRole('searchbox').fill(visningnavn.toLowerCase())
          await page.getByRole('button', { name: 'Søk', exact: true }).click()
          await page.waitForURL(/[?&]q=/)
          await follow(page)
        }))

      test(`finds a person by number, ${size}`, () =>
        open({ size, script }, async (page) => {
          await page.goto('/')
          await page.getByRole('searchbox').fill(person)
          await page.getByRole('searchbox').press('Enter')
          await page.waitForURL(new RegExp(person))
          // A number may lead to a list of one hit or to the person at once.
          if (!atPerson(page.url())) await follow(page)
          await assertShows(page)
        }))
    }

    test('keeps its words when nothing is found', () =>
      open({ script }, async (page) => {
        await page.goto('/?q=finnesikkepersonen')
        assert.equal(await page.getByRole('searchbox').inputValue(), 'finnesikkepersonen')
        if (script) await assertAccessible(page)
      }))
  })
}

test('the test cast leads from a case to its answers and its person, without script', () =>
  open({ size: 'phone', script: false }, async (page) => {
    await page.goto('/')
    await page.getByRole('link', { name: 'Testpersoner', exact: true }).click()
    await page.getByText('92 av 92 er som forventet nå').waitFor()
    await page.getByRole('link', { name: 'Begge kanalene er utgått' }).click()
    await page.getByRole('link', { name: 'Digital post', exact: true }).click()
    await page.locator('.wanted', { hasText: 'digital_post' }).waitFor()
    await page.locator('.code', { hasText: '"postkasseleverandoeradresse": "984661185"' }).waitFor()
    await page.locator('.box-head h2 a').click()
    await page.waitForURL(/\/person\/\d{11}\?scope=post$/)
  }))

for (const script of [true, false]) {
  test(`a person is changed, the change undone, and time moved to the day before expiry, ${script ? 'with' : 'without'} script`, () =>
    open({ script }, async (page) => {
      try {
        await page.goto(`/person/${person}`)
        await page.getByRole('link', { name: 'Endre', exact: true }).click()
        await page.getByLabel('E-post', { exact: true }).fill('uten-alfakroell')
        await page.getByRole('button', { name: 'Lagre' }).click()
        await page.getByRole('alert').waitFor()
        await page.getByLabel('E-post', { exact: true }).fill('endret@example.com')
        await page.getByRole('button', { name: 'Lagre' }).click()
        await page.waitForURL(`/person/${person}`)
        await page.locator('.code', { hasText: '"epostadresse": "endret@example.com"' }).first().waitFor()
        await page.locator('.past', { hasText: 'Endret i sandkassen' }).waitFor()
        await page.getByRole('button', { name: 'Gå til dagen før e-posten går ut' }).click()
        await page.getByText('Klokken er ikke ekte').waitFor()
        await page.locator('.rules', { hasText: 'E-post går snart ut' }).waitFor()
        await page.getByRole('button', { name: 'Angre siste endring' }).click()
        await page.locator('.code', { hasText: '"epostadresse": "endret@example.com"' }).first().waitFor({ state: 'detached' })
      } finally {
        await fetch(`${sandbox.base}/sandbox/v1/reset`, { method: 'POST' })
      }
    }))
}

// A person has a page of its own or is chosen beside the list.
const atPerson = (url) => new URL(url).pathname === `/person/${person}` || new URL(url).searchParams.get('p') === person

async function follow(page) {
  await page.locator(`main a[href*="${person}"]:visible`).first().click()
  await page.waitForURL((url) => atPerson(url.href))
  await assertShows(page)
}

// The number is on the page, grouped or not.
const assertShows = (page) => page.locator('main', { hasText: new RegExp([...person].join('\\s*')) }).waitFor()
