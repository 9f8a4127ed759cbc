// Plays many conversations at once, step by step, on a product in a process of its own that may be killed at every step.
import { mkdir } from 'node:fs/promises'
import { type MovableClock, movableClock } from '../../src/commands/clocks.ts'
import { runTo } from '../../src/commands/demo/leap.ts'
import { type Platforms, startPlatforms } from '../../src/commands/demo/platforms.ts'
import { instantOf } from '../../src/core/calendar/civil.ts'
import type { Delivered } from '../../src/sandbox/imitation.ts'
import type { Stage } from '../../src/sandbox/story/story.ts'
import type { Bubble } from '../../src/sandbox/world.ts'
import { embeddedPlace } from './databases.ts'
import { patientStage } from './patient-stage.ts'
import { ProductProcess } from './product-process.ts'
import { type Cast, castOf, writeCasts } from './talk-cast.ts'
import { buttonFor, chatOf, filled, isIn, newest, type Phones, phonesOf } from './talk-phones.ts'
import { readRecords, type TalkRecords } from './talk-records.ts'
import type { Step, Talk } from './talk-script.ts'

/** Never; at rest, when everybody has read what came; or in the middle of each step, when so much (0 to 1) of what it shows is out. */
export type Kill = 'never' | 'at rest' | { readonly answered: readonly number[] }

/** What came on each phone of a talk, step by step; first of all, what opened the duties. How a pressed card is redrawn is not told. */
export type Heard = { readonly cast: Cast; readonly steps: readonly Phones[] }

export type Played = TalkRecords & {
  readonly heard: readonly Heard[]
  readonly lives: number
}

const BEGIN = instantOf('2021-06-07', '09:00')
/** Two of them are less than the five minutes in which a report can be taken back. */
const STEP_MS = 120_000
/** All is answered by then, if nobody was killed. */
const ANSWERED_MS = 20_000
/** DingTalk has sent again what was not acknowledged, and people wonder. */
const PATIENCE_MS = 85_000

type Act = { readonly cast: Cast; readonly step: Step }

export async function playTalks(directory: string, talks: readonly Talk[], kill: Kill): Promise<Played> {
  const casts = castOf(talks)
  await mkdir(directory, { recursive: true })
  await writeCasts(directory, casts)
  const clock = movableClock(BEGIN)
  const platforms = await startPlatforms(() => clock, { folders: [directory] })
  const place = await embeddedPlace()
  const { DUBAN_DATA: data = '' } = place.environment
  const env = {
    ...platforms.settings,
    ...{ DUBAN_DATA: data, LOG_LEVEL: 'error', CHILD_FILES: directory },
    // With a page to lead to, every message is a card, which the platforms recognise when it comes again.
    PUBLIC_URL: 'https://duban.example.gov.cn',
  }
  const product = new ProductProcess({ env, now: () => clock.now() })
  try {
    const heard = await new Round(casts, platforms, clock, product, kill).play()
    await product.stop()
    return { ...(await readRecords(data, platforms.world)), heard, lives: product.lives }
  } finally {
    product.kill()
    await platforms.close()
    await place.remove()
  }
}

class Round {
  readonly #casts: readonly Cast[]
  readonly #platforms: Platforms
  readonly #product: ProductProcess
  readonly #stage: Stage
  readonly #kill: Kill
  /** The bot's messages of this step, in order. */
  #fresh: Bubble[] = []
  readonly #known = new Set<string>()
  /** The product dies with this many of them. */
  #fatal = Number.POSITIVE_INFINITY

  constructor(
    casts: readonly Cast[],
    platforms: Platforms,
    clock: MovableClock,
    product: ProductProcess,
    kill: Kill,
  ) {
    this.#casts = casts
    this.#platforms = platforms
    this.#product = product
    this.#stage = patientStage(platforms, clock, product)
    this.#kill = kill
    // What was acknowledged in the last moment before a death may not have been heard: then it comes again, too.
    if (typeof kill !== 'string') platforms.imitations.dingtalk.faults.chance('lost-ack', 0.5)
    platforms.world.onChange((change) => change.type === 'bubble' && this.#show(change.bubble))
  }

  async play(): Promise<Heard[]> {
    await runTo(this.#stage, BEGIN + STEP_MS)
    const steps = [this.#collect()]
    const length = Math.max(...this.#casts.map(({ talk }) => talk.steps.length))
    for (let at = 0; at < length; at += 1) {
      if (this.#kill === 'at rest') this.#product.kill()
      await this.#step(at)
      steps.push(this.#collect())
    }
    return this.#casts.map((cast) => ({ cast, steps: steps.map((all) => all.get(cast) ?? {}) }))
  }

  async #step(at: number): Promise<void> {
    const from = BEGIN + (at + 1) * STEP_MS
    await runTo(this.#stage, from)
    const acts = this.#casts.flatMap((cast): Act[] => {
      const step = cast.talk.steps[at]
      return step ? [{ cast, step }] : []
    })
    const { lives } = this.#product
    this.#plan(at, acts)
    await Promise.all(this.#all(acts))
    await runTo(this.#stage, from + ANSWERED_MS)
    if (this.#product.lives > lives) {
      await runTo(this.#stage, from + PATIENCE_MS)
      await Promise.all(this.#all(acts.filter((act) => this.#mustRepeat(act))))
    }
    await runTo(this.#stage, from + STEP_MS)
  }

  #plan(at: number, acts: readonly Act[]): void {
    if (typeof this.#kill === 'string') return
    const { answered } = this.#kill
    const part = answered[at % answered.length] ?? 0
    this.#fatal = Math.floor(part * acts.flatMap(({ step }) => step.shows).length)
  }

  /** All at the same moment. */
  #all(acts: readonly Act[]): Promise<Delivered>[] {
    const done = acts.map((act) => this.#act(act))
    this.#maybeDie()
    return done
  }

  #maybeDie(): void {
    if (this.#fresh.length < this.#fatal) return
    this.#fatal = Number.POSITIVE_INFINITY
    this.#product.kill()
  }

  #show(bubble: Bubble): void {
    if (bubble.from !== 'bot' || this.#known.has(bubble.id)) return
    this.#known.add(bubble.id)
    this.#fresh.push(bubble)
    this.#maybeDie()
  }

  // DingTalk repeats a message by itself; WeCom repeats nothing, and neither platform a press.
  #mustRepeat({ cast, step }: Act): boolean {
    const chat = chatOf(cast, step.where)
    const isExpected = step.shows.some(([phone]) => phone === step.where)
    if (!isExpected || (step.say !== undefined && chat.platform === 'dingtalk')) return false
    return !this.#fresh.some((bubble) => isIn(bubble, chat))
  }

  #act({ cast, step }: Act): Promise<Delivered> {
    const [chat, { id: person }] = [chatOf(cast, step.where), chatOf(cast, step.who)]
    const platform = this.#platforms.imitations[chat.platform]
    const { world } = this.#platforms
    if (step.say === undefined) {
      const { bubble, key } = buttonFor(world, cast, step)
      return platform.click(person, bubble, key)
    }
    return platform.say(person, chat.id, {
      text: filled(cast, step.say),
      ...(step.where === 'group' ? { mention: true } : {}),
      ...(step.quote === undefined ? {} : { quote: newest(world, chat, filled(cast, step.quote)).id }),
    })
  }

  /** Who got what since the last time, as it looks now. */
  #collect(): Map<Cast, Phones> {
    const { world } = this.#platforms
    const fresh = this.#fresh.map((bubble) => world.find(bubble.id) ?? bubble)
    this.#fresh = []
    this.#fatal = Number.POSITIVE_INFINITY
    return new Map(this.#casts.map((cast) => [cast, phonesOf(cast, fresh)]))
  }
}
