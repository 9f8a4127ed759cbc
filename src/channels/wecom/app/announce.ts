// Words to groups that can't answer: those the app made itself, and those whose own robot speaks (documented: 应用推送消息, 消息推送配置说明).
import type { Clock, Log } from '../../../app/ports.ts'
import type { Outgoing, OutgoingContent, SendOutcome } from '../../../core/message/types.ts'
import { WEBHOOK_CHAT } from '../../../core/people/directory.ts'
import { cardAsMarkdown, fitMarkdown } from '../render.ts'
import type { Api } from './api.ts'
import { type Exchange, exchange } from './exchange.ts'
import { RequestPace, WEBHOOK_LIMITS } from './pace.ts'
import { judge } from './refusals.ts'
import { MESSAGE_BYTES, splitBytes } from './render.ts'

/** Before the chatid of a group that the app made. */
export const MADE_CHAT = 'appchat:'
const WEBHOOK_BYTES = 4096
const SEND_MS = 10_000

/** What opens a group's robot, by the group's key; undefined when it was never imported. May reject when it can't be unsealed. */
export type KeyOf = (group: string) => Promise<{ readonly key: string } | undefined>

type Deps = { readonly clock: Clock; readonly log: Log }
type Announcer = { send(message: Outgoing): Promise<SendOutcome> }

/** Groups of the app; `create` answers the new chatid, which shows up on phones with the first message. */
export function createMadeChats(api: Api, deps: Deps) {
  return {
    create: (group: { name: string; owner?: string; userlist: readonly string[] }): Promise<Exchange> =>
      api.call({ path: '/cgi-bin/appchat/create', json: group }),
    send: ({ to, content }: Outgoing): Promise<SendOutcome> =>
      inTurn(markdownOf(content, MESSAGE_BYTES), deps, (markdown) =>
        api.call({
          path: '/cgi-bin/appchat/send',
          json: {
            chatid: to.id.slice(MADE_CHAT.length),
            msgtype: 'markdown',
            markdown: { content: markdown },
          },
        }),
      ),
  }
}

/** Groups with a robot of their own. Nothing tells the platform that it had a message already, so a lost answer stays unknown. */
export function createWebhooks(apiBase: string, keyOf: KeyOf, deps: Deps): Announcer {
  const pace = new RequestPace(WEBHOOK_LIMITS, deps.clock)
  return {
    async send({ to, content }) {
      const group = to.id.slice(WEBHOOK_CHAT.length)
      const secret = await keyOf(group).catch(() => undefined)
      if (!secret) return NO_KEY
      const parts = markdownOf(content, WEBHOOK_BYTES)
      const waitMs = pace.take(group, parts.length)
      if (waitMs > 0) return { type: 'retry-later', afterMs: waitMs, detail: '对这个群发得太快，稍后再发' }
      const url = new URL('/cgi-bin/webhook/send', apiBase)
      url.searchParams.set('key', secret.key)
      const headers = { 'content-type': 'application/json' }
      return inTurn(parts, deps, (markdown) =>
        exchange(
          url,
          {
            method: 'POST',
            headers,
            body: JSON.stringify({ msgtype: 'markdown', markdown: { content: markdown } }),
          },
          SEND_MS,
        ),
      )
    },
  }
}

const NO_KEY: SendOutcome = {
  type: 'refused',
  code: 'no-key',
  detail: '没有这个群的消息推送地址，或它打不开',
  cure: '请核对 DUBAN_SECRET，并重新导入这个群的 webhook 地址',
}

// After the first part has arrived, a repeat of the whole would show it twice: what fails then is for a person.
async function inTurn(
  parts: readonly string[],
  deps: Deps,
  say: (part: string) => Promise<Exchange>,
): Promise<SendOutcome> {
  for (const [index, part] of parts.entries()) {
    const { outcome, alarm } = judge(await say(part), deps.clock.now())
    if (alarm !== undefined)
      deps.log.error({ channel: 'wecom', cure: alarm }, 'the group needs its administrator')
    if (outcome.type === 'sent') continue
    return index === 0 ? outcome : { type: 'unknown', detail: `只发出了前${index}段：${reasonOf(outcome)}` }
  }
  return { type: 'sent' }
}

const reasonOf = (outcome: Exclude<SendOutcome, { type: 'sent' }>): string => outcome.detail

/** Whoever is named is mentioned by id (documented: markdown of both takes `<@userid>`). */
function markdownOf(content: OutgoingContent, most: number): string[] {
  if (content.type === 'text') return splitBytes(fitMarkdown(content.text), most)
  const mentions = (content.card.mentions ?? []).map((id) => `<@${id}>`).join(' ')
  return splitBytes(fitMarkdown([cardAsMarkdown(content.card), mentions].filter(Boolean).join('\n')), most)
}
