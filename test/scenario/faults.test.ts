// 24 hours with every fault of both imitated platforms at random: nothing is handled twice, nothing said twice, and what is lost is counted.
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { movableClock } from '../../src/commands/clocks.ts'
import { runTo } from '../../src/commands/demo/leap.ts'
import { type Platforms, startPlatforms } from '../../src/commands/demo/platforms.ts'
import { startDemoProduct } from '../../src/commands/demo/stage.ts'
import type { Product } from '../../src/commands/product.ts'
import { HOUR_MS } from '../../src/core/calendar/civil.ts'
import type { OutgoingContent } from '../../src/core/message/types.ts'
import type { ChannelName } from '../../src/core/people/directory.ts'
import type { Bubble } from '../../src/sandbox/world.ts'
import { findBrokenLink } from '../../src/store/events.ts'
import { troubles } from '../../src/store/troubles.ts'
import { serverPlace } from '../support/databases.ts'
import {
  type Act,
  BEGIN,
  liveDay,
  losses,
  strikes,
  TEMPLATES,
  turnFaults,
  writeDayOffice,
} from '../support/fault-day.ts'

const SEED = Number(process.env.FAULT_SEED ?? 1)
const DAY_MS = 600_000 // under a minute and a half on two free cores, and far more on a busy machine

/** The patience of either side, cut down as far as the slowest answer of a busy machine allows. */
const PATIENCE = {
  wecom: { retryMs: 20, retryMaxMs: 100, heartbeatMs: 1_000 },
  dingtalk: { retryFirstMs: 10, retryMaxMs: 100, pingMs: 400, idleMs: 1_200, callTimeoutMs: 2_500 },
}
const WECOM_TIMING = { ackDelayMs: 6_000, subscribesPerMinute: 100_000 }
const DINGTALK_TIMING = { ackMs: 1_500, cardAckMs: 1_500, pingMs: 300, closeMs: 500, slowMs: 3_500 }

type SendRow = {
  readonly id: string
  readonly address: string
  readonly channel: ChannelName
  readonly state: string
  readonly content: OutgoingContent
}

/** The day and its evening: faults off, and time runs on until nobody has anything left to do. */
async function live() {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'duban-day-'))
  await writeDayOffice(directory)
  const place = await serverPlace()
  const clock = movableClock(BEGIN)
  const platforms = await startPlatforms(() => clock, {
    folders: [directory],
    seed: SEED,
    wecom: { timing: WECOM_TIMING },
    dingtalk: { timing: DINGTALK_TIMING, cardTemplates: TEMPLATES },
  })
  const env = { ...place.environment, DINGTALK_CARD_TEMPLATES: JSON.stringify(TEMPLATES) }
  const silent = { debug() {}, info() {}, warn() {}, error() {} }
  const { product, stage } = await startDemoProduct(env, platforms, clock, silent, PATIENCE)
  turnFaults(platforms, true)
  const acts = await liveDay(platforms, stage, SEED)
  turnFaults(platforms, false)
  for (let hour = 25; hour <= 30 || (await isBusy(product, clock.now())); hour++) {
    if (hour > 60) throw new Error('the office never became quiet')
    await runTo(stage, BEGIN + hour * HOUR_MS)
  }
  return {
    platforms,
    product,
    acts,
    async close() {
      await product.stop()
      await platforms.close()
      await place.remove()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

async function rows<T extends object>({ database }: Product, sql: string): Promise<T[]> {
  return (await database.pool.query<T>(sql)).rows
}

async function isBusy(product: Product, now: number): Promise<boolean> {
  const left = await rows(
    product,
    `SELECT id FROM outbox WHERE state = 'sending' OR (state = 'queued' AND not_before <= '${new Date(now).toISOString()}')
     UNION ALL SELECT id FROM inbound WHERE state = 'received'`,
  )
  return left.length > 0
}

type Heard = { id: string; channel: ChannelName; state: string; text: string | null }

/** Every message that reached us was handled once; every other is one that the platform itself lost, and says so. */
async function expectHandledOnce(product: Product, platforms: Platforms, acts: readonly Act[]) {
  const heard = await rows<Heard>(
    product,
    `SELECT id::text, channel, state, payload->'content'->>'text' AS text FROM inbound`,
  )
  expect(heard.filter(({ state }) => state !== 'done')).toEqual([])
  const said = acts.filter(({ habit }) => habit !== 'press')
  const byWord = new Map(heard.map((one) => [/（(.+)）/.exec(one.text ?? '')?.[1], one]))
  expect(byWord.size - (byWord.has(undefined) ? 1 : 0)).toBe(heard.filter(({ text }) => text !== null).length)
  const missing = said.filter(({ word }) => !byWord.has(word))
  // WeCom says nothing when a frame goes down with its connection; it is known to the persona, or that connection broke.
  expect(
    missing.filter(({ platform, delivered, cut }) => platform === 'wecom' && delivered?.reached && !cut),
  ).toEqual([])
  // DingTalk acknowledges, and repeats once: what is missing was given up by the platform after that.
  expect(missing.filter(({ platform, delivered }) => platform === 'dingtalk' && delivered?.reached)).toEqual(
    [],
  )
  const missingThere = missing.filter(({ platform }) => platform === 'dingtalk').length
  expect(missingThere).toBeLessThanOrEqual(platforms.imitations.dingtalk.lost())
  return { heard, byWord, said, missing }
}

/** One record a report, one answer a question. */
async function expectAnsweredOnce(
  product: Product,
  { byWord, said }: Awaited<ReturnType<typeof expectHandledOnce>>,
) {
  const records = await rows<{ inbound_id: string }>(product, `SELECT inbound_id::text FROM submission`)
  const replies = await rows<{ dedup_key: string }>(
    product,
    `SELECT dedup_key FROM outbox WHERE dedup_key LIKE 'reply|%'`,
  )
  const inboundOf = (habit: Act['habit']): string[] =>
    said.filter((act) => act.habit === habit).flatMap(({ word }) => byWord.get(word)?.id ?? [])
  expect(records.map(({ inbound_id: id }) => id).sort()).toEqual(inboundOf('report').sort())
  const answersTo = new Map<string, number>()
  for (const { dedup_key: key } of replies) {
    const [, inbound = ''] = key.split('|')
    answersTo.set(inbound, (answersTo.get(inbound) ?? 0) + 1)
  }
  for (const habit of ['report', 'question'] as const)
    expect(inboundOf(habit).filter((id) => answersTo.get(id) !== 1)).toEqual([])
}

/** Each message that was sent is on its phone once; one of unknown outcome once at most; a refused one never. */
async function expectSaidOnce(product: Product, platforms: Platforms) {
  const sends = await rows<SendRow>(product, `SELECT id, address, channel, state, content FROM send`)
  const ends = await rows<{ state: string }>(
    product,
    `SELECT DISTINCT state FROM outbox WHERE state <> 'queued'`,
  )
  const known = ['sent', 'merged', 'dropped', 'refused', 'unknown']
  expect(ends.filter(({ state }) => !known.includes(state))).toEqual([])
  const phones = platforms.world.bubbles().filter(({ from }) => from === 'bot')
  const shown = countBy(phones, (bubble) => `${bubble.platform} ${bubble.chat} ${titleOfBubble(bubble)}`)
  const keyOf = ({ channel, address, content }: SendRow): string =>
    `${channel} ${address.split(':').slice(2).join(':')} ${titleOf(content)}`
  const sent = countBy(
    sends.filter(({ state }) => state === 'sent'),
    keyOf,
  )
  const unknown = countBy(
    sends.filter(({ state }) => state === 'unknown'),
    keyOf,
  )
  const wrong = [...new Set([...shown.keys(), ...sent.keys()])].filter((key) => {
    const [seen = 0, least = 0] = [shown.get(key), sent.get(key)]
    return seen < least || seen > least + (unknown.get(key) ?? 0)
  })
  expect(wrong.map((key) => [key, shown.get(key), sent.get(key), unknown.get(key)])).toEqual([])
  // Cards carry our own id.
  const cards = countBy(
    phones.flatMap(({ card }) => card?.id ?? []),
    (id) => id,
  )
  expect([...cards.values()].filter((count) => count > 1)).toEqual([])
  return sends
}

/** Nobody's outcome is left in the dark unless the platform's answer was really lost, and each of these is listed for a person. */
async function expectListed(product: Product, platforms: Platforms, sends: readonly SendRow[]) {
  const lost = losses(platforms)
  for (const channel of ['wecom', 'dingtalk'] as const) {
    const inState = (state: string) => sends.filter((one) => one.channel === channel && one.state === state)
    expect(inState('unknown').length).toBeLessThanOrEqual(lost[channel].silent)
    expect(inState('refused').length).toBeLessThanOrEqual(lost[channel].refused)
  }
  const listed = await troubles(product.database.pool, BEGIN)
  expect(
    countBy(
      listed.filter(({ state }) => state === 'unknown'),
      ({ address }) => address,
    ),
  ).toEqual(
    countBy(
      sends.filter(({ state }) => state === 'unknown'),
      ({ address }) => address,
    ),
  )
}

it(
  `loses and repeats nothing in a day of faults (seed ${SEED})`,
  async () => {
    const began = performance.now()
    const { platforms, product, acts, close } = await live()
    const handled = await expectHandledOnce(product, platforms, acts)
    await expectAnsweredOnce(product, handled)
    const sends = await expectSaidOnce(product, platforms)
    await expectListed(product, platforms, sends)
    expect('seq' in (await findBrokenLink(product.database.pool))).toBe(false)
    expect(handled.heard.length).toBeGreaterThanOrEqual(2_000)
    expect(sends.filter(({ state }) => state === 'sent').length).toBeGreaterThanOrEqual(2_000)
    const struck = strikes(platforms)
    if (process.env.FAULT_REPORT) report(performance.now() - began, handled, sends, struck)
    await close()
  },
  DAY_MS,
)

function countBy<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const one of all) counts.set(keyOf(one), (counts.get(keyOf(one)) ?? 0) + 1)
  return counts
}

const plain = (words: string): string => words.replace(/[^\p{L}\p{N}]/gu, '')
const titleOf = (content: OutgoingContent): string =>
  plain(content.type === 'card' ? content.card.title : content.text)
/** On a card its title, in words their first line. */
const titleOfBubble = ({ card, markdown, text }: Bubble): string =>
  plain(card?.title ?? (markdown ?? text ?? '').split('\n')[0] ?? '')

function report(
  ms: number,
  handled: Awaited<ReturnType<typeof expectHandledOnce>>,
  sends: readonly SendRow[],
  struck: object,
) {
  const states = Object.fromEntries(countBy(sends, ({ channel, state }) => `${channel} ${state}`))
  process.stdout.write(
    `${JSON.stringify({ seed: SEED, ms: Math.round(ms), heard: handled.heard.length, missing: handled.missing.length, states, struck })}\n`,
  )
}
