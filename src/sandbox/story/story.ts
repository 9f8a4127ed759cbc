// Plays a whole plan through the imitated platforms: people answer, forget and are reminded while the clock is run forward.
import { DAY_MS, type Instant } from '../../core/calendar/civil.ts'
import type { ChannelName } from '../../core/people/directory.ts'
import type { Imitation } from '../imitation.ts'
import type { Bubble, World } from '../world.ts'
import { type Books, type Reaction, reactionsTo } from './react.ts'
import { delayMs } from './temper.ts'

/** The product as the story needs it: a clock to move and a way to wait until it is quiet. */
export interface Stage {
  readonly world: World
  readonly imitations: Readonly<Record<ChannelName, Imitation>>
  now(): Instant
  moveTo(at: Instant): Promise<void>
  /** Resolves when neither the product nor the platforms have anything left to do at this moment. */
  settle(): Promise<void>
  /** When the product wants to act next by itself. */
  nextAt(): Promise<Instant | undefined>
}

export type StoryOptions = {
  readonly until: Instant
  readonly seed: number
  /** Nobody answers anything. */
  readonly silent?: boolean
}

export type StoryResult = {
  readonly answers: number
  readonly presses: number
  readonly silentRefusals: number
}

type Counts = { -readonly [key in keyof StoryResult]: StoryResult[key] }

type Intention = { readonly at: Instant; readonly bubble: Bubble; readonly reaction: Reaction }

/** Runs to `until`. Everything that happens is seen in the world; what people do here is decided by the seed alone. */
export async function playStory(stage: Stage, options: StoryOptions): Promise<StoryResult> {
  const counts = { answers: 0, presses: 0, silentRefusals: 0 }
  const { intentions, stopListening } = listen(stage.world, options)
  try {
    await stage.settle()
    for (let now = stage.now(); now < options.until; now = stage.now()) {
      intentions.sort((a, b) => a.at - b.at)
      const next = earliest(intentions[0]?.at, await stage.nextAt(), options.until)
      await stage.moveTo(Math.max(next, now))
      while (intentions[0] && intentions[0].at <= stage.now()) {
        const intention = intentions.shift()
        if (intention) await act(stage, intention, counts)
        await stage.settle()
      }
      if (stage.now() >= next) await stage.settle()
      // Something that is due but can't be done yet (a limit, a connection) must not stop time.
      if (stage.now() === now && next <= now) await stage.moveTo(now + 1_000)
    }
  } finally {
    stopListening()
  }
  return counts
}

/** What people intend to do, growing while the bot speaks to them. */
function listen(world: World, { seed, silent }: StoryOptions) {
  const intentions: Intention[] = []
  const books: Books = new Map()
  const seen = new Set<string>()
  const stopListening = world.onChange((change) => {
    if (change.type !== 'bubble' || silent) return
    const { bubble } = change
    if (bubble.from !== 'bot' || bubble.mentions || seen.has(bubble.id) || isGroup(world, bubble)) return
    seen.add(bubble.id)
    for (const [index, reaction] of reactionsTo(bubble, seed, books).entries()) {
      const delay = delayMs(seed, bubble.chat, bubble.card?.title ?? '') + index * 60_000
      intentions.push({ at: workingHour(bubble.at + delay), bubble, reaction })
    }
  })
  return { intentions, stopListening }
}

async function act(stage: Stage, { bubble, reaction }: Intention, counts: Counts): Promise<void> {
  const platform = stage.imitations[bubble.platform]
  const done =
    reaction.type === 'say'
      ? await platform.say(bubble.chat, bubble.chat, { text: reaction.text })
      : await platform.click(bubble.chat, bubble.id, reaction.button)
  if (!done.reached) counts.silentRefusals += 1
  if (reaction.type === 'say') counts.answers += 1
  else counts.presses += 1
}

const isGroup = (world: World, bubble: Bubble): boolean =>
  world.chats.some(
    ({ id, platform, kind }) => kind === 'group' && platform === bubble.platform && id === bubble.chat,
  )

const earliest = (...times: readonly (Instant | undefined)[]): Instant =>
  Math.min(...times.filter((at) => at !== undefined))

/** People answer between 8:00 and 20:00 in Asia/Shanghai. */
function workingHour(at: Instant): Instant {
  const hour = new Date(at + 8 * 3_600_000).getUTCHours()
  if (hour >= 8 && hour < 20) return at
  return hour < 8 ? at + (8 - hour) * 3_600_000 : at + DAY_MS / 2
}
