// Every identity number that is generated satisfies the validators that services in
// Norway use, as far as each knows its series, and none could belong to a real person.
// PERSONS is how many are judged in each series.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { test } from 'node:test'

import current from '@navikt/fnrvalidator'
import strict from 'fnrvalidator-strict' // the last version before the check digits of 2032
import norsk from 'norsk-validator'

import { binary, environment } from './server.mjs'

const persons = Number(process.env.PERSONS ?? 4_000)
const share2032 = 10 // percent

// What is added to the birth month. Only the judges that check dates know which.
const series = { tenor: 80, nav: 40, nhn: 65 }
const types = { tenor: ['tnr', 'dnr-and-tnr'], nav: ['hnr', 'dnr-and-hnr'] }

// A judge says whether it accepts a number; type, if it tells types, and knows, the
// series that it has heard of. after2032 accepts the check digits allowed from then on.
const judges = [
  { name: '@navikt/fnrvalidator 2.2.1', knows: ['tenor', 'nav'], after2032: true, judge: (id) => current.idnr(id), types },
  { name: '@navikt/fnrvalidator 2.1.5', knows: ['tenor', 'nav'], after2032: false, judge: (id) => strict.idnr(id), types },
  {
    name: 'norsk-validator 2.0.0',
    knows: ['tenor', 'nav', 'nhn'],
    after2032: false,
    judge: (id) => ({ status: (id[0] > '3' ? norsk.dnummer(id) : norsk.fodselsnummer(id)) ? 'valid' : 'invalid' }),
  },
]

// The rule of 1964: the first check digit leaves nothing over. Numbers from 2032 on may
// leave 1, 2 or 3. Source: "Nytt fødselsnummer fra 2032" (Skatteetaten).
const weights = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]
const leftOver = (id) => weights.reduce((sum, weight, i) => sum + weight * id[i], 0) % 11

const seriesOf = (id) => Object.keys(series).find((name) => id.slice(2, 4) > series[name] && id.slice(2, 4) <= series[name] + 12)

test('the judges tell good numbers from bad ones', () => {
  for (const { name, judge, after2032 } of judges) {
    const says = (id) => judge(id).status
    assert.equal(says('17912099997'), 'valid', name)
    assert.equal(says('57912075186'), 'valid', name)
    assert.equal(says('17859010068'), 'invalid', `${name}: the last digit is wrong`)
    assert.equal(says('15869055538'), after2032 ? 'valid' : 'invalid', `${name}: 2 is left over`)
  }
  assert.deepEqual(['17912099997', '15869055538', '15869055546'].map(leftOver), [0, 2, 3])
})

for (const wanted of Object.keys(series)) {
  test(`all of ${persons} numbers of ${wanted} are judged right, and unique`, async () => {
    const seen = new Set()
    const faults = []
    const counts = { all: 0, wanted: 0, d: 0, later: 0 }
    const verdicts = Object.fromEntries(judges.map(({ name }) => [name, { accepted: 0, rejected: 0 }]))
    for await (const id of numbers('--persons', String(persons), '--series', wanted, '--share-2032', String(share2032))) {
      const name = seriesOf(id)
      const rest = leftOver(id)
      counts.all++
      counts.wanted += name === wanted
      counts.d += id[0] > '3'
      counts.later += rest !== 0
      if (seen.has(id)) faults.push(`${id} comes twice`)
      seen.add(id)
      if (name === undefined) faults.push(`${id} is of no synthetic series`)
      if (rest > 3) faults.push(`${id} leaves ${rest} over`)
      for (const { name: judge, knows, after2032, judge: ask, types } of judges) {
        if (!knows.includes(name)) continue
        const { status, type } = ask(id)
        const accepted = status === 'valid'
        verdicts[judge][accepted ? 'accepted' : 'rejected']++
        if (accepted !== (after2032 || rest === 0)) faults.push(`${id} (${rest} left over) is ${status} to ${judge}`)
        if (accepted && types && type !== types[name][Number(id[0] > '3')]) faults.push(`${id} is ${type} to ${judge}`)
      }
    }
    assert.deepEqual(faults.slice(0, 20), [], `${faults.length} faults`)
    assert.ok(counts.wanted >= persons, `${counts.wanted} are of ${wanted}`)
    assert.ok(counts.d > persons * 0.02, `${counts.d} D-numbers`)
    assert.ok(Math.abs(counts.later / counts.all - share2032 / 100) < 0.02, `${counts.later} of ${counts.all} are by the rule of 2032`)
    if (process.env.PERSONS) console.log(wanted, counts, verdicts)
  })
}

// numbers are those of the persons that the program writes.
async function* numbers(...flags) {
  const child = spawn(binary, ['generate', '--format', 'krr', ...flags], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  for await (const line of createInterface({ input: child.stdout })) {
    const id = line.match(/^\{"personidentifikator":"(\d{11})"/)?.[1]
    assert.ok(id, `a line without a number: ${line.slice(0, 80)}`)
    yield id
  }
  assert.deepEqual(await exited, [0, null])
}
