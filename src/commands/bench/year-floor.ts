// The floor under a year: every message that was sent and heard, once more over the same channels, with nobody behind them.
import type { Channel } from '../../app/ports.ts'
import { createDingtalkChannel } from '../../channels/dingtalk/index.ts'
import { createBotChannel } from '../../channels/wecom/bot.ts'
import { type Config, readConfig } from '../../config.ts'
import type { Instant } from '../../core/calendar/civil.ts'
import { addressOf, type Inbound, type Outgoing } from '../../core/message/types.ts'
import type { ChannelName } from '../../core/people/directory.ts'
import type { Sql } from '../../store/rows.ts'
import { type MovableClock, movableClock } from '../clocks.ts'
import { type Platforms, startPlatforms } from '../demo/platforms.ts'
import { createLog } from '../log.ts'
import { type Timed, timed } from './measure.ts'

type Sent = { readonly at: Instant; readonly message: Outgoing }
type Heard = { readonly at: Instant; readonly inbound: Inbound }

/** All that went over the wire, in order. */
export type Correspondence = { readonly sent: readonly Sent[]; readonly heard: readonly Heard[] }

export async function correspondenceOf(sql: Sql): Promise<Correspondence> {
  const sent = await sql.query<{ id: string; address: string; content: Outgoing['content']; at: Date }>(
    `SELECT id, address, content, started_at AS at FROM send WHERE state = 'sent' ORDER BY started_at, id`,
  )
  const heard = await sql.query<{ payload: Inbound; at: Date }>(
    'SELECT payload, received_at AS at FROM inbound ORDER BY id',
  )
  return {
    sent: sent.rows.map(({ id, address, content, at }) => ({
      at: at.getTime(),
      message: { id, to: addressOf(address), content },
    })),
    heard: heard.rows.map(({ payload, at }) => ({ at: at.getTime(), inbound: payload })),
  }
}

/** Presses are replayed as a short text: as many frames and acknowledgements, and no card has to be found. */
export async function replay({ sent, heard }: Correspondence, folders: readonly string[]): Promise<Timed> {
  const clock = movableClock(0)
  const platforms = await startPlatforms(() => clock, { folders })
  const channels = await connect(platforms, clock)
  try {
    return await timed(async () => {
      for (const one of inOrder(sent, heard)) {
        clock.moveTo(one.at)
        if ('message' in one) await send(channels, one.message)
        else await say(platforms, one.inbound)
      }
    })
  } finally {
    for (const channel of channels.values()) await channel.stop()
    await platforms.close()
  }
}

const inOrder = (sent: readonly Sent[], heard: readonly Heard[]): (Sent | Heard)[] =>
  [...sent, ...heard].sort((a, b) => a.at - b.at)

async function connect(
  { settings }: Platforms,
  clock: MovableClock,
): Promise<ReadonlyMap<ChannelName, Channel>> {
  const channels = channelsOf(readConfig(settings), clock)
  for (const channel of channels.values()) await channel.start(async () => undefined)
  const until = performance.now() + 15_000
  while (![...channels.values()].every((channel) => channel.isReady())) {
    if (performance.now() > until) throw new Error('imitated platforms did not come up')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return channels
}

function channelsOf({ wecom, dingtalk, botName }: Config, clock: MovableClock): Map<ChannelName, Channel> {
  const deps = { clock, log: createLog('error') }
  const channels = new Map<ChannelName, Channel>()
  if (wecom) channels.set('wecom', createBotChannel({ ...wecom, botName }, deps))
  if (dingtalk) channels.set('dingtalk', createDingtalkChannel({ ...dingtalk, botName }, deps))
  return channels
}

async function send(channels: ReadonlyMap<ChannelName, Channel>, message: Outgoing): Promise<void> {
  const outcome = await channels.get(message.to.channel)?.send(message)
  if (outcome?.type !== 'sent') throw new Error(`replayed message was not sent: ${JSON.stringify(outcome)}`)
}

async function say({ imitations }: Platforms, { channel, sender, content }: Inbound): Promise<void> {
  if (sender === undefined) return
  const text = content.type === 'text' ? content.text : '收到'
  await imitations[channel].say(sender, sender, { text })
  await imitations[channel].settled()
}
