// Copying, which needs script. Everything else on the pages works without.
'use strict'

const enliven = (part) => {
  for (const e of part.querySelectorAll('[data-copy][hidden], .tools[hidden], .copies[hidden]')) e.hidden = false
}

// A tick stands for a while where one copied.
const mark = (button, copied) => {
  button.classList.toggle('copied', copied)
  button.querySelector('use')?.setAttribute('href', copied ? '#i-chosen' : '#i-copy')
}

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]')
  if (!button) return
  const said = document.getElementById('said')
  said.textContent = ''
  try {
    await navigator.clipboard.writeText(button.dataset.copy)
    said.textContent = said.dataset.copied
    mark(button, true)
    setTimeout(() => mark(button, false), 1500)
  } catch {
    said.textContent = said.dataset.failed
  }
})

// The cross in the search box empties it and searches anew; a reset alone would
// bring back the words that the page came with.
document.addEventListener('reset', (event) => {
  const box = event.target.querySelector('[type=search]')
  if (!box) return
  event.preventDefault()
  box.value = ''
  box.focus()
  if (box.hasAttribute('hx-get')) box.dispatchEvent(new Event('input', { bubbles: true }))
  else event.target.requestSubmit()
})

// A page that loses contact stays as it is, says so, and tries again: first whether
// anybody is there, then what was asked for.
{
  const alert = document.getElementById('kontakt')
  const left = alert.querySelector('[data-text]')
  const pause = 5 // seconds
  let failed, timer

  const again = () => {
    const source = failed
    failed = undefined
    if (!source?.isConnected) return
    if (source.matches('a')) source.click()
    else source.closest('form')?.requestSubmit()
  }
  const count = (seconds) => {
    left.textContent = left.dataset.text.replace('%d', seconds)
    timer = setTimeout(seconds > 1 ? () => count(seconds - 1) : probe, 1000)
  }
  const probe = async () => {
    clearTimeout(timer)
    const answer = await fetch('/livez', { cache: 'no-store' }).catch(() => undefined)
    if (!answer?.ok) return count(pause)
    alert.hidden = true
    again()
  }
  const lost = (source) => {
    if (source) failed = source
    if (!alert.hidden) return
    alert.hidden = false
    count(pause)
  }

  alert.querySelector('button').addEventListener('click', probe)
  document.addEventListener('htmx:error', ({ detail: { ctx } }) => ctx && lost(ctx.sourceElement))
  document.addEventListener('htmx:before:response', (event) => {
    const { ctx } = event.detail
    if (ctx.response.status < 500) return
    event.preventDefault() // the page is worth more than the error's
    lost(ctx.sourceElement)
  })
}

// Where the menu is wider than the window, the way to the page itself is in sight.
for (const here of document.querySelectorAll('.entries [aria-current], .subpages [aria-current]')) {
  here.parentElement.scrollLeft = here.offsetLeft - (innerWidth - here.offsetWidth) / 2
}

document.addEventListener('htmx:after:swap', () => enliven(document))
enliven(document)
