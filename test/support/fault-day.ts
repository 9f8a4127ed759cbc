// A day of misfortunes: what a made-up office of many liaisons says and presses in 24 hours, and which faults the platforms have meanwhile.
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parse, stringify } from 'yaml'
import { runTo } from '../../src/commands/demo/leap.ts'
import type { Platforms } from '../../src/commands/demo/platforms.ts'
import { HOUR_MS, type Instant, instantOf } from '../../src/core/calendar/civil.ts'
import type { ChannelName } from '../../src/core/people/directory.ts'
import type { FaultName as DingtalkFault } from '../../src/sandbox/dingtalk/faults.ts'
import type { Delivered } from '../../src/sandbox/imitation.ts'
import type { Stage } from '../../src/sandbox/story/story.ts'
import { noise } from '../../src/sandbox/story/temper.ts'
import type { FaultName as WecomFault } from '../../src/sandbox/wecom/faults.ts'
import type { Bubble } from '../../src/sandbox/world.ts'
import { writeBurstOffice } from './big-office.ts'

export const UNITS = { wecom: 52, dingtalk: 52 } as const
const DUTIES = 8
/** A Monday on which all duties are open already. */
export const BEGIN = instantOf('2021-04-12', '08:00')
export const GROUPS = { wecom: 'wrDayGroup', dingtalk: 'cidDayGroup==' } as const

/** Cards of these names are interactive on DingTalk; the others go out as words, which no platform recognises when they come again. */
export const TEMPLATES = Object.fromEntries(
  ['read-back', 'duty-list', 'duty-prompt'].map((name) => [name, `day-${name}.schema`]),
)

const WAVES = 30
const HABITS = { report: DUTIES, question: 7, chatter: 3, press: 4 } as const
export type Habit = keyof typeof HABITS

/** Something a persona did. `word` stands in what he wrote and nowhere else. */
export type Act = {
  readonly wave: number
  readonly platform: ChannelName
  readonly account: string
  readonly habit: Habit
  readonly word: string
  delivered?: Delivered
  /** The WeCom connection broke while it was under way, so what it carried then is gone (documented by silence: no backlog). */
  cut?: boolean
}

/** The import files: liaisons on both platforms with the same duties, and a group on each for all of them. */
export async function writeDayOffice(directory: string): Promise<void> {
  await writeBurstOffice(directory, { ...UNITS, dutiesEach: DUTIES })
  const file = path.join(directory, 'people.yaml')
  const people = parse(await readFile(file, 'utf8')) as object
  const groups = entries(GROUPS).map(([channel, chat]) => ({
    key: `qun-${channel}`,
    name: `${channel === 'wecom' ? '甲' : '乙'}组工作群`,
    channel,
    chat,
    units: Array.from({ length: UNITS[channel] }, (_, index) => `${channel}-${index}`),
  }))
  await writeFile(file, stringify({ ...people, groups }))
}

/** Chances of everything that the imitations know to go wrong. What waits in real time is rarer, or the day would take an hour. */
const WECOM: Record<WecomFault, number> = {
  'drop-ack': 0.003,
  'delay-ack': 0.002,
  'cut-socket': 0.01,
  'duplicate-callback': 0.1,
  'not-json': 0.02,
  zombie: 0.000_5,
}
const DINGTALK: Record<DingtalkFault, number> = {
  'drop-response': 0.02,
  reset: 0.02,
  slow: 0.003,
  'html-page': 0.01,
  'gateway-down': 0.2,
  'duplicate-push': 0.1,
  'lost-ack': 0.05,
  'late-push': 0.05,
  zombie: 0.002,
  blocked: 0.01,
  'token-gone': 0.02,
  'bad-gateway': 0.1,
}
/** Too fast, a passing trouble, and words that the platform does not like. */
const WECOM_REFUSALS: Record<number, number> = { 45009: 0.02, 45033: 0.01, '-1': 0.01, 82004: 0.004 }
const DINGTALK_REFUSALS: Record<string, number> = {
  'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi': 0.02,
  'send.too.fast': 0.01,
  'contain.notAllowed.text': 0.004,
}

/** Answers of which the product cannot know what became of the request. */
const SILENCES = {
  wecom: ['drop-ack', 'delay-ack', 'cut-socket', 'zombie'],
  dingtalk: ['drop-response', 'reset', 'slow', 'html-page'],
} as const
const WORDS_REFUSED = { wecom: 82004, dingtalk: 'contain.notAllowed.text' } as const

/** Switches every fault on, or off again. */
export function turnFaults({ imitations: { wecom, dingtalk } }: Platforms, on: boolean): void {
  const share = on ? 1 : 0
  for (const [name, chance] of entries(WECOM)) wecom.faults.chance(name, chance * share)
  for (const [name, chance] of entries(DINGTALK)) dingtalk.faults.chance(name, chance * share)
  for (const [code, chance] of entries(WECOM_REFUSALS))
    wecom.faults.refuseAtRandom(Number(code), chance * share)
  for (const [code, chance] of entries(DINGTALK_REFUSALS))
    dingtalk.faults.refuseAtRandom(code, chance * share)
}

/** How often each fault has struck, by platform. */
export function strikes({ imitations: { wecom, dingtalk } }: Platforms) {
  const counted = <T extends string>(names: readonly T[], count: (name: T) => number) =>
    Object.fromEntries(names.map((name) => [name, count(name)]))
  return {
    wecom: counted(keys(WECOM), wecom.faults.struck),
    dingtalk: counted(keys(DINGTALK), dingtalk.faults.struck),
  }
}

/** How many answers were really lost, and how many messages really refused for their words. */
export function losses({ imitations: { wecom, dingtalk } }: Platforms) {
  const sum = (counts: readonly number[]): number => counts.reduce((total, one) => total + one, 0)
  return {
    wecom: {
      silent: sum(SILENCES.wecom.map((name) => wecom.faults.struck(name))),
      refused: wecom.faults.struck(WORDS_REFUSED.wecom),
    },
    dingtalk: {
      silent: sum(SILENCES.dingtalk.map((name) => dingtalk.faults.struck(name))),
      refused: dingtalk.faults.struck(WORDS_REFUSED.dingtalk),
    },
  }
}

/** What everybody will do, wave by wave, drawn from the seed. */
export function planDay(seed: number): Act[] {
  const accounts = entries(UNITS).flatMap(([platform, count]) =>
    Array.from({ length: count }, (_, index) => ({ platform, account: `${platform}-${index}-lianluo` })),
  )
  const acts = accounts.flatMap((who) =>
    entries(HABITS).flatMap(([habit, times]) =>
      Array.from({ length: times }, (_, index): Act => {
        const wave = Math.floor(noise(seed, who.account, habit, index) * WAVES)
        return { ...who, wave, habit, word: `${habit}-${who.account}-${letters(index)}` }
      }),
    ),
  )
  return acts.sort((a, b) => a.wave - b.wave)
}

/** Lives the day; whoever can't be reached stays silent. Returns what was done, with how it went. */
export async function liveDay(platforms: Platforms, stage: Stage, seed: number): Promise<Act[]> {
  const acts = planDay(seed)
  for (let wave = 0; wave < WAVES; wave++) {
    await runTo(stage, momentOf(seed, wave))
    upset(platforms, seed, wave)
    const connections = platforms.imitations.wecom.traffic().subscribes
    const now = acts.filter((act) => act.wave === wave)
    await Promise.all(
      now.map(async (act) => {
        act.delivered = await perform(platforms, act, seed)
      }),
    )
    await stage.settle()
    const cut =
      !platforms.imitations.wecom.traffic().live ||
      platforms.imitations.wecom.traffic().subscribes > connections
    for (const act of now) act.cut = cut
  }
  await runTo(stage, BEGIN + 24 * HOUR_MS)
  return acts
}

/** More people write in the daytime, and none exactly on the hour. */
function momentOf(seed: number, wave: number): Instant {
  const length = (24 * HOUR_MS) / WAVES
  return Math.round(BEGIN + (wave + noise(seed, 'moment', wave) * 0.9) * length)
}

/** Now and then the platform itself moves or cuts its connections, or takes a token back. */
function upset({ imitations: { dingtalk } }: Platforms, seed: number, wave: number): void {
  const roll = noise(seed, 'upset', wave)
  if (roll < 0.1) dingtalk.disconnectAll()
  else if (roll < 0.2) dingtalk.cutAll()
  else if (roll < 0.3) dingtalk.invalidateToken()
}

async function perform({ imitations, world }: Platforms, act: Act, seed: number): Promise<Delivered> {
  const { platform, account, habit, word } = act
  const imitation = imitations[platform]
  if (habit === 'press') {
    const target = pressable(world.bubbles(), act)
    if (!target) return { reached: false, note: 'nothing to press' }
    return imitation.click(account, target.bubble, target.button)
  }
  const inGroup = habit === 'question' && noise(seed, word) < 0.1
  const said = { text: wordsOf(act), ...(inGroup ? { mention: true } : {}) }
  return imitation.say(account, inGroup ? GROUPS[platform] : account, said)
}

function wordsOf({ habit, word }: Act): string {
  const [last = 'a'] = word.split('-').slice(-1)
  const duty = last.charCodeAt(0) - 'a'.charCodeAt(0) + 1
  if (habit === 'report') return `第${duty}项自查情况已完成，材料已报送（${word}）`
  return habit === 'question' ? `我还差什么没报（${word}）` : `今天开会（${word}）`
}

/** The newest card in his own chat that still has a button to press. */
function pressable(bubbles: readonly Bubble[], { platform, account }: Act) {
  const card = bubbles.findLast(
    (one) =>
      one.platform === platform &&
      one.chat === account &&
      one.card?.buttons.some(({ key, disabled }) => key === 'confirm' && !disabled),
  )
  return card && { bubble: card.id, button: 'confirm' }
}

const letters = (index: number): string => String.fromCharCode('a'.charCodeAt(0) + index)
const keys = <T extends string>(of: Readonly<Record<T, unknown>>): T[] => Object.keys(of) as T[]
const entries = <T extends string | number, V>(of: Readonly<Record<T, V>>): [T, V][] =>
  Object.entries(of) as [T, V][]
