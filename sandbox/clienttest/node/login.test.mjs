// Logging in with ID-porten in a real browser: the verification tests that
// ID-porten has its customers run ("Verifikasjonstestar ID-porten", Digdir), with
// the demo service as the customer's own, its second client in the place of
// ID-porten's test client, and MinProfil; and the pages as such.
// SCREENSHOTS=folder keeps a picture of each.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'

import { assertSound, launch, sizes, visitWith } from './browser.mjs'
import { startSandbox } from './server.mjs'

const person = '05840399895' // in every sandbox, whatever its seed
const own = '/demo/', testClient = '/demo/test/', minProfil = '/minprofil/'

let sandbox, browser
before(async () => {
  sandbox = await startSandbox('--persons', '2000')
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await sandbox?.stop()
})

const visit = (use, how = {}) => visitWith(browser, sandbox.base, how, use)

// ask presses the button of a service that leads to ID-porten.
async function ask(page, service, level = 'betydelig', again = false) {
  await page.goto(service)
  await page.getByLabel(level).check()
  if (again) await page.getByLabel('Krev ny innlogging').check()
  await page.getByRole('button', { name: 'Logg inn med ID-porten' }).click()
}

// testID goes through the login pages as public test scripts do.
async function testID(page, level) {
  await page.waitForURL('**/idporten/authorize/selector*')
  await page.getByRole('link', { name: `TestID på nivå ${level}` }).click()
  await page.getByLabel('Personidentifikator (syntetisk)').fill(person)
  await page.getByRole('button', { name: 'Autentiser' }).click()
}

const facts = (page) => page.locator('main dl.known').first().innerText()

async function assertIn(page, service, level) {
  await page.waitForURL(`**${service}`)
  assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), 'Du er logget inn')
  const told = await facts(page)
  for (const word of [person, level, 'TestID']) assert.ok(told.includes(word), `${word} is not in ${told}`)
  return told
}

async function assertOut(page, service) {
  await page.goto(service)
  await page.getByRole('button', { name: 'Logg inn med ID-porten' }).waitFor()
}

describe('verifikasjonstestar ID-porten', () => {
  for (const [number, level] of [[1, 'betydelig'], [2, 'høyt']]) {
    test(`${number}: SSO from own service, ${level}`, () => visit(async (page) => {
      await ask(page, own, level)
      await testID(page, level)
      await assertIn(page, own, level)
      await ask(page, testClient, level)
      await assertIn(page, testClient, level)
    }))
  }

  for (const [number, level] of [[3, 'betydelig'], [4, 'høyt']]) {
    test(`${number}: SSO to own service, ${level}`, () => visit(async (page) => {
      await ask(page, testClient, level)
      await testID(page, level)
      await assertIn(page, testClient, level)
      await ask(page, own, level)
      await assertIn(page, own, level)
      assert.match(await page.locator('main section pre').first().innerText(), /"kontaktinformasjon"/)
    }))
  }

  for (const [number, level, path] of [[3, 'betydelig', minProfil], [4, 'høyt', `${minProfil}logg-inn?nivaa=hoyt`]]) {
    test(`${number}: SSO to own service, ${level}, from MinProfil`, () => visit(async (page) => {
      await page.goto(path)
      await testID(page, level)
      await page.waitForURL(`**${minProfil}`)
      await ask(page, own, level)
      await assertIn(page, own, level)
    }))
  }

  test('5: raising the level', () => visit(async (page) => {
    await ask(page, own, 'betydelig')
    await testID(page, 'betydelig')
    await assertIn(page, own, 'betydelig')
    await ask(page, testClient, 'høyt')
    await testID(page, 'høyt')
    await assertIn(page, testClient, 'høyt')
  }))

  test('6: log-out from own service', () => visit(async (page) => {
    await ask(page, testClient)
    await testID(page, 'betydelig')
    await assertIn(page, testClient, 'betydelig')
    await ask(page, own)
    await assertIn(page, own, 'betydelig')
    await page.getByRole('button', { name: 'Logg ut' }).click()
    await page.waitForURL(`**${own}`)
    await page.getByRole('status').getByText('Du er logget ut').waitFor()
    await assertOut(page, testClient)
    await ask(page, own) // and nobody is logged in at ID-porten
    await page.waitForURL('**/idporten/authorize/selector*')
  }))

  test('7: log-out from another service', () => visit(async (page) => {
    await ask(page, own)
    await testID(page, 'betydelig')
    await assertIn(page, own, 'betydelig')
    await ask(page, testClient)
    await assertIn(page, testClient, 'betydelig')
    await page.getByRole('button', { name: 'Logg ut' }).click()
    await page.waitForURL(`**${testClient}`)
    await assertOut(page, own)
    await page.goto(own)
  }))

  test('6: log-out from own service, with MinProfil', () => visit(async (page) => {
    await page.goto(minProfil)
    await testID(page, 'betydelig')
    await page.getByRole('heading', { name: 'Dine kontaktopplysninger' }).waitFor()
    await ask(page, own)
    await assertIn(page, own, 'betydelig')
    await page.getByRole('button', { name: 'Logg ut' }).click()
    await page.getByRole('status').getByText('Du er logget ut').waitFor()
    await page.goto(minProfil)
    await page.getByText('Du ble logget ut fra en annen tjeneste.').waitFor()
    await page.getByRole('link', { name: 'Logg inn med ID-porten' }).click() // and nobody is logged in at ID-porten
    await page.waitForURL('**/idporten/authorize/selector*')
  }))

  test('7: log-out from another service, MinProfil', () => visit(async (page) => {
    await ask(page, own)
    await testID(page, 'betydelig')
    await assertIn(page, own, 'betydelig')
    await page.goto(minProfil) // by SSO
    await page.waitForURL(`**${minProfil}`)
    await page.getByRole('button', { name: 'Logg ut' }).click()
    await page.getByText('Du er logget ut.').waitFor()
    await assertOut(page, own)
  }))

  test('9: forced login', () => visit(async (page) => {
    await ask(page, own)
    await testID(page, 'betydelig')
    await assertIn(page, own, 'betydelig')
    await ask(page, testClient, 'betydelig', true)
    await testID(page, 'betydelig')
    await assertIn(page, testClient, 'betydelig')
  }))

  test('10: on behalf of', () => visit(async (page) => {
    const asked = page.waitForRequest('**/idporten/authorize?*')
    await ask(page, own)
    await page.goto(`${(await asked).url()}&onbehalfof=310000051`)
    await testID(page, 'betydelig')
    await assertIn(page, own, 'betydelig')
    await page.getByLabel('id_token', { exact: true }).filter({ hasText: '"client_onbehalfof": "310000051"' }).waitFor({ state: 'attached' })
  }))

  test('11: language', () => visit(async (page) => {
    await page.goto(own)
    await page.getByRole('link', { name: 'Nynorsk' }).click()
    await page.getByRole('button', { name: 'Logg inn med ID-porten' }).click()
    await page.waitForURL('**/idporten/authorize/selector*')
    assert.equal(await page.locator('html').getAttribute('lang'), 'nn')
    await page.getByRole('link', { name: 'TestID på nivå høgt' }).click()
    await page.getByRole('button', { name: 'Autentiser' }).click()
    await page.getByRole('heading', { name: 'Du er logga inn' }).waitFor()
  }))
})

test('a citizen chooses the language in the register', () => visit(async (page) => {
  await ask(page, own)
  await testID(page, 'betydelig')
  await assertIn(page, own, 'betydelig')
  await page.getByRole('combobox', { name: 'Språk i registeret' }).selectOption('se')
  await page.getByRole('button', { name: 'Lagre språket' }).click()
  await page.locator('pre').filter({ hasText: '"spraak": "se"' }).first().waitFor()
  const answer = await page.request.get(`/sandbox/v1/persons/${person}`)
  assert.equal((await answer.json()).spraak, 'se')
}))

test('who cancels comes back without a login', () => visit(async (page) => {
  await ask(page, own)
  await page.getByRole('link', { name: /TestID på nivå høyt/ }).click()
  await page.getByRole('button', { name: 'Avbryt' }).click()
  await page.waitForURL(`**${own}`)
  await page.getByText('Du avbrøt innloggingen.').waitFor()
}))

test('a person is found by words and chosen from the list', () => visit(async (page) => {
  await ask(page, own)
  await page.getByRole('link', { name: /TestID på nivå høyt/ }).click()
  await page.getByLabel('Finn en person').fill('begge-gamle')
  await page.getByRole('button', { name: 'Søk' }).click()
  const found = page.getByRole('radio').first()
  const pid = await found.getAttribute('value')
  await found.check()
  await page.getByRole('button', { name: 'Autentiser' }).click()
  await page.getByRole('button', { name: 'Bekreft og gå videre' }).click() // both addresses are old
  await page.waitForURL(`**${own}`)
  assert.ok((await facts(page)).includes(pid))
}))

test('a wrong number is explained beside the field', () => visit(async (page) => {
  await ask(page, own)
  await page.getByRole('link', { name: /TestID på nivå høyt/ }).click()
  const field = page.getByLabel('Personidentifikator (syntetisk)')
  await field.fill('05840399896')
  await page.getByRole('button', { name: 'Autentiser' }).click()
  await page.getByRole('alert').getByText('Kontrollsifrene stemmer ikke').waitFor()
  assert.equal(await field.getAttribute('aria-invalid'), 'true')
  await field.fill(person)
  await page.getByRole('button', { name: 'Autentiser' }).click()
  await assertIn(page, own, 'høyt')
}, { expected: /status of 422/ }))

test('logging in and out takes a keyboard only', () => visit(async (page) => {
  // on moves the focus until it is on something with that name.
  const on = async (name) => {
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press('Tab')
      const focused = await page.evaluate(() => {
        const e = document.activeElement
        return (e.labels?.[0]?.innerText ?? e.innerText ?? e.value ?? '').trim()
      })
      if (focused.startsWith(name)) return
    }
    assert.fail(`the keyboard does not reach ${name} at ${page.url()}`)
  }
  const press = async (key, url) => {
    await Promise.all([page.waitForURL(url), page.keyboard.press(key)])
  }
  await page.goto(own)
  await on('Logg inn med ID-porten')
  await press('Enter', '**/authorize/selector*')
  await on('TestID på nivå høyt')
  await press('Enter', '**/authorize/testid*')
  await on('Personidentifikator')
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(person)
  await on('Autentiser')
  await press('Enter', `**${own}`)
  await assertIn(page, own, 'høyt')
  await on('Logg ut')
  await page.keyboard.press('Enter')
  await page.getByRole('status').getByText('Du er logget ut').waitFor()
}))

// The pages on the way, each with what leads to it from the one before.
const steps = [
  ['demo', (page) => page.goto(own)],
  ['selector', (page) => page.getByRole('button', { name: 'Logg inn med ID-porten' }).click()],
  ['login', (page) => page.getByRole('link', { name: /TestID på nivå betydelig/ }).click()],
  ['demo-in', (page) => page.getByRole('button', { name: 'Autentiser' }).click()],
  ['demo-sent', async (page) => { for (const one of await page.locator('details summary').all()) await one.click() }],
  ['demo-test', (page) => page.goto(testClient)],
]

for (const size of Object.keys(sizes)) {
  test(`the pages are sound at ${sizes[size].width}`, () => visit(async (page) => {
    for (const [name, go] of steps) {
      await go(page)
      await page.waitForLoadState('load')
      await assertSound(page, size, async (scheme) => {
        if (process.env.SCREENSHOTS) {
          await page.screenshot({ path: join(process.env.SCREENSHOTS, `${name}-${size}-${scheme}.png`), fullPage: true })
        }
      })
    }
  }, { size }))
}
