// The pages in a real browser: sound, accessible, at home in a small window, and
// useful without script. SCREENSHOTS=folder keeps a picture of each.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'

import { assertAccessible, assertFits, assertSound, launch, sizes, visitWith } from './browser.mjs'
import { startSandbox } from './server.mjs'

const person = '05840399895' // in every sandbox, whatever its seed
const pages = {
  start: '/', person: `/person/${person}`, edit: `/person/${person}/endre`, like: `/person/${person}/lik`, reset: '/nullstill', number: '/hjelp/nummer',
  guesses: '/hjelp/antakelser', signs: '/hjelp/tegn', time: '/tid', cast: '/testpersoner', scene: '/testpersoner/begge-gamle', calls: '/testpersoner/ugyldig-pid', stats: '/statistikk',
  token: '/token', explain: '/token/forklar', clients: '/token/klienter', client: '/token/klienter/demo',
}

let sandbox, browser
before(async () => {
  sandbox = await startSandbox()
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await sandbox?.stop()
})

const open = (how, visit) => visitWith(browser, sandbox.base, how, visit)

for (const size of Object.keys(sizes)) {
  test(`every page is sound at ${sizes[size].width}`, (t) =>
    open({ size }, async (page) => {
      for (const [name, path] of Object.entries(pages)) {
        await t.test(path, async () => {
          const answer = await page.goto(path)
          assert.equal(answer.status(), 200)
          assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1)
          await assertSound(page, size, (scheme) => shoot(page, `${name}-${size}-${scheme}`))
        })
      }
    }))
}

async function shoot(page, name) {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}.png`), fullPage: true })
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
  await page.locator(`main tbody a[href*="${person}"]:visible`).first().click()
  await page.waitForURL((url) => atPerson(url.href))
  await assertShows(page)
}

// The number is on the page, grouped or not.
const assertShows = (page) => page.locator('main', { hasText: new RegExp([...person].join('\\s*')) }).waitFor()
