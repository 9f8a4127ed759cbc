// kill -9 at ten random moments of the story, restarted each time: the same records, no message twice, none lost.
//
// What is guaranteed, and so what is compared: everything that was acknowledged to a platform is kept and handled once, and every
// message is on the phone exactly once. What nobody acknowledged is told again by whoever still knows it: DingTalk itself for a
// message, the person for a press and for everything on WeCom, which repeats nothing (see test/support/patient-stage.ts).
import { mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { movableClock } from '../../src/commands/clocks.ts'
import { startPlatforms } from '../../src/commands/demo/platforms.ts'
import { instantOf } from '../../src/core/calendar/civil.ts'
import { playStory } from '../../src/sandbox/story/story.ts'
import { noise } from '../../src/sandbox/story/temper.ts'
import type { World } from '../../src/sandbox/world.ts'
import { type Database, openDatabase } from '../../src/store/database.ts'
import { patientStage } from '../support/patient-stage.ts'
import { ProductProcess } from '../support/product-process.ts'
import { readProofs } from '../support/proofs.ts'
import { scratchFolder } from '../support/scratch.ts'

const BEGIN = instantOf('2021-04-12', '08:30')
const UNTIL = instantOf('2021-05-07', '18:00')
const STORY_SEED = 5
const KILL_SEED = Number(process.env.KILL_SEED ?? 1)
const TWO_STORIES_MS = 600_000 // eleven starts of a process: two seconds each, and far more on a busy machine

let directory: string

beforeEach(async () => {
  directory = await mkdtemp(path.join(scratchFolder(), 'duban-kill-'))
})

afterEach(() => rm(directory, { recursive: true }))

type Moment = 'said' | 'shown' | 'settle'

/** When to kill: after so many events of a kind, and then so many milliseconds later. */
type Kill = { readonly moment: Moment; readonly after: number; readonly delayMs: number }

/** Events of an undisturbed story, from which the moments are drawn. */
type Counts = Record<Moment, number>

/** `shown` is the crash between send and settle: the platform has the message, its answer is never heard. */
function drawKills({ said, shown, settle }: Counts): Kill[] {
  const chance = (...what: (string | number)[]): number => noise(KILL_SEED, ...what)
  const draw = (moment: Moment, count: number, number: number, longestMs: number): Kill[] =>
    Array.from({ length: number }, (_, index) => ({
      moment,
      after: Math.ceil(count * ((index + chance(moment, index)) / number) * 0.95),
      delayMs: Math.round(chance(moment, index, 'delay') * longestMs),
    }))
  return [...draw('shown', shown, 4, 0), ...draw('said', said, 3, 40), ...draw('settle', settle, 3, 300)]
}

/** Kills at the planned moments; a moment at which nothing lives is made up for at the next event of its kind. */
function killer(product: ProductProcess, kills: readonly Kill[]) {
  const counts: Counts = { said: 0, shown: 0, settle: 0 }
  const left = [...kills]
  function strike(kill: Kill): void {
    if (!left.includes(kill) || !product.isAlive()) return
    left.splice(left.indexOf(kill), 1)
    product.kill()
  }
  return {
    counts,
    note(moment: Moment): void {
      counts[moment] += 1
      const due = left.find((kill) => kill.moment === moment && kill.after <= counts[moment])
      if (due?.delayMs === 0) strike(due)
      else if (due) setTimeout(() => strike(due), due.delayMs)
    },
  }
}

async function play(name: string, kills: readonly Kill[]) {
  const clock = movableClock(BEGIN)
  const platforms = await startPlatforms(() => clock)
  const data = path.join(directory, name)
  const env = {
    ...platforms.settings,
    DUBAN_DATA: data,
    LOG_LEVEL: 'error',
    // With a page to lead to, every message is a card, which the platforms recognise when it comes again.
    PUBLIC_URL: 'https://duban.example.gov.cn',
  }
  const product = new ProductProcess({ env, now: () => clock.now() })
  const { counts, note } = killer(product, kills)
  platforms.world.onChange((change) => {
    if (change.type === 'bubble') note(change.bubble.from === 'bot' ? 'shown' : 'said')
  })
  const patient = patientStage(platforms, clock, product)
  const stage = {
    ...patient,
    settle: () => {
      note('settle')
      return patient.settle()
    },
  }
  try {
    const { silentRefusals } = await playStory(stage, { until: UNTIL, seed: STORY_SEED })
    await product.stop()
    const database = await openDatabase({ directory: data })
    const records = await read(database, platforms.world)
    await database.close()
    return { ...records, silentRefusals, counts, lives: product.lives }
  } finally {
    product.kill()
    await platforms.close()
  }
}

async function read(database: Database, world: World) {
  const column = async (sql: string): Promise<string[]> =>
    (await database.pool.query<{ line: string }>(sql)).rows.map(({ line }) => line)
  return {
    ...(await readProofs(database, world)),
    tasks: await column(
      `SELECT concat_ws(' ', key, state, submitted_at IS NOT NULL) AS line FROM task ORDER BY 1`,
    ),
    // A text that had to be said again is a revision of its own, equal to the one before it.
    submissions: await column(
      `SELECT DISTINCT concat_ws(' ', t.key, s.person, s.fields, s.text) AS line
       FROM submission s JOIN task t ON t.id = s.task_id ORDER BY 1`,
    ),
    said: await column(
      `SELECT concat_ws(' ', o.address, t.key, o.step, o.saying->>'type') AS line
       FROM outbox o JOIN task t ON t.id = o.task_id WHERE o.state = 'sent' AND o.step IS NOT NULL ORDER BY 1`,
    ),
  }
}

it(
  'keeps the same records through ten kills, says nothing twice and loses nothing',
  async () => {
    const calm = await play('calm', [])
    const kills = drawKills(calm.counts)
    const rough = await play('rough', kills)

    expect(rough.lives).toBe(11)
    expect(rough.tasks).toEqual(calm.tasks)
    expect(rough.submissions).toEqual(calm.submissions)
    expect(rough.said).toEqual(calm.said)
    expect(new Set(rough.said).size).toBe(rough.said.length)
    // Each card that a phone shows is the one message of its notices, and each message is on its phone.
    for (const { phones, cards } of [calm, rough]) {
      expect(phones.filter((card) => !cards.has(card))).toEqual([])
      expect(phones).toHaveLength(cards.size)
    }
    expect([rough.open, rough.unhandled, rough.silentRefusals]).toEqual([[], [], 0])
    expect(rough.isWhole).toBe(true)
    expect(calm.submissions.length).toBeGreaterThan(20)
  },
  TWO_STORIES_MS,
)
