// Comfort on the search page. All of it works without.
'use strict'

// Fields keep what one typed or ticked when their attributes are morphed, so they
// are set by hand to what the page says; not the one that is being typed in.
const settle = () => {
  for (const field of document.querySelectorAll('#filtre input')) {
    if (field.type === 'checkbox') field.checked = field.defaultChecked
    else if (field !== document.activeElement) field.value = field.defaultValue
  }
}

// The focus of a removed chip goes to the next one.
let following
document.addEventListener('click', (event) => {
  following = event.target.closest('.chips .ds-chip')?.id
})

document.addEventListener('htmx:after:swap', (event) => {
  settle()
  const box = document.getElementById('q')
  if (box && box !== document.activeElement) box.value = box.defaultValue
  if (!following) return
  const left = document.getElementById(following) ?? [...document.querySelectorAll('.chips a')].at(-2)
  ;(left ?? box)?.focus()
  following = undefined
})

// Arrows go from the search box into the hits and through them.
const walk = (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!step || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  const box = document.getElementById('q')
  const hits = [...document.querySelectorAll('.hits tbody a')].filter((a) => a.checkVisibility())
  const at = hits.indexOf(document.activeElement)
  if (at < 0 && !(step > 0 && document.activeElement === box)) return
  event.preventDefault()
  ;(hits[at + step] ?? (at === 0 ? box : hits[at]))?.focus()
}

// A search that takes its time says so; a quick one changes nothing on the way.
const patience = 150 // milliseconds
let asking, waiting
document.addEventListener('htmx:before:request', ({ detail: { ctx } }) => {
  if (!['sok', 'treff'].includes(ctx.target?.id)) return
  asking = ctx
  clearTimeout(waiting)
  waiting = setTimeout(() => document.getElementById('treff')?.setAttribute('aria-busy', 'true'), patience)
})
document.addEventListener('htmx:finally:request', ({ detail: { ctx } }) => {
  if (ctx !== asking) return // another has taken its place
  clearTimeout(waiting)
  document.getElementById('treff')?.removeAttribute('aria-busy')
})

// Completion: asks what could stand at the cursor, and puts a suggestion there.
const asked = { box: undefined, at: 0, from: 0, to: 0, chosen: -1 }
const listOf = (box) => document.getElementById(box.dataset.suggest)

const close = (box) => {
  const list = listOf(box)
  list.hidden = true
  list.replaceChildren()
  box.removeAttribute('aria-activedescendant')
  asked.chosen = -1
}

const characters = (text, units) => [...text.slice(0, units)].length

const suggest = async (box) => {
  const at = characters(box.value, box.selectionStart ?? box.value.length)
  const word = box.value.slice(0, box.selectionStart ?? 0).match(/[^\s():]*$/)[0]
  const value = /:\(?[^\s()]*$/.test(box.value.slice(0, box.selectionStart ?? 0))
  if (word.length < 2 && !value) return close(box)
  const text = box.value
  const answer = await fetch(`/fullfor?${new URLSearchParams({ q: text, at })}`).catch(() => undefined)
  if (!answer?.ok || box.value !== text) return
  const { from, to, suggestions } = await answer.json()
  if (box.value !== text || document.activeElement !== box) return
  close(box)
  if (suggestions.length === 0) return
  Object.assign(asked, { from, to })
  const list = listOf(box)
  suggestions.forEach(({ text, doc }, i) => {
    const row = document.createElement('li')
    row.id = `suggestion-${i}`
    row.role = 'option'
    row.dataset.text = text
    row.ariaSelected = 'false'
    const code = document.createElement('code')
    code.textContent = text
    row.append(code)
    if (doc) row.append(Object.assign(document.createElement('span'), { textContent: doc }))
    list.append(row)
  })
  list.hidden = false
}

const take = (box, text) => {
  const all = [...box.value]
  const before = all.slice(0, asked.from).join('') + text
  box.value = before + all.slice(asked.to).join('')
  box.setSelectionRange(before.length, before.length)
  close(box)
  box.dispatchEvent(new Event('input', { bubbles: true }))
}

const choose = (box, step) => {
  const rows = [...listOf(box).children]
  rows[asked.chosen]?.setAttribute('aria-selected', 'false')
  asked.chosen = (asked.chosen + step + rows.length + 1) % (rows.length + 1)
  const row = rows[asked.chosen]
  if (!row) return box.removeAttribute('aria-activedescendant')
  row.ariaSelected = 'true'
  row.scrollIntoView({ block: 'nearest' })
  box.setAttribute('aria-activedescendant', row.id)
}

const suggesting = (target) => target instanceof HTMLInputElement && target.dataset.suggest !== undefined

document.addEventListener('focusin', ({ target }) => {
  if (!suggesting(target)) return
  target.setAttribute('aria-autocomplete', 'list')
  target.setAttribute('aria-controls', target.dataset.suggest)
})

document.addEventListener('input', ({ target }) => {
  if (suggesting(target)) suggest(target)
})

document.addEventListener('focusout', ({ target }) => {
  if (suggesting(target)) close(target)
})

document.addEventListener('mousedown', (event) => {
  const row = event.target.closest('.suggestions [role=option]')
  if (!row) return
  event.preventDefault() // the box keeps the focus
  take(document.getElementById('q'), row.dataset.text)
})

document.addEventListener('keydown', (event) => {
  const box = event.target
  if (!suggesting(box) || listOf(box).hidden) return walk(event)
  switch (event.key) {
    case 'ArrowDown': choose(box, 1); break
    case 'ArrowUp': choose(box, -1); break
    case 'Escape': close(box); break
    case 'Enter':
    case 'Tab': {
      const row = listOf(box).children[asked.chosen]
      if (!row) return
      take(box, row.dataset.text)
      break
    }
    default: return
  }
  event.preventDefault()
})
