// What a made-up office of many liaisons says and presses in the 24 hours of a day of faults.
import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parse, stringify } from 'yaml'
import { runTo } from '../../src/commands/demo/leap.ts'
import type { Platforms } from '../../src/commands/demo/platforms.ts'
import { HOUR_MS, type Instant, instantOf } from '../../src/core/calendar/civil.ts'
import type { ChannelName } from '../../src/core/people/directory.ts'
import type { Delivered } from '../../src/sandbox/imitation.ts'
import type { Stage } from '../../src/sandbox/story/story.ts'
import { noise } from '../../src/sandbox/story/temper.ts'
import type { Bubble } from '../../src/sandbox/world.ts'
import { writeBurstOffice } from './big-office.ts'
import { entries } from './fault-switches.ts'

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
  /** He writes to WeCom's self-built app, not to the bot. */
  readonly byApp: boolean
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

/** What everybody will do, wave by wave, drawn from the seed. */
export function planDay(seed: number): Act[] {
  const accounts = entries(UNITS).flatMap(([platform, count]) =>
    Array.from({ length: count }, (_, index) => ({
      platform,
      account: `${platform}-${index}-lianluo`,
      byApp: platform === 'wecom' && index % 2 === 0,
    })),
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
  const { platform, account, habit, word, byApp } = act
  const imitation = imitations[platform]
  if (habit === 'press') {
    const target = pressable(world.bubbles(), act)
    if (!target) return { reached: false, note: 'nothing to press' }
    return imitation.click(account, target.bubble, target.button)
  }
  const inGroup = habit === 'question' && noise(seed, word) < 0.1
  const own = byApp ? `app:${account}` : account
  const said = { text: wordsOf(act), ...(inGroup ? { mention: true } : {}) }
  return imitation.say(account, inGroup ? GROUPS[platform] : own, said)
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
      (one.chat === account || one.chat === `app:${account}`) &&
      one.card?.buttons.some(({ key, disabled }) => key === 'confirm' && !disabled),
  )
  return card && { bubble: card.id, button: 'confirm' }
}

const letters = (index: number): string => String.fromCharCode('a'.charCodeAt(0) + index)
