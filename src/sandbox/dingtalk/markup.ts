// Messages in the shape that session webhooks and groups' own robots take (documented: 消息类型), as a phone shows them.
import type { Bubble } from '../world.ts'
import { type Body, isBody, Refusal } from './refusal.ts'

export type Words = Pick<Bubble, 'text' | 'markdown' | 'mentions'>

/** Throws 400105 for an unknown msgtype and 40035 for one without its words. A mention appears only where the text itself holds `@<userId>` (field reports). */
export function sessionWords(body: Body): Words {
  const read =
    typeof body.msgtype === 'string' && Object.hasOwn(READERS, body.msgtype)
      ? READERS[body.msgtype]
      : undefined
  if (!read) throw new Refusal('400105', 'msgtype not supported')
  const part = isBody(body[String(body.msgtype)]) ? read(body[String(body.msgtype)] as Body) : undefined
  if (part === undefined || part === '') throw new Refusal('40035')
  const at = isBody(body.at) && Array.isArray(body.at.atUserIds) ? body.at.atUserIds.map(String) : []
  const mentions = ['link', 'feedCard'].includes(String(body.msgtype))
    ? []
    : at.filter((id) => part.includes(`@${id}`))
  return { ...(body.msgtype === 'text' ? { text: part } : { markdown: part }), mentions }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

const READERS: Readonly<Record<string, (part: Body) => string | undefined>> = {
  text: ({ content }) => textOf(content),
  markdown: ({ title, text }) => (textOf(title) ? textOf(text) : undefined),
  link: ({ title, text, messageUrl }) => (textOf(title) && textOf(messageUrl) ? textOf(text) : undefined),
  actionCard: ({ title, text }) => (textOf(title) ? textOf(text) : undefined),
  feedCard: ({ links }) =>
    Array.isArray(links)
      ? links
          .filter(isBody)
          .map(({ title }) => String(title))
          .join('\n')
      : undefined,
}
