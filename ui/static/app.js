// Copying, which needs script. Everything else on the pages works without.
'use strict'

const enliven = (part) => {
  for (const e of part.querySelectorAll('[data-copy][hidden], .tools[hidden], .copies[hidden]')) e.hidden = false
}

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]')
  if (!button) return
  const said = document.getElementById('said')
  said.textContent = ''
  try {
    await navigator.clipboard.writeText(button.dataset.copy)
    said.textContent = said.dataset.copied
    button.classList.add('copied')
    setTimeout(() => button.classList.remove('copied'), 1500)
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

document.addEventListener('htmx:after:swap', () => enliven(document))
enliven(document)
