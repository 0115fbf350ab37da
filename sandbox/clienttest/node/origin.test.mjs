// A page of another origin, opened in the same browser, can change nothing in a
// sandbox on loopback; the sandbox's own pages can.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { after, before, test } from 'node:test'

import { launch } from './browser.mjs'
import { startSandbox } from './server.mjs'

const person = '05840399895'
let sandbox, browser, evil
before(async () => {
  sandbox = await startSandbox('--persons', '10')
  browser = await launch()
  evil = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end('<!doctype html><title>evil</title>'))
  evil.listen(0, '127.0.0.1')
  await once(evil, 'listening')
})
after(async () => {
  evil?.close()
  await browser?.close()
  await sandbox?.stop()
})

const control = (path, init) => fetch(`${sandbox.base}/sandbox/v1${path}`, init)
const json = { 'content-type': 'application/json' }

async function state() {
  const { kontaktinformasjon } = await (await control(`/persons/${person}`)).json()
  const { moved } = await (await control('/clock')).json()
  return { email: kontaktinformasjon.epostadresse, moved }
}

test('a page of another origin changes nothing', async () => {
  const changed = await control(`/persons/${person}`, { method: 'PATCH', headers: json, body: '{"kontaktinformasjon":{"epostadresse":"ny@example.com"}}' })
  assert.equal(changed.status, 200)
  assert.equal((await control('/clock', { method: 'PUT', headers: json, body: '{"advance":"P1D"}' })).status, 200)
  const before = await state()
  assert.deepEqual(before, { email: 'ny@example.com', moved: true })

  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${evil.address().port}/`)
  await page.evaluate(async (base) => {
    // What a page may send without asking: simple requests, whose answers it cannot read.
    const send = (path, body, type) => fetch(base + path, { method: 'POST', mode: 'no-cors', body, headers: { 'content-type': type } }).catch(() => {})
    await send('/sandbox/v1/reset', '', 'text/plain')
    await send('/nullstill', '', 'application/x-www-form-urlencoded')
    await send('/klokke', 'til=/', 'application/x-www-form-urlencoded')
    await send('/sandbox/v1/persons', '{}', 'text/plain')
    // And what it must ask for, and is not granted.
    const asked = await fetch(`${base}/sandbox/v1/reset`, { method: 'POST', headers: { 'content-type': 'application/json' } }).catch(() => 'refused')
    if (asked !== 'refused') throw new Error('the browser was let through')
  }, sandbox.base)
  const frame = await page.evaluate(async (base) => {
    const form = Object.assign(document.createElement('form'), { method: 'post', action: `${base}/nullstill` })
    document.body.append(form)
    form.submit()
    return true
  }, sandbox.base)
  assert.ok(frame)
  await page.waitForURL(/nullstill/)
  assert.deepEqual(await state(), before)
  await page.close()
})

test('the reset button asks first, and then takes everything back', async () => {
  const page = await browser.newPage({ locale: 'nb-NO' })
  await page.goto(sandbox.base)
  await page.getByText('Klokken er ikke ekte.').waitFor()
  await page.getByRole('button', { name: 'Valg' }).click()
  await page.getByRole('link', { name: 'Nullstill …' }).click()
  await page.getByText('Endringene på én person blir borte').waitFor()
  await page.getByRole('button', { name: 'Nullstill', exact: true }).click()
  await page.waitForURL(`${sandbox.base}/`)
  const { email, moved } = await state()
  assert.notEqual(email, 'ny@example.com')
  assert.equal(moved, false)
  await page.close()
})
