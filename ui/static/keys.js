// Single keys. Each does what a control on the page does, which names its key in
// data-key. The page leaves this script out where they are switched off.
'use strict'

{
  const { list, close } = document.currentScript.dataset
  const fields = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]'
  const patience = 1500 // milliseconds between g and the next key
  let after = -Infinity

  const seen = (selector) => [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility())

  const walk = (step) => {
    const hits = seen('.hits tbody a, #liste tbody a')
    const at = hits.indexOf(document.activeElement)
    const to = at < 0 ? (hits.find((a) => a.ariaCurrent) ?? hits[0]) : hits[at + step]
    to?.focus()
    return hits.length > 0
  }

  // A chosen hit is opened as a page of its own.
  const open = (hit) => {
    if (!hit.matches('.to-panel[aria-current]')) return false
    hit.parentElement.querySelector('.to-page').click()
    return true
  }

  // The list comes from its page.
  const show = async () => {
    const answer = await fetch(list).catch(() => undefined)
    if (!answer?.ok) return location.assign(list)
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    const dialog = document.createElement('dialog')
    dialog.className = 'ds-dialog keys-dialog'
    dialog.setAttribute('aria-labelledby', 'h-taster')
    const done = document.createElement('button')
    done.className = 'ds-button'
    done.textContent = close
    const form = document.createElement('form')
    form.method = 'dialog'
    form.append(done)
    dialog.append(...page.getElementById('taster').children, form)
    dialog.addEventListener('close', () => dialog.remove())
    document.body.append(dialog)
    dialog.showModal()
  }

  const press = (key, target) => {
    if (key === '?') return show(), true
    if (key === 'Enter') return open(target)
    if ((key === 'j' || key === 'k') && walk(key === 'j' ? 1 : -1)) return true
    const controls = seen(`[data-key="${CSS.escape(key)}"]`)
    const control = 'x/'.includes(key) ? controls.at(-1) : controls[0] // the last chip; the box before the way home
    if (control?.matches(fields)) control.focus()
    else control?.click()
    return control !== undefined
  }

  document.addEventListener('keydown', (event) => {
    const { key, target, timeStamp } = event
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
    if (target.closest(fields) || document.querySelector('dialog[open]')) return
    const goes = timeStamp - after < patience
    after = key === 'g' && !goes ? timeStamp : -Infinity
    if (press(goes ? `g${key}` : key, target)) event.preventDefault()
  })
}
