// The real Chromium that the page tests drive, and what must hold on every page.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'

import axe from 'axe-core'
import { chromium } from 'playwright-core'

// The headless shell is the same Chromium without what is around the page, and takes
// half the time.
const installed = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find(existsSync)

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? installed,
    // Root cannot have Chromium's sandbox; the rest keeps it from calling home.
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync',
    ],
  })

export const sizes = { desktop: { width: 1280, height: 900 }, phone: { width: 390, height: 844 } }

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice']

// visitWith hands a new window to a visit and then checks what must hold everywhere:
// nothing on the console save what is expected, nothing asked of another origin.
export async function visitWith(browser, base, { size = 'desktop', scheme = 'light', script = true, locale = 'nb-NO', expected }, visit) {
  const context = await browser.newContext({
    baseURL: base,
    viewport: sizes[size],
    isMobile: size === 'phone',
    hasTouch: size === 'phone',
    colorScheme: scheme,
    reducedMotion: 'reduce',
    locale,
    javaScriptEnabled: script,
  })
  context.setDefaultTimeout(15_000)
  try {
    const trouble = []
    context.on('console', (message) => {
      if (['error', 'warning'].includes(message.type()) && !expected?.test(message.text())) trouble.push(`console of ${message.location().url}: ${message.text()}`)
    })
    context.on('weberror', (err) => trouble.push(`script: ${err.error()}`))
    context.on('request', (request) => {
      const url = new URL(request.url())
      if (url.protocol !== 'data:' && url.origin !== base) trouble.push(`asked ${url.origin}`)
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

export async function assertFits(page, { width }) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  assert.ok(wide <= width, `the page is ${wide} px wide in a window of ${width}`)
}

export const assertAccessible = (page) => assertNoViolation(page, { type: 'tag', values: rules })

// assertSound looks at the page as it stands in the light theme and then in the dark
// one, where only what hangs on colours can have changed. shoot may keep pictures.
export async function assertSound(page, size, shoot = async () => {}) {
  await shoot('light')
  await assertFits(page, sizes[size])
  await assertAccessible(page)
  await page.emulateMedia({ colorScheme: 'dark' })
  await shoot('dark')
  await assertNoViolation(page, { type: 'rule', values: ['color-contrast', 'link-in-text-block'] })
  await page.emulateMedia({ colorScheme: 'light' })
}

async function assertNoViolation(page, runOnly) {
  const { violations } = await page.evaluate(
    (runOnly) => globalThis.axe.run(document, { runOnly, resultTypes: ['violations'], preload: false }),
    runOnly,
  )
  const found = violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help}\n  ${target.join(' ')}\n  ${failureSummary}`),
  )
  assertNone(found)
}
