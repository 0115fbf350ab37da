// The dialog that asks at login whether contact data is right, in a real browser:
// each journey by what the page says, what the register then has, and what went to
// the outbox. Sources: the slides "KRR: Datakvalitet, forbedringer og nyheter"
// (2024) and the public code of the dialog (2021).
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'

import { assertFits, assertSound, sizes } from './browser.mjs'
import { confirm, dialog, logIn, now, shoot, startCitizens } from './citizen.mjs'

let box
before(async () => { box = await startCitizens() })
after(() => box?.stop())

const press = (page, name) => page.getByRole('button', { name, exact: true }).click()
const mobile = (page) => page.getByLabel('Mobilnummer', { exact: true })
const email = (page) => page.getByLabel('E-postadresse', { exact: true })
const outOf = (page) => page.waitForURL('**/demo/')
const confirmed = { epostadresse_sist_verifisert: now, mobiltelefonnummer_sist_verifisert: now }

test('unchanged contact data is confirmed by one press, and the next login is silent', async () => {
  const one = await box.create('-91d')
  await box.browse({}, async (page) => {
    await logIn(page, one)
    await page.waitForURL(dialog)
    await page.getByText('Vises fordi det er mer enn 90 dager siden sist.').waitFor()
    const effects = await page.locator('.effects').innerText()
    for (const field of Object.keys(confirmed)) assert.match(effects, new RegExp(`${field}\\s+settes til nå`))
    assert.deepEqual(await box.changes(one), {}, 'nothing before the press')
    await press(page, confirm)
    await outOf(page)
    await page.getByRole('heading', { name: 'Du er logget inn' }).waitFor()
    assert.deepEqual(await box.changes(one), confirmed)
    assert.deepEqual(await box.messages({ person: one.personidentifikator }), [])
    await page.context().clearCookies()
    await logIn(page, one)
    await page.getByRole('heading', { name: 'Du er logget inn' }).waitFor()
  })
})

test('who has been there within 90 days is not asked', async () => {
  const one = await box.create('-90d')
  await box.browse({ script: false }, async (page) => {
    await logIn(page, one)
    await page.getByRole('heading', { name: 'Du er logget inn' }).waitFor()
    assert.deepEqual(await box.changes(one), {})
  })
})

test('a code proves an address, and a wrong one does not', async () => {
  const one = await box.create('-91d')
  const to = one.kontaktinformasjon.mobiltelefonnummer
  await box.browse({}, async (page) => {
    const type = async (code) => {
      await page.getByLabel('Kode', { exact: true }).fill(code)
      await press(page, 'Bekreft koden')
    }
    const refused = (text) => page.getByRole('alert').getByText(text, { exact: true }).waitFor()
    await logIn(page, one)
    await press(page, 'Send kode på SMS')
    await page.getByRole('heading', { name: 'Kode fra SMS' }).waitFor()
    const [sms] = await box.messages({ to, wait: '5s' })
    assert.match(sms.text, /^Koden din er 12345\. Den gjelder i 10 minutter\./)
    const [outbox] = await Promise.all([page.waitForEvent('popup'), page.getByRole('link', { name: 'koden ligger i utboksen' }).click()])
    await outbox.getByText(sms.text).first().waitFor()
    await outbox.close()

    await type('54321')
    await refused('Koden er feil. Du har 2 forsøk igjen.')
    assert.equal(await page.getByLabel('Kode', { exact: true }).evaluate((e) => e === document.activeElement), true, 'the focus is where to type anew')
    await type('54321')
    await refused('Koden er feil. Du har ett forsøk igjen.')
    await type('54321')
    await refused('For mange forsøk. Be om en ny kode.')
    await type('12345')
    await refused('For mange forsøk. Be om en ny kode.')
    assert.deepEqual(await box.changes(one), {})
    await press(page, 'Send ny kode')
    await page.getByRole('alert').waitFor({ state: 'detached' })
    await type('12345')
    await page.waitForURL(dialog)
    await page.getByText('Validert 25. november 2026').waitFor()
    assert.deepEqual(await box.changes(one), { mobiltelefonnummer_sist_validert: now })

    await email(page).fill('ny.adresse@example.com') // the code goes to what is typed
    await page.getByRole('button', { name: 'Send kode på e-post' }).hover()
    await Promise.all([page.waitForResponse('**/sjekk?*'), page.mouse.down()]) // the answer must not take the button away
    await page.mouse.up()
    await page.getByRole('heading', { name: 'Kode fra e-post' }).waitFor()
    const [mail] = await box.messages({ to: 'ny.adresse@example.com', wait: '5s' })
    await type(mail.code)
    await page.waitForURL(dialog)
    assert.equal(await email(page).inputValue(), 'ny.adresse@example.com')
    await page.getByText('Koden var riktig.').waitFor()
    assert.deepEqual(await box.changes(one), { mobiltelefonnummer_sist_validert: now }, 'not before the last press')
    await press(page, confirm)
    await outOf(page)
    assert.deepEqual(await box.changes(one), {
      ...confirmed, mobiltelefonnummer_sist_validert: now,
      epostadresse: 'ny.adresse@example.com', epostadresse_oppdatert: now, epostadresse_sist_validert: now,
    })
    const [notice] = await box.messages({ to: one.kontaktinformasjon.epostadresse, wait: '5s' })
    assert.equal(notice.subject, 'Kontaktopplysningene dine er endret')
  })
})

for (const script of [true, false]) {
  test(`a number that somebody has is warned of and taken, ${script ? 'with' : 'without'} script`, async () => {
    const [one, other] = [await box.create('-91d'), await box.create('-1d')]
    const shared = other.kontaktinformasjon.mobiltelefonnummer
    await box.browse({ script }, async (page) => {
      const warning = page.getByText('Dette mobilnummeret er registrert på andre.')
      await logIn(page, one)
      await mobile(page).fill(shared.replace('+47', ''))
      if (script) {
        await mobile(page).press('Tab')
        await warning.waitFor()
        await shoot(page, 'warned')
      } else {
        await press(page, confirm)
        await page.getByRole('alert').getByText('Se over det som er merket, og trykk en gang til.').waitFor()
        assert.deepEqual(await box.changes(one), {}, 'nothing at the first press')
        await warning.waitFor()
      }
      const [help] = await Promise.all([page.waitForEvent('popup'), page.getByRole('link', { name: 'Hva betyr det?' }).click()])
      await help.getByRole('heading', { name: 'Samme kontaktopplysninger på flere' }).waitFor()
      await help.close()
      await press(page, confirm)
      await outOf(page)
    })
    assert.deepEqual(await box.changes(one), { ...confirmed, mobiltelefonnummer: shared, mobiltelefonnummer_oppdatert: now, mobiltelefonnummer_duplisert: 'JA' })
    assert.deepEqual(await box.changes(other), { mobiltelefonnummer_duplisert: 'JA' })
  })
}

test('what the register would not take is said beside its field', async () => {
  const one = await box.create('-91d')
  await box.browse({}, async (page) => {
    const fault = (field, text) => page.locator(`#om-${field}`).getByText(text, { exact: true }).waitFor()
    await logIn(page, one)
    await mobile(page).fill('00000000')
    await email(page).fill('test@domaindotcom')
    await press(page, confirm)
    await fault('sms', 'Mobilnummeret er ugyldig.')
    await fault('epost', 'E-postadressen er ugyldig.')
    assert.match(await page.title(), /^Feil: /)
    assert.equal(await mobile(page).inputValue(), '00000000')
    assert.equal(await mobile(page).getAttribute('aria-invalid'), 'true')
    assert.equal(await mobile(page).evaluate((e) => e === document.activeElement), true, 'the focus is on the first fault')
    assert.equal(await page.locator('.effects').count(), 0, 'no effects are promised')
    await shoot(page, 'faults')
    await mobile(page).fill('')
    await email(page).fill('')
    await press(page, confirm)
    await page.getByRole('alert').getByText('Du må oppgi mobilnummer eller e-post, eller begge.').waitFor()
    assert.deepEqual(await box.changes(one), {})
  })
})

test('a mobile is removed after a warning', async () => {
  const one = await box.create('-91d')
  await box.browse({ script: false }, async (page) => {
    await logIn(page, one)
    await mobile(page).fill('')
    await press(page, confirm)
    await page.getByText('Du er i ferd med å fjerne mobilnummeret.').waitFor()
    assert.deepEqual(await box.changes(one), {})
    await press(page, confirm)
    await outOf(page)
  })
  const { mobiltelefonnummer, ...gone } = await box.changes(one)
  assert.equal(mobiltelefonnummer, null)
  assert.deepEqual(gone, {
    epostadresse_sist_verifisert: now, mobiltelefonnummer_oppdatert: null, mobiltelefonnummer_sist_verifisert: null, mobiltelefonnummer_duplisert: null,
  })
})

test('who is not in the register comes in with what is typed, and not without', async () => {
  const one = await box.stranger()
  await box.browse({ size: 'phone' }, async (page) => {
    await logIn(page, one)
    await page.getByText('Vises fordi registeret ikke har kontaktopplysninger om deg.').waitFor()
    await assertFits(page, sizes.phone)
    await press(page, confirm)
    await outOf(page)
    assert.deepEqual(await box.changes(one), {})
    await page.context().clearCookies()
    await logIn(page, one)
    await email(page).fill('aller.foerst@example.com')
    await press(page, confirm)
    await outOf(page)
    assert.deepEqual(await box.changes(one), {
      status: 'AKTIV', reservasjon: 'NEI', varslingsstatus: 'KAN_VARSLES',
      epostadresse: 'aller.foerst@example.com', epostadresse_duplisert: 'NEI', epostadresse_oppdatert: now, epostadresse_sist_verifisert: now,
    })
  })
})

test('a mailbox is chosen on the way', async () => {
  const one = await box.create('-91d')
  await box.browse({}, async (page) => {
    await logIn(page, one)
    const offer = page.getByRole('group', { name: 'Digital postkasse' })
    assert.equal(await offer.getByLabel('Nei').isChecked(), true)
    await offer.getByLabel('Ja, i Digipost').check()
    await press(page, confirm)
    await outOf(page)
  })
  assert.deepEqual(await box.changes(one), { ...confirmed, postkasse: '984661185', postkassetilstand: 'aktiv', sertifikattilstand: 'gyldig' })
  const [sms] = await box.messages({ to: one.kontaktinformasjon.mobiltelefonnummer, wait: '5s' })
  assert.match(sms.text, /^Du har valgt Digipost som digital postkasse\./)
})

test('login, dialog, change and code take a keyboard only', async () => {
  const one = await box.create('-91d')
  await box.browse({}, async (page) => {
    // on moves the focus until it is on something with that name.
    const on = async (name) => {
      for (let i = 0; i < 40; i++) {
        await page.keyboard.press('Tab')
        const focused = await page.evaluate(() => {
          const e = document.activeElement
          return (e.labels?.[0]?.innerText ?? e.innerText ?? e.value ?? '').trim()
        })
        if (focused === name) return
      }
      assert.fail(`the keyboard does not reach ${name} at ${page.url()}`)
    }
    const enter = (url) => Promise.all([page.waitForURL(url), page.keyboard.press('Enter')])
    const type = async (text) => {
      await page.keyboard.press('ControlOrMeta+A')
      await page.keyboard.type(text)
    }
    await page.goto('/minprofil/')
    await page.getByRole('link', { name: 'TestID på nivå høyt' }).focus()
    await enter('**/authorize/testid*')
    await on('Personidentifikator (syntetisk)')
    await type(one.personidentifikator)
    await on('Autentiser')
    await enter(dialog)
    await on('Mobilnummer')
    await type('41 23 45 67')
    await Promise.all([page.waitForResponse('**/sjekk?*'), on('Send kode på SMS')]) // nor the focus
    await enter('**/kode?til=sms')
    await page.waitForFunction(() => document.activeElement.id === 'kode') // the field has the focus
    await page.keyboard.type('12345')
    await enter(`${dialog}#felt-sms`) // the keyboard is back where it was
    await page.getByText('Koden var riktig.').waitFor()
    await on('Mobilnummer')
    await on('E-postadresse')
    await enter('**/minprofil/') // Enter in a field is the button
    await page.getByRole('heading', { name: 'Dine kontaktopplysninger' }).waitFor()
  })
  assert.deepEqual(await box.changes(one), {
    ...confirmed, mobiltelefonnummer: '+4741234567', mobiltelefonnummer_oppdatert: now, mobiltelefonnummer_sist_validert: now,
  })
})

for (const [locale, link, button, title] of [
  ['nn-NO', 'TestID på nivå høgt', 'Stadfest og gå vidare', 'Er kontaktopplysningane dine rette?'],
  ['en-GB', 'TestID at level high', 'Confirm and continue', 'Are your contact details correct?'],
]) {
  test(`the dialog is whole in ${locale}`, async () => {
    const one = await box.create('-91d')
    await box.browse({ locale }, async (page) => {
      const whole = async () => assert.doesNotMatch(await page.locator('body').innerText(), /\[[a-z]+\.[a-z.]+\]|%!/)
      await logIn(page, one, { at: '/minprofil/', link, field: /synt/, button: /^Aut/ })
      assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), title)
      await whole()
      await page.locator('button[value=kode-sms]').click()
      await page.waitForURL('**/kode?til=sms')
      await whole()
      await page.locator('#kode').fill('12345')
      await page.locator('#kode').press('Enter')
      await page.waitForURL(dialog)
      await press(page, button)
      await page.waitForURL('**/minprofil/')
      assert.equal(await page.locator('html').getAttribute('lang'), locale.slice(0, 2))
      await whole()
    })
    assert.deepEqual(await box.changes(one), { ...confirmed, mobiltelefonnummer_sist_validert: now })
  })
}

// The pages on the way, each with what leads to it from the one before.
const steps = [
  ['dialog', async (page, one) => {
    await logIn(page, one, { at: '/minprofil/' })
    await page.getByText('Bytt', { exact: true }).click()
    await page.getByLabel('Bytt til e-Boks').waitFor()
  }],
  ['dialog-faulty', async (page) => {
    await mobile(page).fill('00000000')
    await press(page, confirm)
    await page.getByText('Mobilnummeret er ugyldig.').waitFor()
  }],
  ['dialog-warned', async (page, _, other) => {
    await mobile(page).fill(other.kontaktinformasjon.mobiltelefonnummer)
    await press(page, confirm)
    await page.getByText('registrert på andre').waitFor()
  }],
  ['code', (page) => press(page, 'Send kode på SMS')],
  ['code-wrong', async (page) => {
    await page.getByLabel('Kode', { exact: true }).fill('1')
    await press(page, 'Bekreft koden')
    await page.getByText('Koden er feil.').waitFor()
  }],
  ['minprofil', async (page) => {
    await page.getByRole('link', { name: 'Tilbake' }).click()
    await press(page, confirm)
  }],
  ['minprofil-saved', async (page) => {
    await press(page, 'Reserver meg')
    await page.getByRole('status').getByText('Lagret.').waitFor()
  }],
  ['shared', (page) => page.goto('/minprofil/delt')],
  ['out', async (page) => {
    await page.getByRole('link', { name: 'Tilbake' }).click()
    await press(page, 'Logg ut')
    await page.getByText('Du er logget ut.').waitFor()
  }],
]

for (const size of Object.keys(sizes)) {
  test(`the pages are sound at ${sizes[size].width}`, async () => {
    const [one, other] = [await box.create('-20m', { digital_post: { postkasseleverandoeradresse: '984661185', postkasseadresse: 'innbygger#AB12' } }), await box.create('-1d')]
    await box.browse({ size }, async (page) => {
      for (const [name, go] of steps) {
        await go(page, one, other)
        await page.waitForLoadState('load')
        assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1, name)
        assert.deepEqual(await page.locator('main :is(input:not([type=hidden]), select, button:not(.first), a)').evaluateAll((all, width) =>
          all.filter((e) => e.checkVisibility() && (e.getBoundingClientRect().left < 0 || e.getBoundingClientRect().right > width)).map((e) => e.outerHTML), sizes[size].width), [], `${name}: cut off`)
        await assertSound(page, size, (scheme) => shoot(page, `${name}-${size}-${scheme}`))
      }
    })
  })
}
