// Starts the built program on a free port, as any user would, and stops it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { setTimeout as sleep } from 'node:timers/promises'

export const binary = process.env.LIKSOM_BIN ?? fileURLToPath(new URL('../../../bin/liksom', import.meta.url))

// The program reads LIKSOM_*; a setting of the person who tests must not leak in.
export const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('LIKSOM_')))

const patience = 20_000 // ms to start or to stop; it takes a fraction of a second

// startSandbox resolves when the sandbox is ready, to { base, stop }. base is its
// address without a slash at the end.
export async function startSandbox(...flags) {
  const child = spawn(binary, ['serve', '--addr', '127.0.0.1:0', ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment,
  })
  const exited = once(child, 'exit') // rejects if it could not be started at all
  exited.catch(() => {})
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)

  let card = ''
  let log = ''
  child.stdout.setEncoding('utf8').on('data', (text) => (card += text))
  child.stderr.setEncoding('utf8').on('data', (text) => (log = (log + text).slice(-5_000)))

  const deadline = Date.now() + patience
  const gone = exited.then(
    ([code, signal]) => { throw new Error(`the sandbox ended (${code ?? signal}) before it was ready:\n${log}`) },
    (cause) => { throw new Error(`${binary} could not be started`, { cause }) },
  )
  const ready = async () => {
    for (; Date.now() < deadline; await sleep(20)) {
      // The line is complete once its end was read.
      const base = card.match(/(http:\/\/127\.0\.0\.1:\d+)\b.*\n/)?.[1]
      if (base === undefined) continue
      const answer = await fetch(`${base}/readyz`).catch(() => undefined)
      await answer?.arrayBuffer()
      if (answer?.status === 200) return base
    }
    throw new Error(`not ready after ${patience} ms; it printed:\n${card}\n${log}`)
  }

  try {
    const base = await Promise.race([ready(), gone])
    return { base, stop }
  } catch (err) {
    kill()
    throw err
  }

  async function stop() {
    gone.catch(() => {})
    child.kill('SIGTERM')
    const late = setTimeout(kill, patience)
    const [code, signal] = await exited
    clearTimeout(late)
    process.off('exit', kill)
    if (code !== 0) throw new Error(`the sandbox did not stop well (${code ?? signal}):\n${log}`)
  }
}
