// Events of the organisation that somebody at the office should know of: a group that was dissolved, a person who left.
import type { Clock, Log } from '../../app/ports.ts'
import { isObject, type JsonObject, parseObject } from '../unanswered.ts'

/** What an event says about itself; `id` is the same at every delivery (documented: 事件订阅). */
export type PushedEvent = { readonly id: string; readonly type: string; readonly data: string }

/** Both kinds are ticked in the console or never come; contact events are outside the month (documented), group events count. */
const CURES: Readonly<Record<string, string>> = {
  chat_disband: '这个群已解散：在导入表里换一个群',
  user_leave_org: '此人已离开单位：在导入表里登记继任者或代理人',
}

/** Repeats come within seconds and, by the retry schedule, within a minute (documented); this is the memory of other clients. */
const REMEMBER_MS = 10 * 60_000

/** Says each known event once in the log, whatever comes twice. Events of other types are acknowledged and forgotten. */
export function createEvents({ clock, log }: { clock: Clock; log: Log }): (event: PushedEvent) => void {
  const seen = new Map<string, number>()
  return ({ id, type, data }) => {
    const now = clock.now()
    for (const [old, at] of seen) if (at <= now - REMEMBER_MS) seen.delete(old)
    if (id !== '' && seen.has(id)) return
    seen.set(id, now)
    const cure = Object.hasOwn(CURES, type) ? CURES[type] : undefined
    if (cure !== undefined)
      log.warn({ event: type, about: aboutOf(parseObject(data) ?? {}), cure }, 'DingTalk told of a change')
  }
}

// The payload of the raw frame was never seen: Java's view of it nests once more.
function aboutOf(data: JsonObject): unknown {
  const inner = isObject(data.data) ? data.data : data
  return inner.openConversationId ?? inner.userId ?? inner.UserId
}
