// The outbox in a real browser. Its messages are reminders, which a moved clock makes
// due, and a code that a citizen asks for. SCREENSHOTS=folder keeps pictures.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { assertAccessible, assertFits, launch, sizes, visitWith } from './browser.mjs'
import { startSandbox } from './server.mjs'

let sandbox, quiet, browser
before(async () => {
  ;[sandbox, quiet, browser] = await Promise.all([startSandbox('--reference-date', '2026-11-25', '--clock', '2026-11-25T12:00:00+01:00'), startSandbox('--persons', '300'), launch()])
  await advance(sandbox, 'P2M')
})
after(async () => {
  await browser?.close()
  await Promise.all([sandbox?.stop(), quiet?.stop()])
})

const open = (how, visit) => visitWith(browser, sandbox.base, how, visit)

async function advance({ base }, period) {
  const answer = await fetch(`${base}/sandbox/v1/clock`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ advance: period }) })
  assert.equal(answer.status, 200, await answer.text())
}

const messages = async (query, { base } = sandbox) => (await (await fetch(`${base}/sandbox/v1/outbox?${query}`)).json()).messages

const shoot = async (page, name) => {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: join(process.env.SCREENSHOTS, `outbox-${name}.png`), fullPage: true })
}

for (const size of Object.keys(sizes)) {
  for (const scheme of ['light', 'dark']) {
    test(`the outbox is sound at ${sizes[size].width}, ${scheme}`, () =>
      open({ size, scheme }, async (page) => {
        const more = { narrowed: '/utboks?kanal=epost&type=paaminnelse&q=bekreft', nothing: '/utboks?q=finnesikke' }
        for (const [name, path] of Object.entries({ list: '/utboks?folg=nei', message: '/utboks/1', ...((size === 'phone') === (scheme === 'dark') && more) })) {
          assert.equal((await page.goto(path)).status(), 200, path)
          await shoot(page, `${name}-${size}-${scheme}`)
          assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1)
          await assertFits(page, sizes[size])
          await assertAccessible(page)
        }
      }))
  }
}

test('messages come while one looks at an empty outbox', () =>
  visitWith(browser, quiet.base, { scheme: 'dark' }, async (page) => {
    await page.goto('/utboks')
    await page.getByText('Ingen meldinger ennå').waitFor()
    assert.equal(await page.getByRole('link', { name: 'Be om en kode i MinProfil' }).getAttribute('href'), '/minprofil/')
    await shoot(page, 'empty')
    await assertFits(page, sizes.desktop)
    await assertAccessible(page)
    await advance(quiet, 'P9M')
    await page.locator('.messages li').first().waitFor()
    const [newest, second] = await messages('limit=2', quiet)
    assert.match(await page.locator('#antall').innerText(), /^\d+ meldinger$/)
    await page.locator('.detail h2', { hasText: new RegExp(newest.to.replace(/^\+47(...)(..)(...)$/, '$1.$2.$3')) }).waitFor() // the first to come is shown beside
    assert.ok(await page.getByRole('button', { name: 'Kopier som curl' }).isVisible())
    await page.locator('.messages a').nth(1).click()
    await page.waitForURL(`**/utboks/${second.nr}`)
    await page.getByRole('button', { name: 'Tøm utboksen' }).click()
    await page.getByText('Ingen meldinger ennå').waitFor()
    assert.deepEqual(await messages('', quiet), [])
  }))

for (const [size, script] of [['desktop', true], ['phone', false]]) {
  test(`a reminder is found and read ${script ? 'with' : 'without'} script, ${size}`, () =>
    open({ size, script }, async (page) => {
      const [sms] = await messages('channel=sms&limit=1')
      await page.goto('/')
      await page.getByRole('link', { name: 'Utboks', exact: true }).click()
      await page.getByRole('link', { name: 'SMS', exact: true }).click()
      await page.getByRole('searchbox').fill(sms.name)
      await page.getByRole('searchbox').press('Enter')
      await page.waitForURL(/kanal=sms/)
      await page.locator('.messages a').first().click()
      await page.waitForURL(new RegExp(`/utboks/${sms.nr}\\?`))
      assert.equal(await page.locator('.letter > p').textContent(), sms.text)
      await page.getByRole('link', { name: /^Påminnelse etter 16 måneder/ }).click()
      await page.waitForURL('**/utboks?type=paaminnelse')
      await page.getByRole('link', { name: /^Påminnelser/ }).click()
      await page.waitForURL('**/utboks')
      await page.goto(`/person/${sms.personidentifikator}`)
      await page.getByRole('link', { name: 'Meldinger' }).click()
      await page.waitForURL(`**/utboks?til=${sms.personidentifikator}`)
      assert.equal(await page.locator('.messages li').count(), 1)
    }))
}

test('a code comes while one looks, and is copied to where it was asked for', () =>
  visitWith(browser, quiet.base, {}, async (page) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    const patch = { kontaktinformasjon: { mobiltelefonnummer: '+4799994127' } }
    await fetch(`${quiet.base}/sandbox/v1/persons/05840399895`, { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify(patch) })
    await page.goto('/minprofil/')
    await page.getByRole('link', { name: 'TestID på nivå betydelig' }).click()
    await page.getByLabel('Personidentifikator (syntetisk)').fill('05840399895')
    await page.getByRole('button', { name: 'Autentiser' }).click()
    await page.waitForURL('**/minprofil/')
    const outbox = await page.context().newPage()
    await outbox.goto('/utboks?til=99994127')
    await outbox.getByText('Ingen meldinger').waitFor()
    await page.getByRole('button', { name: 'Send kode på SMS' }).click()
    await outbox.locator('.detail h2', { hasText: 'SMS til +47 999 94 127' }).waitFor()
    assert.equal(await outbox.locator('#gjelder').innerText(), '10 min igjen')
    await shoot(outbox, 'code')
    await assertAccessible(outbox)
    await page.getByRole('button', { name: 'Send ny kode' }).click()
    await outbox.locator('.messages li').nth(1).waitFor()
    assert.ok(await outbox.locator('.messages li').nth(1).evaluate((row) => row.classList.contains('chosen')), 'the chosen one stays')
    await outbox.getByRole('button', { name: 'Kopier kode' }).click()
    await outbox.locator('#said', { hasText: 'Kopiert' }).waitFor({ state: 'attached' })
    await page.getByLabel('Kode').fill(await outbox.evaluate(() => navigator.clipboard.readText()))
    await page.getByRole('button', { name: 'Bekreft koden' }).click()
    await page.waitForURL('**/minprofil/**')
    await advance(quiet, 'PT9M30S')
    await outbox.locator('#gjelder', { hasText: /^1 min igjen$/ }).waitFor()
    await advance(quiet, 'PT1M')
    await outbox.locator('#gjelder', { hasText: 'gjelder ikke lenger' }).waitFor()
  }))

test('the copied command fetches the message', () =>
  open({}, async (page) => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    const [newest] = await messages('limit=1')
    await page.goto('/utboks?folg=nei')
    await page.getByRole('button', { name: 'Kopier som curl' }).click()
    await page.locator('#said', { hasText: 'Kopiert' }).waitFor({ state: 'attached' })
    const [, url] = /^curl -s '(.*)'$/.exec(await page.evaluate(() => navigator.clipboard.readText()))
    assert.deepEqual((await (await fetch(url)).json()).messages[0], newest)
  }))

test('the twins have the same rows, and pages go back through all', () =>
  open({ script: false }, async (page) => {
    const all = await messages('limit=1000')
    assert.ok(all.length > 50, `${all.length} messages`)
    assert.deepEqual((await (await fetch(`${sandbox.base}/utboks.json?type=paaminnelse`)).json()).messages, all)
    assert.equal((await (await fetch(`${sandbox.base}/utboks.csv`)).text()).match(/^\d+,20\d\d-/gm).length, all.length)
    await page.goto('/utboks')
    const seen = []
    for (;;) {
      seen.push(...(await page.locator('.messages li').evaluateAll((rows) => rows.map((e) => Number(e.id.slice(1))))))
      const older = page.getByRole('link', { name: 'Eldre' })
      if ((await older.count()) === 0) break
      await older.click()
      await page.waitForURL(/fra=/)
    }
    assert.deepEqual(seen, all.map(({ nr }) => nr))
  }))

for (const [locale, title] of [['nn-NO', 'Utboks'], ['en-GB', 'Outbox']]) {
  test(`pages are whole in ${locale}`, () =>
    open({ locale }, async (page) => {
      for (const path of ['/utboks', '/utboks/1', '/utboks?q=finnesikke']) {
        await page.goto(path)
        assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), title)
        assert.doesNotMatch(await page.locator('body').innerText(), /\[[a-z]+\.[a-z.]+\]|%!/)
      }
    }))
}
