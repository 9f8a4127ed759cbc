// A whole small office for scenarios: both imitated platforms and the product over real sockets, on either database, on a clock moved by hand.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { expect, onTestFinished } from 'vitest'
import type { LedgerRow } from '../../src/app/store-port.ts'
import { movableClock } from '../../src/commands/clocks.ts'
import { leapTarget, runTo } from '../../src/commands/demo/leap.ts'
import { type Platforms, startPlatforms } from '../../src/commands/demo/platforms.ts'
import { type DemoProduct, startDemoProduct } from '../../src/commands/demo/stage.ts'
import { importInto } from '../../src/commands/import.ts'
import { parseInstant } from '../../src/core/calendar/civil.ts'
import type { ChannelName } from '../../src/core/people/directory.ts'
import type { Delivered, Said } from '../../src/sandbox/imitation.ts'
import type { Bubble } from '../../src/sandbox/world.ts'
import { type OfficeOptions, type Side, writeFiles } from './office-cast.ts'

export { everywhere, SIDES } from './office-cast.ts'

/** What somebody sees on his phone. */
export type Seen = {
  readonly bubble: string
  readonly chat: string
  readonly platform: ChannelName
  readonly words: string
  readonly buttons: readonly string[]
}

/** Opens an office for the running test. Closing it fails the test when a message came that nobody expected. */
export async function openOffice(options: OfficeOptions): Promise<TestOffice> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'duban-office-'))
  await writeFiles(folder, options)
  const place = await options.place()
  const clock = movableClock(instant(options.at))
  const platforms = await startPlatforms(() => clock, {
    folders: [folder],
    ...(options.recast ? { recast: options.recast } : {}),
    ...(options.wecom ? { wecom: options.wecom } : {}),
  })
  const office = new TestOffice(options.side, platforms, clock, folder, place.environment)
  onTestFinished(async ({ task }) => {
    await office.close()
    await platforms.close()
    await place.remove()
    await rm(folder, { recursive: true, force: true })
    if (task.result?.state !== 'fail') office.expectNothing()
  })
  await office.start()
  return office
}

const instant = (text: string): number => {
  const at = parseInstant(`${text.replace(' ', 'T')}:00+08:00`)
  if (at === undefined) throw new Error(`no moment: ${text}`)
  return at
}

export class TestOffice {
  readonly platforms: Platforms
  readonly #side: Side
  readonly #clock: ReturnType<typeof movableClock>
  readonly #folder: string
  readonly #environment: Readonly<Record<string, string>>
  #running: DemoProduct | undefined
  #unread: Bubble[] = []
  readonly #known = new Set<string>()

  constructor(
    side: Side,
    platforms: Platforms,
    clock: ReturnType<typeof movableClock>,
    folder: string,
    environment: Readonly<Record<string, string>>,
  ) {
    this.#side = side
    this.platforms = platforms
    this.#clock = clock
    this.#folder = folder
    this.#environment = environment
    platforms.world.onChange((change) => {
      if (change.type !== 'bubble' || change.bubble.from !== 'bot') return
      const at = this.#unread.findIndex(({ id }) => id === change.bubble.id)
      if (at >= 0) this.#unread[at] = change.bubble
      else if (!this.#known.has(change.bubble.id)) this.#unread.push(change.bubble)
      this.#known.add(change.bubble.id)
    })
  }

  get clock(): { now(): number } {
    return this.#clock
  }

  get product() {
    return this.#live.product
  }

  get #live(): DemoProduct {
    if (!this.#running) throw new Error('the office is closed')
    return this.#running
  }

  async start(): Promise<void> {
    const log = { debug() {}, info() {}, warn() {}, error() {} }
    this.#running = await startDemoProduct(this.#environment, this.platforms, this.#clock, log)
    await this.settle()
  }

  async close(): Promise<void> {
    await this.#running?.product.stop()
    this.#running = undefined
  }

  /** The product goes down, time passes, and it comes up again. */
  async restartAt(text: string): Promise<void> {
    await this.close()
    this.#clock.moveTo(instant(text))
    await this.start()
  }

  async settle(): Promise<void> {
    const { stage } = this.#live
    await runTo(stage, stage.now())
  }

  /** Lets time run to this moment, everything on the way happening in order. */
  advanceTo(text: string): Promise<void> {
    return runTo(this.#live.stage, instant(text))
  }

  nextMorning(): Promise<void> {
    const { stage } = this.#live
    return runTo(stage, leapTarget({ type: 'next-morning' }, stage.now(), []))
  }

  /** In the direct chat with the bot, or in a group (there with a mention unless told otherwise). */
  async say(
    person: string,
    text: string,
    options: Partial<Said> & { group?: string } = {},
  ): Promise<Delivered> {
    const { group, ...said } = options
    const platform = this.platformOf(person)
    const delivered = await this.platforms.imitations[platform].say(person, group ?? person, {
      text,
      ...(group ? { mention: true } : {}),
      ...said,
    })
    await this.settle()
    return delivered
  }

  async press(person: string, { bubble, platform }: Seen, button: string): Promise<Delivered> {
    const delivered = await this.platforms.imitations[platform].click(person, bubble, button)
    await this.settle()
    return delivered
  }

  /** Fills in the form right on a card; what is not named stays as it was. */
  async fill(person: string, { bubble }: Seen, values: Record<string, string>): Promise<Delivered> {
    const delivered = await this.platforms.imitations.dingtalk.fill?.(person, bubble, values)
    await this.settle()
    return delivered ?? { reached: false }
  }

  async enter(person: string): Promise<Delivered> {
    const delivered = await this.platforms.imitations[this.platformOf(person)].enter(person)
    await this.settle()
    return delivered
  }

  /** Takes the oldest unread message to this person or group: it must hold these words. */
  expectCard(whom: string, ...words: readonly string[]): Seen {
    const chat = this.#unread.findIndex((bubble) => bubble.chat === whom)
    const [bubble] = chat < 0 ? [] : this.#unread.splice(chat, 1)
    if (!bubble) throw new Error(`${whom} got nothing; unread: ${JSON.stringify(this.unread(), null, 1)}`)
    const seen = seenOf(bubble)
    for (const part of words) expect(seen.words).toContain(part)
    return seen
  }

  /** Nobody has anything unread. */
  expectNothing(): void {
    expect(this.unread()).toEqual([])
  }

  /** For tests that look at one person only: what the others got until now is not judged. */
  skip(): void {
    this.#unread = []
  }

  unread(): { to: string; words: string }[] {
    return this.#unread.map((bubble) => ({ to: bubble.chat, words: seenOf(bubble).words }))
  }

  /** The message as it looks now, after a redraw. */
  look({ bubble }: Seen): Seen {
    const found = this.platforms.world.bubbles().find(({ id }) => id === bubble)
    if (!found) throw new Error(`no bubble ${bubble}`)
    return seenOf(found)
  }

  platformOf(person: string): ChannelName {
    const persona = this.platforms.world.personas.find(({ account }) => account === person)
    if (!persona) throw new Error(`nobody has the account ${person}`)
    return persona.platform
  }

  async ledger(): Promise<LedgerRow[]> {
    return this.product.store.ledger()
  }

  /** The only task, or the one whose key holds this. */
  async task(part = ''): Promise<LedgerRow> {
    const rows = (await this.ledger()).filter(({ key }) => key.includes(part))
    const [only] = rows
    if (!only || rows.length > 1) throw new Error(`${rows.length} tasks match "${part}"`)
    return only
  }

  async submissions(task: { id: string }) {
    return this.product.store.transaction((tx) => tx.submissionsOf(task.id))
  }

  /** Imports these rows on top, as an operator would. */
  async import(yaml: string): Promise<void> {
    const file = path.join(this.#folder, 'later.yaml')
    await writeFile(file, yaml)
    const { problems } = await importInto(this.product.store, [file], this.#clock.now())
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
    await this.settle()
  }

  async rows<T extends object>(sql: string): Promise<T[]> {
    return (await this.product.database.pool.query<T>(sql)).rows
  }

  get side(): Side {
    return this.#side
  }
}

function seenOf({ id, chat, platform, text, markdown, card }: Bubble): Seen {
  const fields = card?.fields.map(({ label, value }) => `${label}：${value}`) ?? []
  const words = card ? [card.title, card.subtitle, ...fields, card.text] : [text, markdown]
  const buttons = card?.buttons.filter(({ disabled }) => !disabled).map(({ key }) => key) ?? []
  return { bubble: id, chat, platform, words: words.filter(Boolean).join('\n'), buttons }
}
