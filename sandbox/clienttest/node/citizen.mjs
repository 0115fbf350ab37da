// A citizen in a browser: persons made for one journey each, the way in through
// ID-porten, and what register and outbox say afterwards. The register's clock
// stands still, so that "now" is one known moment.
import assert from 'node:assert/strict'
import { join } from 'node:path'

import { launch, visitWith } from './browser.mjs'
import { startSandbox } from './server.mjs'

export const now = '2026-11-25T12:00:00+01'
export const confirm = 'Bekreft og gå videre'

// Chromium tells of every page that a fault is shown on.
const refusal = /the server responded with a status of (422|429)/

export async function startCitizens(...flags) {
  const [sandbox, browser] = await Promise.all([startSandbox('--persons', '100', '--clock', `${now}:00`, ...flags), launch()])
  const { base } = sandbox
  const call = async (method, path, body, headers) => {
    const answer = await fetch(base + path, { method, headers: { 'content-type': 'application/json', ...headers }, body: body && JSON.stringify(body) })
    const text = await answer.text()
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`)
    return text.startsWith('{') ? JSON.parse(text) : text
  }
  const token = (await call('POST', '/sandbox/v1/tokens', { client_id: 'demo', scope: 'krr:global/kontaktinformasjon.read krr:global/digitalpost.read' }, { accept: 'text/plain' })).trim()
  const bearer = { authorization: `Bearer ${token}` }
  const person = (pid) => call('GET', `/sandbox/v1/persons/${pid}`)

  let made = 0
  return {
    base, call, person,
    browse: (how, visit) => visitWith(browser, base, { expected: refusal, ...how }, visit),
    stop: async () => {
      await browser.close()
      await sandbox.stop()
    },

    // create makes somebody whose addresses were last touched so long ago: "-91d".
    async create(age, { kontaktinformasjon, ...more } = {}) {
      const mobile = `+47999988${String(++made).padStart(2, '0')}`
      const dated = (name, value) => value && { [name]: value, [`${name}_oppdatert`]: age, [`${name}_sist_verifisert`]: age }
      const both = { epostadresse: `innbygger${made}@example.com`, mobiltelefonnummer: mobile, ...kontaktinformasjon }
      return call('POST', '/sandbox/v1/persons', {
        foedselsdato: '1980-05-05', reservasjon: 'NEI', ...more,
        kontaktinformasjon: { ...dated('epostadresse', both.epostadresse), ...dated('mobiltelefonnummer', both.mobiltelefonnummer) },
      })
    },

    stranger: () => call('POST', '/sandbox/v1/persons', { status: 'IKKE_REGISTRERT', foedselsdato: '1980-05-05' }),

    // changes are the members that differ from before, null for what is gone; and
    // the look-up says the same as the person page's source.
    async changes(before) {
      const pid = before.personidentifikator
      const after = await person(pid)
      const { personer } = await call('POST', '/rest/v2/personer', { personidentifikatorer: [pid], inkluderIkkeRegistrerte: true }, bearer)
      const { sertifikat, ...told } = personer[0]
      for (const [name, value] of Object.entries(told)) assert.deepEqual(value, after[name], `${name} of the look-up`)
      const [was, is] = [flat(before), flat(after)]
      return Object.fromEntries([...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => was[name] !== is[name]).map((name) => [name, is[name] ?? null]))
    },

    messages: async (query) => (await call('GET', `/sandbox/v1/outbox?${new URLSearchParams(query)}`)).messages,
  }
}

// What is our own, or has a value that was drawn, is left out.
const flat = ({ kontaktinformasjon, digital_post, endret, registrert, relasjoner, personidentifikator, ...rest }) =>
  ({ ...rest, ...kontaktinformasjon, ...(digital_post && { postkasse: digital_post.postkasseleverandoeradresse }) })

// logIn goes to a service and through the login pages, until what comes after them.
export async function logIn(page, { personidentifikator }, { at = '/demo/', link = 'TestID på nivå høyt', field = 'Personidentifikator (syntetisk)', button = 'Autentiser' } = {}) {
  await page.goto(at)
  if (at.startsWith('/demo/')) await page.getByRole('button', { name: /ID-porten/ }).click()
  await page.getByRole('link', { name: link }).click()
  await page.getByLabel(field).fill(personidentifikator)
  await page.getByRole('button', { name: button }).click()
  await page.waitForURL((url) => !url.pathname.startsWith('/idporten/authorize'))
}

export const dialog = '**/idporten/kontaktopplysninger/*'

// shoot keeps a picture when SCREENSHOTS names a folder.
export async function shoot(page, name) {
  if (process.env.SCREENSHOTS) await page.screenshot({ path: join(process.env.SCREENSHOTS, `citizen-${name}.png`), fullPage: true })
}
