// How fast persons are made, beside the library that most people make test persons
// with. Both write the same kind of person as lines of JSON: name, e-mail, mobile,
// birth date, five moments and the states. PERSONS is how many; prints a table.
//
// Not the same work: ours also hands out valid identity numbers, finds shared contact
// values and keeps the published shares; the library is one thread of JavaScript.
import { spawn } from 'node:child_process'
import { once } from 'node:events'

import { Faker, nb_NO } from '@faker-js/faker'

import { binary, environment } from './server.mjs'

const persons = Number(process.env.PERSONS ?? 200_000)
const reference = new Date('2026-11-25T00:00:00+01:00')

function byFaker() {
  const faker = new Faker({ locale: nb_NO, seed: 1 })
  const past = (refDate) => faker.date.past({ years: 5, refDate })
  let bytes = 0
  for (let i = 0; i < persons; i++) {
    const [firstName, lastName] = [faker.person.firstName(), faker.person.lastName()]
    const emailConfirmed = past(reference)
    const mobileConfirmed = past(reference)
    const person = {
      number: faker.string.numeric(11),
      firstName,
      lastName,
      birth: faker.date.birthdate({ mode: 'age', min: 15, max: 100, refDate: reference }),
      sex: faker.person.sexType(),
      status: faker.helpers.weightedArrayElement([{ weight: 93, value: 'AKTIV' }, { weight: 3, value: 'SLETTET' }, { weight: 4, value: 'IKKE_REGISTRERT' }]),
      reserved: faker.datatype.boolean({ probability: 0.032 }),
      email: faker.internet.email({ firstName, lastName, provider: 'example.com' }),
      emailUpdated: past(emailConfirmed),
      emailConfirmed,
      mobile: faker.phone.number({ style: 'international' }),
      mobileUpdated: past(mobileConfirmed),
      mobileConfirmed,
      mailbox: faker.helpers.weightedArrayElement([{ weight: 59, value: 'digipost' }, { weight: 7, value: 'eboks' }, { weight: 34, value: undefined }]),
      language: faker.helpers.weightedArrayElement([{ weight: 81, value: 'nb' }, { weight: 10, value: 'nn' }, { weight: 9, value: 'en' }]),
      languageUpdated: past(reference),
    }
    bytes += JSON.stringify(person).length + 1
  }
  return bytes
}

const byLiksom = (...command) => async () => {
  const child = spawn(binary, [...command, '--persons', String(persons)], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(child, 'exit')
  let bytes = 0
  child.stdout.on('data', (chunk) => (bytes += chunk.length))
  await once(child.stdout, 'end')
  const [code] = await exited
  if (code !== 0) throw new Error(`the program ended with ${code}`)
  return bytes
}

for (const [name, make] of [
  ['@faker-js/faker, as lines of JSON', byFaker],
  ['liksom generate, as lines of JSON', byLiksom('generate')],
  ['liksom stats, made and counted', byLiksom('stats')],
]) {
  const begun = performance.now()
  const bytes = await make()
  const seconds = (performance.now() - begun) / 1000
  console.log(`${Math.round(persons / seconds).toLocaleString('en').padStart(10)} persons a second  ${seconds.toFixed(2)} s, ${Math.round(bytes / 1e6)} MB  ${name}`)
}
