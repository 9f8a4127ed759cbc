// kill -9 between every question and its answer: each kind of conversation, on both platforms, goes on as if nothing had happened.
//
// All talks of the two lists are led at the same time, step by step, each by people of its own (see test/support/talk-office.ts). What
// they see and what is on record afterwards must be what their scripts say, and the same as in a life without any kill.
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cast, castOf } from '../support/talk-cast.ts'
import { type Kill, type Played, playTalks } from '../support/talk-office.ts'
import { filled, type Message, type Phones } from '../support/talk-phones.ts'
import type { Step } from '../support/talk-script.ts'
import { REPORTS } from '../support/talks-of-reports.ts'
import { REQUESTS } from '../support/talks-of-requests.ts'

const TALKS = [...REPORTS, ...REQUESTS]
const CASTS = castOf(TALKS)
const STEPS = Math.max(...TALKS.map(({ steps }) => steps.length))
const A_PLAY_MS = 600_000

const KILLS: readonly (readonly [when: string, kill: Kill])[] = [
  ['never killed', 'never'],
  ['killed at rest between each question and its answer', 'at rest'],
  [
    'killed right after everybody has answered, some of them having been heard',
    { answered: [0.35, 0, 0.6, 0.15, 0.45] },
  ],
]

let directory: string
let calm: Played

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'duban-talk-'))
  calm = await playTalks(path.join(directory, 'calm'), TALKS, 'never')
}, A_PLAY_MS)

afterAll(() => rm(directory, { recursive: true }))

/** What the script wants to see, in the words of what is seen wherever these hold all that is wanted. */
function wanted(cast: Cast, { shows }: Step, phones: Phones): Record<string, string[]> {
  const roles = [...new Set(shows.map(([role]) => role))]
  return Object.fromEntries(
    roles.map((role) => {
      const messages = shows.filter(([phone]) => phone === role)
      return [role, messages.map(([, ...parts], at) => asSeen(cast, parts, phones[role]?.[at]))]
    }),
  )
}

function asSeen(cast: Cast, parts: readonly string[], message: Message | undefined): string {
  const words = parts.map((part) => filled(cast, part))
  return message && words.every((part) => message.words.includes(part)) ? message.words : words.join(' … ')
}

const seen = (phones: Phones): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(phones).map(([role, messages]) => [role, messages.map(({ words }) => words)]),
  )

describe.each(KILLS)('%s', (_, kill) => {
  let played: Played

  beforeAll(async () => {
    played =
      kill === 'never' ? calm : await playTalks(path.join(directory, JSON.stringify(kill)), TALKS, kill)
  }, A_PLAY_MS)

  test.each(CASTS)('$platform: $talk.about', ({ unit }) => {
    const heard = played.heard.find(({ cast }) => cast.unit === unit)
    const before = calm.heard.find(({ cast }) => cast.unit === unit)
    if (!heard || !before) throw new Error('nobody led this talk')
    const { cast, steps } = heard
    for (const [at, step] of cast.talk.steps.entries()) {
      const phones = steps[at + 1] ?? {}
      expect([at + 1, seen(phones)]).toEqual([at + 1, wanted(cast, step, phones)])
    }
    expect(steps).toEqual(before.steps)
  })

  test('the same is on record, nothing is lost and nothing said twice', () => {
    const { tasks, submissions, requests, standIns, trail, questions } = played
    expect(played.lives).toBe(kill === 'never' ? 1 : STEPS + 1)
    expect({ tasks, submissions, requests, standIns, trail, questions }).toEqual({
      tasks: calm.tasks,
      submissions: calm.submissions,
      requests: calm.requests,
      standIns: calm.standIns,
      trail: calm.trail,
      questions: calm.questions,
    })
    expect(played.phones.filter((card) => !played.cards.has(card))).toEqual([])
    expect(played.phones).toHaveLength(played.cards.size)
    expect([played.open, played.unhandled, played.isWhole]).toEqual([[], [], true])
    expect(submissions.length).toBeGreaterThan(60)
  })
})
