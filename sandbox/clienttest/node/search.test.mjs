// The search page in a real browser: by mouse alone, by keyboard alone, without
// script, and on a phone. SCREENSHOTS=folder keeps a picture of each state.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { assertAccessible, assertFits, assertSound as assertSoundInBoth, launch, sizes, visitWith } from './browser.mjs'
import { startSandbox } from './server.mjs'

// Somebody over 70 with an expired e-mail, a fresh mobile and Digipost, who has not reserved.
const wanted = 'alder > 70 and epostTilstand:utgaatt and mobilTilstand:fersk and reservasjon:NEI and postkasse:digipost'
const groups = [['E-post', 'Utgått'], ['Mobil', 'Fersk'], ['Reservasjon', 'Ikke reservert'], ['Digital postkasse', 'Digipost']]

let sandbox, browser
before(async () => {
  sandbox = await startSandbox('--seed', '7')
  browser = await launch()
})
after(async () => {
  await browser?.close()
  await sandbox?.stop()
})

const open = (how, visit) => visitWith(browser, sandbox.base, how, visit)

async function shoot(page, name) {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: join(process.env.SCREENSHOTS, `search-${name}.png`) })
}

async function assertSound(page, name, size) {
  await shoot(page, name)
  await assertFits(page, sizes[size])
  await assertAccessible(page)
}

const api = async (params) => (await fetch(`${sandbox.base}/sandbox/v1/persons?${new URLSearchParams(params)}`)).json()
const queryOf = (url) => new URL(url).searchParams.get('q')
const has = (q) => (url) => url.searchParams.get('q') === q
const numbers = (page) => page.locator('.hits tbody .number').allInnerTexts()
const checkbox = (page, [group, option]) => page.getByRole('group', { name: group, exact: true }).getByRole('checkbox', { name: option })

// The total, the KQL and the first person are what the API says of the query.
async function assertFound(page) {
  const { total, persons } = await api({ q: wanted, limit: 20 })
  assert.ok(total > 0, 'the population has such persons')
  assert.match(await page.locator('.count').innerText(), new RegExp(`^${total}\\s+treff`))
  assert.equal(await page.locator('.kql code').innerText(), wanted)
  assert.deepEqual(await numbers(page), persons.map((p) => p.personidentifikator))
}

test('the person one needs is found by mouse alone in at most seven clicks', () =>
  open({}, async (page) => {
    await page.goto('/')
    let clicks = 0
    const click = async (target, q) => {
      await target.click()
      clicks++
      await page.waitForURL((url) => (queryOf(url.href) ?? '').includes(q))
    }
    await click(page.getByRole('link', { name: 'Over 70 år' }), 'alder > 70')
    await click(checkbox(page, groups[0]), 'epostTilstand:utgaatt')
    await click(checkbox(page, groups[1]), 'mobilTilstand:fersk')
    await click(checkbox(page, groups[2]), 'reservasjon:NEI')
    await click(checkbox(page, groups[3]), 'postkasse:digipost')
    await assertFound(page)
    assert.ok(clicks <= 7, `it took ${clicks} clicks`)
    assert.deepEqual(
      (await page.locator('.chips .ds-chip').allInnerTexts()).map((s) => s.replace(/^Fjern:\s*/, '')),
      ['Over 70 år', 'E-post utgått', 'Mobil fersk', 'Ikke reservert', 'Digipost'],
    )
  }))

test('the same by keyboard alone', () =>
  open({}, async (page) => {
    await page.goto('/')
    const tabTo = async (is) => {
      for (let i = 0; i < 120; i++) {
        await page.keyboard.press('Tab')
        if (await page.evaluate(is)) return
      }
      assert.fail(`Tab never came to ${is}`)
    }
    await tabTo(`document.activeElement.id === 'alderFra'`)
    await page.keyboard.type('71')
    await page.keyboard.press('Tab')
    await page.waitForURL(has('alder > 70'))
    for (const [id, q] of [
      ['f-epostTilstand-utgaatt', 'epostTilstand:utgaatt'], ['f-mobilTilstand-fersk', 'mobilTilstand:fersk'],
      ['f-reservasjon-NEI', 'reservasjon:NEI'], ['f-postkasse-digipost', 'postkasse:digipost'],
    ]) {
      await tabTo(`document.activeElement.id === '${id}'`)
      await page.keyboard.press('Space')
      await page.waitForURL((url) => (queryOf(url.href) ?? '').includes(q))
      assert.equal(await page.evaluate('document.activeElement.id'), id, 'the focus stays')
    }
    await assertFound(page)
    await tabTo(`document.activeElement.matches('.hits tbody a')`)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(has(wanted))
    const { persons } = await api({ q: wanted, limit: 2 })
    await page.waitForURL((url) => url.searchParams.get('p') === persons[1].personidentifikator)
  }))

for (const size of Object.keys(sizes)) {
  test(`the same without script, ${size}`, () =>
    open({ size, script: false }, async (page) => {
      await page.goto('/')
      if (size === 'phone') await page.getByRole('button', { name: 'Filtre', exact: true }).click()
      await page.getByLabel('Alder fra og med').fill('71')
      for (const group of groups) await checkbox(page, group).check()
      await page.getByRole('button', { name: 'Vis treff' }).click()
      await page.waitForURL(has(wanted))
      await assertFound(page)
    }))
}

test('a phone opens the filters over the whole window and closes them', () =>
  open({ size: 'phone' }, async (page) => {
    await page.goto('/?q=status:AKTIV')
    assert.equal(await checkbox(page, groups[0]).isVisible(), false)
    await page.getByRole('button', { name: 'Filtre 1' }).click()
    await assertSound(page, 'filters-phone', 'phone')
    await checkbox(page, groups[0]).check()
    await page.waitForURL(has('epostTilstand:utgaatt and status:AKTIV'))
    assert.equal(await checkbox(page, groups[1]).isVisible(), true, 'the filters stay open')
    await page.getByRole('button', { name: 'Lukk filtrene' }).click()
    await page.getByRole('button', { name: 'Filtre 2' }).waitFor()
  }))

const states = {
  chosen: `/?q=${encodeURIComponent(wanted)}`,
  own: `/?q=${encodeURIComponent('ola epostOppdatert < nå-18m and (status:SLETTET or reservasjon:JA)')}`,
  edit: `/?q=${encodeURIComponent(wanted)}&rediger=ja`,
  fault: `/?q=${encodeURIComponent('status:AKTIV and epostTilstand:utgått2')}`,
  empty: `/?q=${encodeURIComponent('status:SLETTET and epostTilstand:fersk')}`,
  make: `/ny?q=${encodeURIComponent('status:SLETTET and antallBarn:3 and kjoenn:kvinne and postkasse:digipost and fylke:03')}`,
  sample: '/?q=status:AKTIV&tilfeldige=5&seed=3',
  sorted: '/?sort=-alder',
}
for (const size of Object.keys(sizes)) {
  test(`every state is sound, ${size}`, (t) =>
    open({ size }, async (page) => {
      for (const [name, path] of Object.entries(states)) {
        await t.test(name, async () => {
          await page.goto(path)
          await assertSoundInBoth(page, size, (scheme) => shoot(page, `${name}-${size}-${scheme}`))
        })
      }
    }))
}

test('a chip is removed and the focus goes to the next', () =>
  open({}, async (page) => {
    await page.goto(states.chosen)
    await page.getByRole('link', { name: 'Fjern: E-post utgått' }).click()
    await page.waitForURL(has(wanted.replace('epostTilstand:utgaatt and ', '')))
    assert.match(await page.evaluate('document.activeElement.innerText'), /Mobil fersk/)
    assert.equal(await checkbox(page, groups[0]).isChecked(), false)
    await page.getByRole('link', { name: 'Fjern alle' }).click()
    await page.locator('.chips').waitFor({ state: 'detached' })
    assert.equal(await page.locator('#filtre input:checked').count(), 0)
    await page.goBack()
    await page.locator('.chips .ds-chip').nth(3).waitFor()
    assert.equal(await page.locator('#filtre input:checked').count(), 3)
  }))

test('words and filters narrow each other, and the box keeps the words', () =>
  open({}, async (page) => {
    const { persons } = await api({ q: 'reservasjon:JA', limit: 1 })
    const word = persons[0].fornavn.toLowerCase().split(/[ -]/)[0]
    await page.goto('/?q=reservasjon:JA')
    await page.locator('#q').pressSequentially(word)
    await page.waitForURL(has(`${word} and reservasjon:JA`))
    await page.getByRole('link', { name: 'Fjern: Reservert' }).click()
    await page.waitForURL(has(word))
    assert.equal(await page.locator('#q').inputValue(), word)
  }))

test('completion offers fields with their meaning and puts them in', () =>
  open({}, async (page) => {
    await page.goto('/')
    await page.locator('#q').pressSequentially('eposttil')
    const option = page.getByRole('option', { name: /epostTilstand/ })
    await option.waitFor()
    assert.match(await option.innerText(), /18-månedersregelen/)
    await assertSound(page, 'completion', 'desktop')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.getByRole('option', { name: 'utgaatt' }).click()
    assert.equal(await page.locator('#q').inputValue(), 'epostTilstand:utgaatt')
    await page.waitForURL(has('epostTilstand:utgaatt'))
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'Fjern: E-post utgått' }).waitFor()
  }))

test('a bad query keeps the last hits and leads to the nearest good one', () =>
  open({}, async (page) => {
    await page.goto('/?q=status:AKTIV')
    const before = await numbers(page)
    await page.locator('#q').fill('epostTilstand:utgått2')
    await page.getByRole('alert').waitFor()
    assert.equal(await page.locator('.fault mark').innerText(), 'utgått2')
    assert.match(await page.getByRole('alert').innerText(), /Tegn 32: Feltet epostTilstand har ikke verdien «utgått2»/)
    assert.deepEqual(await numbers(page), before)
    await page.locator('.fault').getByRole('link', { name: 'utgaatt' }).first().click()
    await page.waitForURL(has('status:AKTIV and epostTilstand:utgaatt'))
    await page.getByRole('link', { name: 'Fjern: E-post utgått' }).waitFor()
  }))

test('nothing found offers each removal that helps', () =>
  open({ script: false }, async (page) => {
    await page.goto(states.empty)
    await page.getByText('alle de 2 kriteriene').waitFor()
    const { total } = await api({ q: 'epostTilstand:fersk', limit: 0 })
    const row = page.locator('.without li', { hasText: 'Fjern «Slettet»' })
    assert.equal((await row.locator('span').innerText()).replace(/\D/g, ''), String(total))
    await row.getByRole('link').click()
    assert.equal(queryOf(page.url()), 'epostTilstand:fersk')
  }))

test('nobody found is made, and found then', () =>
  open({ script: false }, async (page) => {
    const q = 'etternavn:liksomhet and alder > 70 and epostTilstand:utgaatt and mobilTilstand:fersk and spraak:se'
    await page.goto(`/?q=${encodeURIComponent(q)}`)
    await page.getByRole('link', { name: 'Lag en slik person' }).click()
    await page.getByLabel('Etternavn').waitFor()
    await page.getByRole('button', { name: 'Lag personen' }).click()
    await page.waitForURL(/\/person\/\d{11}/)
    const id = new URL(page.url()).pathname.slice(-11)
    await page.getByRole('link', { name: 'Til treffene' }).click()
    assert.deepEqual(await numbers(page), [id])
  }))

test('sorting, sampling and paging live in the address', () =>
  open({ script: false }, async (page) => {
    await page.goto('/?q=reservasjon:JA and alder > 50')
    await page.getByRole('link', { name: /alder/ }).click()
    await page.getByRole('link', { name: /alder/ }).click()
    assert.equal(new URL(page.url()).searchParams.get('sort'), '-alder')
    const { total, persons } = await api({ q: 'reservasjon:JA and alder > 50', sort: '-alder', limit: 1000 })
    const seen = []
    for (;;) {
      seen.push(...(await numbers(page)))
      const next = page.getByRole('link', { name: 'Neste 20' })
      if ((await next.count()) === 0) break
      await next.click()
      await page.waitForLoadState() // the link to the next page comes last
    }
    assert.equal(seen.length, total)
    assert.deepEqual(seen.slice(0, persons.length), persons.map((p) => p.personidentifikator))
    await page.getByRole('link', { name: '5 tilfeldige' }).click()
    const drawn = await numbers(page)
    const address = new URL(page.url()).searchParams
    const again = await api({ q: 'reservasjon:JA and alder > 50', sample: 5, seed: address.get('seed') })
    assert.deepEqual(drawn, again.persons.map((p) => p.personidentifikator))
  }))

test('all hits are exported in each format, and the KRR body is answered', () =>
  open({}, async (page) => {
    const { total, persons } = await api({ q: wanted, limit: 1000 })
    const ids = persons.map((p) => p.personidentifikator)
    await page.goto(states.chosen)
    await page.getByRole('button', { name: 'Eksporter' }).click()
    await assertSound(page, 'export', 'desktop')
    const file = async (name) => {
      const href = await page.getByRole('link', { name }).getAttribute('href')
      return (await fetch(sandbox.base + href)).text()
    }
    assert.deepEqual((await file('Numre')).trim().split('\n'), ids)
    assert.deepEqual((await file('CSV')).trim().split('\r\n').slice(1).map((line) => line.slice(0, 11)), ids)
    assert.deepEqual(JSON.parse(await file('JSON')), persons)
    const body = await file('Kropp til KRR')
    assert.deepEqual(JSON.parse(body).personidentifikatorer, ids)
    assert.equal(ids.length, total)
    const everybody = JSON.parse(await (await fetch(`${sandbox.base}/eksport.krr`)).text())
    assert.equal(everybody.personidentifikatorer.length, 1000)
    const lines = (await (await fetch(`${sandbox.base}/eksport.ids?q=status:AKTIV`)).text()).trim().split('\n')
    assert.equal(new Set(lines).size, (await api({ q: 'status:AKTIV', limit: 0 })).total)
    const list = await (await fetch(`${sandbox.base}/treff.json?q=${encodeURIComponent(wanted)}`)).json()
    assert.equal(list.treff, total)
    assert.deepEqual(list.personer.map((p) => p.personidentifikator), ids.slice(0, 20))
  }))

test('single keys do what controls do, and can be switched off', () =>
  open({}, async (page) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    const press = (key) => page.keyboard.press(key)
    const copies = async (is) => {
      for (let text = ''; !is(text); text = await page.evaluate(() => navigator.clipboard.readText())) await page.evaluate(() => new Promise(requestAnimationFrame))
    }
    const { persons } = await api({ q: wanted, limit: 3 })
    const [first, second] = persons.map((p) => p.personidentifikator)
    await page.goto(states.chosen)
    await press('/')
    assert.equal(await page.evaluate('document.activeElement.id'), 'q')
    await press('x') // typed, and nothing else
    assert.equal(await page.locator('#q').inputValue(), 'x')
    await page.goto(states.chosen)
    for (const key of ['j', 'j', 'k', 'j', 'Enter']) await press(key)
    await page.waitForURL((url) => url.searchParams.get('p') === second)
    await page.locator('.panel .number', { hasText: second }).waitFor()
    await press('c')
    await copies((text) => text === second)
    await press('y')
    await copies((text) => text.includes('curl') && text.includes(second))
    await press('o')
    await page.locator('.panel').waitFor({ state: 'detached' })
    await page.waitForURL(/panel=nei/)
    await assertSound(page, 'alone', 'desktop')
    await press('o')
    await page.locator('.panel').waitFor()
    await press('x')
    await page.waitForURL(has(wanted.replace(' and postkasse:digipost', '')))
    await press('f')
    assert.equal(await page.evaluate('document.activeElement.id'), 'alderFra')
    await page.evaluate(() => document.activeElement.blur())
    await press('?')
    await page.getByRole('dialog', { name: 'Hurtigtaster' }).waitFor()
    await assertSound(page, 'keys', 'desktop')
    await press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.goto(`/?q=${encodeURIComponent(wanted)}&p=${first}`)
    await press('j')
    await press('Enter') // chosen already
    await page.waitForURL(new RegExp(`/person/${first}`))
    await press('j')
    await page.waitForURL(new RegExp(`/person/${second}`))
    await press('g')
    await press('t')
    await page.waitForURL(/\/token$/)
    await press('/')
    await page.waitForURL((url) => url.pathname === '/')
    await press('g')
    await press('t')
    await page.waitForURL(/\/token$/)
    await page.getByRole('button', { name: 'Valg' }).click()
    await page.getByRole('group', { name: 'Hurtigtaster' }).getByRole('button', { name: 'Av' }).click()
    await page.waitForLoadState()
    await press('g')
    await press('h')
    await press('?')
    assert.equal(await page.getByRole('dialog').count(), 0)
    assert.match(page.url(), /\/token$/)
    await page.getByRole('button', { name: 'Valg' }).click()
    await page.getByRole('link', { name: 'Tegn og taster' }).click()
    await page.getByText('Tastene er slått av.').waitFor()
  }))

test('a slow search shows rows that load, and a quick one does not', () =>
  open({}, async (page) => {
    await page.clock.install()
    await page.goto('/')
    const row = await page.locator('.hits tbody tr').nth(3).boundingBox()
    let release
    await page.route('**/?*', async (route) => {
      await new Promise((resolve) => (release = resolve))
      await route.continue()
    })
    await page.clock.pauseAt(Date.now() + 3_600_000)
    const asked = page.waitForRequest('**/?*')
    await checkbox(page, groups[0]).check()
    await asked
    await page.clock.runFor(100)
    assert.equal(await page.locator('[aria-busy]').count(), 0)
    await page.clock.runFor(100)
    await page.locator('#treff[aria-busy=true]').waitFor()
    assert.equal((await page.locator('.count').innerText()).trim(), 'Søker …')
    assert.deepEqual(await page.locator('.hits tbody tr').nth(3).boundingBox(), row)
    await page.clock.resume()
    await assertSound(page, 'loading', 'desktop')
    release()
    await page.getByRole('link', { name: 'Fjern: E-post utgått' }).waitFor()
    assert.equal(await page.locator('[aria-busy]').count(), 0)
    assert.match(await page.locator('.count').innerText(), /treff/)
  }))

test('a page that loses contact stays, and asks again when there is somebody', () =>
  open({ expected: /htmx:error|Failed to load|503/ }, async (page) => {
    await page.clock.install()
    await page.goto('/')
    await page.route(/\/livez|\/\?/, (route) => route.abort())
    await page.getByRole('link', { name: 'Over 70 år' }).click()
    await page.getByRole('alert').getByText('Får ikke kontakt med Liksom.').waitFor()
    await page.getByText('Prøver igjen om 5 s.').waitFor()
    assert.equal(await page.locator('.hits tbody tr').count(), 20)
    await assertSound(page, 'lost', 'desktop')
    await page.unrouteAll()
    await page.clock.runFor(5000)
    await page.getByRole('link', { name: 'Fjern: Over 70 år' }).waitFor()
    await page.getByRole('alert').waitFor({ state: 'hidden' })
    await page.route((url) => url.pathname === '/', (route) => route.fulfill({ status: 503, body: 'no' }), { times: 1 })
    await page.getByRole('link', { name: 'Fjern: Over 70 år' }).click()
    await page.getByRole('alert').waitFor()
    await page.getByRole('button', { name: 'Prøv nå' }).click()
    await page.locator('.chips').waitFor({ state: 'detached' })
    await page.getByRole('alert').waitFor({ state: 'hidden' })
  }))

const hostile = {
  script: '"><script>alert(1)</script>', direction: 'ola \u202Eneerg \u2066x', long: 'æ'.repeat(10_000), terms: 'a '.repeat(900),
  nested: '('.repeat(500), image: 'visningnavn:"<img src=x onerror=alert(1)>"',
}
for (const size of Object.keys(sizes)) {
  test(`hostile queries are shown harmlessly, ${size}`, () =>
    open({ size }, async (page) => {
      page.on('dialog', () => assert.fail('a script ran'))
      for (const [name, q] of Object.entries(hostile)) {
        const answer = await page.goto(`/?q=${encodeURIComponent(q)}`)
        assert.equal(answer.status(), 200)
        assert.ok((await answer.body()).length < 400_000)
        await assertSound(page, `hostile-${name}-${size}`, size)
      }
    }))
}

for (const [locale, words] of [['nn-NO', ['Vis', 'Filter', 'Fjern: E-post utgått']], ['en-GB', ['Show', 'Filters', 'Remove: Email expired']]]) {
  test(`the filters speak ${locale}`, () =>
    open({ locale }, async (page) => {
      await page.goto(states.chosen)
      await page.getByRole('complementary', { name: words[1] }).waitFor()
      await page.getByRole('link', { name: words[2] }).waitFor()
      await assertSound(page, `language-${locale}`, 'desktop')
    }))
}
