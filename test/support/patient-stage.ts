// A stage for the story whose product may die at any moment: its people notice when no answer comes, and say it again.
import type { MovableClock } from '../../src/commands/clocks.ts'
import type { Platforms } from '../../src/commands/demo/platforms.ts'
import type { ChannelName } from '../../src/core/people/directory.ts'
import type { Delivered, Imitation } from '../../src/sandbox/imitation.ts'
import type { Stage } from '../../src/sandbox/story/story.ts'
import type { World } from '../../src/sandbox/world.ts'
import type { ProductProcess } from './product-process.ts'

/** Longer than DingTalk waits before it sends what was not acknowledged once more. */
const A_WHILE_MS = 61_000

/**
 * What a platform promises is kept by the platform: DingTalk sends a message again that was not acknowledged. What it does not
 * promise is left to people: WeCom never repeats a message or a press, and DingTalk no press; so whoever sees no answer after a
 * while does it again, as he would in reality. A product that loses what it acknowledged, or answers twice, is not helped by this.
 */
export function patientStage(platforms: Platforms, clock: MovableClock, product: ProductProcess): Stage {
  const { world, imitations } = platforms
  const signs = countSigns(world)

  async function moveTo(at: number): Promise<void> {
    clock.moveTo(at)
    await product.call('moveTo', at)
    await imitations.dingtalk.redeliverDue()
  }
  async function settle(): Promise<void> {
    await imitations.wecom.settled()
    await imitations.dingtalk.settled()
    await product.call('settle')
  }
  async function insist(chat: string, act: () => Promise<Delivered>): Promise<Delivered> {
    for (;;) {
      const { lives } = product
      const before = signs.in(chat)
      const done = await act()
      await settle()
      if (product.lives === lives) return done
      await moveTo(clock.now() + A_WHILE_MS)
      await settle()
      if (signs.in(chat) > before) return { reached: true }
    }
  }
  function patient(imitation: Imitation): Imitation {
    return {
      ...imitation,
      say: (account, chat, said) => insist(chat, () => imitation.say(account, chat, said)),
      click: (account, bubble, button) =>
        insist(world.find(bubble)?.chat ?? '', () => imitation.click(account, bubble, button)),
    }
  }
  return {
    world,
    imitations: mapped(imitations, patient),
    now: () => clock.now(),
    moveTo,
    settle,
    nextAt: () => product.call('nextAt'),
  }
}

/** What people see the bot do, chat by chat: a new message, or a card that is drawn anew. */
function countSigns(world: World): { in(chat: string): number } {
  const counts = new Map<string, number>()
  world.onChange((change) => {
    if (change.type !== 'bubble' || change.bubble.from !== 'bot') return
    const { chat } = change.bubble
    counts.set(chat, (counts.get(chat) ?? 0) + 1)
  })
  return { in: (chat) => counts.get(chat) ?? 0 }
}

const mapped = (
  { wecom, dingtalk }: Readonly<Record<ChannelName, Imitation>>,
  change: (imitation: Imitation) => Imitation,
): Record<ChannelName, Imitation> => ({ wecom: change(wecom), dingtalk: change(dingtalk) })
