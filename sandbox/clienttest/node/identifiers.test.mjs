// Every identity number that is generated satisfies the validators that services in
// Norway use, and none could belong to a real person.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { promisify } from 'node:util'

import fnrvalidator from '@navikt/fnrvalidator' // accepts the check digits allowed from 2032 on as well
import strict from 'fnrvalidator-strict' // a version that accepts only today's

import { binary, environment } from './server.mjs'

const persons = Number(process.env.PERSONS ?? 10_000)
const validators = { current: fnrvalidator.idnr, strict: strict.idnr }

// Month + 80: the series of synthetic persons in Tenor. With day + 40 it is a D-number.
const synthetic = ['tnr', 'dnr-and-tnr']

test('the validators tell good numbers from bad ones', () => {
  for (const [name, idnr] of Object.entries(validators)) {
    assert.deepEqual(idnr('17912099997'), { status: 'valid', type: 'tnr' }, name)
    assert.deepEqual(idnr('57912075186'), { status: 'valid', type: 'dnr-and-tnr' }, name)
    assert.equal(idnr('17859010068').status, 'invalid', name)
  }
})

test(`all of ${persons} generated numbers are valid, synthetic and unique`, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'liksom-'))
  try {
    const file = join(folder, 'persons.jsonl')
    await promisify(execFile)(binary, ['generate', '--persons', String(persons), '--format', 'jsonl', '--out', file], {
      env: environment,
    })

    const seen = new Set()
    const faults = []
    const types = new Map(synthetic.map((type) => [type, 0]))
    for await (const line of createInterface({ input: createReadStream(file) })) {
      const { personidentifikator: id, katalog } = JSON.parse(line)
      for (const [name, idnr] of Object.entries(validators)) {
        const verdict = idnr(id)
        if (name === 'strict' && katalog === 'pid-2032') {
          if (verdict.status === 'valid') faults.push(`${id} is of the rule of 2032 and valid by today's`)
          continue
        }
        if (verdict.status !== 'valid') faults.push(`${id} ${name}: ${verdict.reasons}`)
        else if (!synthetic.includes(verdict.type)) faults.push(`${id} ${name}: type ${verdict.type}`)
      }
      if (seen.has(id)) faults.push(`${id} comes twice`)
      seen.add(id)
      types.set(fnrvalidator.getType(id), (types.get(fnrvalidator.getType(id)) ?? 0) + 1)
    }
    assert.deepEqual(faults.slice(0, 20), [], `${faults.length} faults`)
    assert.ok(seen.size >= persons, `${seen.size} persons`)
    for (const [type, count] of types) assert.ok(count > 0, `there are numbers of type ${type}`)
  } finally {
    await rm(folder, { recursive: true })
  }
})
