// MinProfil in a real browser: each journey by what the page says, what the register
// then has, and what went to the outbox. Sources: "Dine kontaktopplysninger" and
// "Attributter i kontakt- og reservasjonsregisteret" (Digdir).
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { assertFits, sizes } from './browser.mjs'
import { logIn, now, startCitizens } from './citizen.mjs'

let box
before(async () => { box = await startCitizens() })
after(() => box?.stop())

const at = '/minprofil/'
const press = (page, name) => page.getByRole('button', { name, exact: true }).click()
const mobile = (page) => page.getByLabel('Mobilnummer', { exact: true })
const email = (page) => page.getByLabel('E-postadresse', { exact: true })
const said = (page, text) => page.getByRole('status').getByText(text).waitFor()
// poll lets the page believe that it is time to ask whether something was changed.
const poll = (page) => Promise.all([page.waitForResponse('**/minprofil/endret?*'), page.clock.fastForward(5_000)])
const latest = async (one) => (await box.messages({ person: one.personidentifikator, limit: 1, wait: '5s' }))[0]

test('a changed address is confirmed, and the other is left alone', async () => {
  const one = await box.create('-1d')
  await box.browse({}, async (page) => {
    await logIn(page, one, { at })
    await page.waitForURL(`**${at}`)
    await email(page).fill('helt.ny@example.com')
    await press(page, 'Lagre')
    await said(page, 'Lagret.')
    assert.match(await page.locator('.effects').innerText(), /epostadresse\s+blir helt\.ny@example\.com/)
    const changed = { epostadresse: 'helt.ny@example.com', epostadresse_oppdatert: now, epostadresse_sist_verifisert: now }
    assert.deepEqual(await box.changes(one), changed)
    const { to, subject } = await latest(one)
    assert.deepEqual([to, subject], [one.kontaktinformasjon.epostadresse, 'Kontaktopplysningene dine er endret'])

    await mobile(page).fill('0000')
    await press(page, 'Lagre')
    await page.locator('#om-sms').getByText('Mobilnummeret er ugyldig.').waitFor()
    await mobile(page).fill('41 23 45 68')
    await mobile(page).press('Tab') // then the fault gives way to the button
    await press(page, 'Send kode på SMS')
    await page.getByLabel('Kode', { exact: true }).fill((await latest(one)).code)
    await press(page, 'Bekreft koden')
    await page.getByText('Koden var riktig.').waitFor()
    await press(page, 'Lagre')
    await said(page, 'Lagret.')
    const { mobiltelefonnummer, ...rest } = await box.changes(one)
    assert.equal(mobiltelefonnummer, '+4741234568')
    assert.deepEqual(rest, { ...changed, mobiltelefonnummer_oppdatert: now, mobiltelefonnummer_sist_verifisert: now, mobiltelefonnummer_sist_validert: now })
    await press(page, 'Lagre')
    await said(page, 'Ingenting var endret.')
  })
})

test('who reserves chooses no mailbox until they take it back', async () => {
  const one = await box.create('-1d')
  await box.browse({ size: 'phone' }, async (page) => {
    await logIn(page, one, { at })
    await press(page, 'Reserver meg')
    await said(page, 'Lagret.')
    assert.deepEqual(await box.changes(one), { reservasjon: 'JA', reservasjonstidspunkt: now, reservasjon_oppdatert: now, varslingsstatus: 'KAN_IKKE_VARSLES' })
    assert.match((await latest(one)).text, /^Du har reservert deg/)
    await page.getByText('Du har reservert deg og kan ikke velge postkasse.').waitFor()
    assert.equal(await page.getByRole('button', { name: 'Lagre postkassen' }).count(), 0)
    await assertFits(page, sizes.phone)
    await press(page, 'Opphev reservasjonen')
    await said(page, 'Lagret.')
    assert.deepEqual(await box.changes(one), { reservasjon_oppdatert: now })
    assert.match((await latest(one)).text, /^Du er ikke lenger reservert/)
    await page.getByRole('button', { name: 'Lagre postkassen' }).waitFor()
  })
})

test('a mailbox is chosen, changed and left, at level high only', async () => {
  const one = await box.create('-1d')
  const choose = async (page, label, done, text, changes) => {
    await page.getByLabel(label, { exact: true }).check()
    await press(page, 'Lagre postkassen')
    await said(page, done)
    assert.deepEqual(await box.changes(one), changes)
    const { channel, text: got } = await latest(one)
    assert.equal(channel, 'sms')
    assert.match(got, text)
  }
  await box.browse({ script: false }, async (page) => {
    await logIn(page, one, { at, link: 'TestID på nivå betydelig' })
    assert.equal(await page.getByRole('button', { name: 'Lagre postkassen' }).count(), 0)
    await page.getByRole('link', { name: 'Logg inn på nivå høyt' }).click()
    await page.getByRole('link', { name: 'TestID på nivå høyt' }).click()
    await page.getByLabel('Personidentifikator (syntetisk)').fill(one.personidentifikator)
    await press(page, 'Autentiser')
    const chosen = { postkassetilstand: 'aktiv', sertifikattilstand: 'gyldig' }
    await choose(page, 'Ja, i e-Boks', 'Lagret.', /^Du har valgt e-Boks/, { postkasse: '922020175', ...chosen })
    await choose(page, 'Bytt til Digipost', 'Lagret.', /^Du har valgt Digipost/, { postkasse: '984661185', ...chosen })
    await choose(page, 'Slutt å bruke Digipost', 'Lagret.', /^Du har ikke lenger noen digital postkasse/, {})
  })
})

test('the language of messages is chosen, and that of the pages is another', async () => {
  const one = await box.create('-1d')
  await box.browse({}, async (page) => {
    await logIn(page, one, { at })
    await page.getByRole('combobox', { name: 'Språk i meldinger' }).selectOption('nn')
    await press(page, 'Lagre språket')
    await said(page, 'Lagret.')
    assert.equal(await page.locator('html').getAttribute('lang'), 'nb')
    assert.deepEqual(await box.changes(one), { spraak: 'nn', spraak_oppdatert: now })
    await press(page, 'Send kode på SMS')
    assert.match((await latest(one)).text, /^Koden din er 12345\. Han gjeld/)
    await page.getByRole('link', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'Your contact details' }).waitFor()
    assert.deepEqual(await box.changes(one), { spraak: 'nn', spraak_oppdatert: now })
  })
})

test('gotoUrl leads back to a known service and nowhere else', async () => {
  const one = await box.create('-1d')
  const to = (target) => `${at}?gotoUrl=${encodeURIComponent(target)}`
  await box.browse({}, async (page) => {
    const back = page.getByRole('link', { name: 'Tilbake til tjenesten' })
    const demo = `${box.base}/demo/`
    await logIn(page, one, { at: to(demo) }) // kept on the way through the login
    assert.equal(await back.getAttribute('href'), demo)
    for (const [target, why] of [
      ['javascript:alert(1)', 'begynne med https://'], ['//evil.example/', 'begynne med https://'], ['/demo/', 'begynne med https://'],
      [demo.toUpperCase(), 'små bokstaver'], ['https://evil.example/', 'verten er ikke kjent'], ['http://127.0.0.1@evil.example/', 'begynne med https://'],
      [`${demo}\\@evil.example`, 'ikke en adresse'],
    ]) {
      await page.goto(to(target))
      assert.equal(new URL(page.url()).pathname, at, target)
      await page.getByText(why).waitFor()
      assert.equal(await back.count(), 0, target)
      assert.deepEqual(await page.locator('a').evaluateAll((all) => all.map((a) => a.href).filter((href) => href && !href.startsWith(location.origin))), [], target)
      assert.equal(await page.getByRole('button', { name: 'Logg ut' }).count(), 1)
    }
    await page.goto(to(demo))
    await back.click()
    await page.waitForURL('**/demo/')
    await page.goto(at)
    await press(page, 'Logg ut')
    await page.getByText('Du er logget ut.').waitFor()
  })
})

test('of two browsers the last one wins, and the first is told', async () => {
  const one = await box.create('-1d')
  await box.browse({}, (first) => box.browse({ script: false }, async (second) => {
    await first.clock.install()
    await logIn(first, one, { at })
    await logIn(second, one, { at })
    await email(first).fill('den.foerste@example.com')
    await press(first, 'Lagre')
    await said(first, 'Lagret.')
    await email(second).fill('den.siste@example.com')
    await press(second, 'Lagre')
    await said(second, 'Noe var endret et annet sted siden du så siden; det du lagret nå, gjelder.')
    assert.deepEqual(await box.changes(one), { epostadresse: 'den.siste@example.com', epostadresse_oppdatert: now, epostadresse_sist_verifisert: now })
    await poll(first)
    await said(first, 'Opplysningene er endret et annet sted.') // without a reload
    assert.equal(await email(first).inputValue(), 'den.foerste@example.com')
    await first.getByRole('link', { name: 'Vis dem' }).click()
    await said(first, 'Opplysningene er endret et annet sted siden du sist så dem.')
    assert.equal(await email(first).inputValue(), 'den.siste@example.com')
    await first.reload()
    assert.equal(await first.getByText('et annet sted').count(), 0, 'told once')
  }))
})

test('an open page says that one is logged out elsewhere', async () => {
  const one = await box.create('-1d')
  await box.browse({}, async (page) => {
    await page.clock.install()
    await logIn(page, one, { at })
    const other = await page.context().newPage()
    await other.goto(at)
    await press(other, 'Logg ut')
    await other.getByText('Du er logget ut.').waitFor()
    await email(page).fill('for.sent@example.com')
    await poll(page)
    await said(page, 'Du er logget ut.')
    await press(page, 'Lagre')
    await page.getByRole('heading', { level: 1 }).waitFor()
    assert.deepEqual(await box.changes(one), {})
  })
})

test('whom the operator deletes is asked to register anew', async () => {
  const one = await box.create('-1d')
  await box.browse({}, async (page) => {
    await page.clock.install()
    await page.goto(`/person/${one.personidentifikator}`)
    await press(page, 'Logg inn som')
    await page.getByRole('heading', { name: 'Dine kontaktopplysninger' }).waitFor()
    const operator = await page.context().newPage()
    await operator.goto(`/person/${one.personidentifikator}/endre`)
    await press(operator, 'Slett fra registeret')
    await operator.waitForURL(`**/person/${one.personidentifikator}*`)
    assert.deepEqual(Object.keys(await box.person(one.personidentifikator)).filter((name) => ['kontaktinformasjon', 'digital_post', 'reservasjon'].includes(name)), [])
    assert.equal((await box.changes(one)).status, 'SLETTET')
    await poll(page)
    await said(page, 'Opplysningene er endret et annet sted.')
    await page.reload()
    assert.deepEqual([await mobile(page).inputValue(), await email(page).inputValue()], ['', ''])

    await page.context().clearCookies()
    await logIn(page, one) // the citizen's own API has nothing either
    await page.getByText('Vises fordi registeret ikke har kontaktopplysninger om deg.').waitFor()
    await press(page, 'Bekreft og gå videre')
    await page.waitForURL('**/demo/')
    await page.locator('pre', { hasText: '"status": "SLETTET"' }).first().waitFor({ state: 'attached' })
    assert.equal(await page.locator('pre', { hasText: 'epostadresse' }).count(), 0)
  })
})
