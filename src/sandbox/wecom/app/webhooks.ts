// Robots of groups that only speak: one key each, twenty messages a minute (documented: 消息推送配置说明).
import { createHash, randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { z } from 'zod'
import { AppMedia } from './media.ts'
import { payloadOf } from './payloads.ts'
import { type AppAnswer, type AppPlatform, type AppRequest, no, OK } from './platform.ts'

const PER_MINUTE = 20
const MARKDOWN_BYTES = 4096
const TEXT_BYTES = 2048
const PICTURE_BYTES = 2 * 1024 * 1024
const NOTICES = new Set(['text_notice', 'news_notice'])

const Send = z.looseObject({ msgtype: z.string().default('') })
const Typed = z.object({ card_type: z.string() })
const Words = z.object({ content: z.string() })
const Picture = z.object({ base64: z.string(), md5: z.string() })

/** Why a key works no more (documented: 全局错误码). */
export type WebhookEnd = 93000 | 93004 | 93008

export class Webhooks {
  readonly #platform: AppPlatform
  /** Key → the group's chat id. */
  readonly #chats: ReadonlyMap<string, string>
  readonly #ended = new Map<string, WebhookEnd>()
  readonly #sent = new Map<string, number[]>()
  readonly #media = new Map<string, AppMedia>()

  constructor(platform: AppPlatform, chats: Readonly<Record<string, string>>) {
    this.#platform = platform
    this.#chats = new Map(Object.entries(chats))
  }

  /** From now on the key is answered so. */
  end(key: string, code: WebhookEnd): void {
    this.#ended.set(key, code)
  }

  send({ query, body }: AppRequest): AppAnswer {
    const key = query.get('key') ?? ''
    const refusal = this.#refusal(key)
    if (refusal !== undefined) return no(this.#platform, refusal, 'invalid webhook url')
    const chat = this.#chats.get(key) ?? ''
    const given = Send.safeParse(body)
    if (!given.success) return no(this.#platform, 40058, 'invalid Request Parameter')
    const { msgtype } = given.data
    const shown = this.#shown(key, msgtype, given.data[msgtype])
    if ('errcode' in shown) return no(this.#platform, shown.errcode, shown.text)
    const now = this.#platform.clock.now()
    const recent = (this.#sent.get(key) ?? []).filter((at) => at > now - 60_000)
    if (recent.length >= PER_MINUTE) return no(this.#platform, 45009, 'api freq out of limit')
    this.#sent.set(key, [...recent, now])
    const id = `wecom-webhook:${randomUUID()}`
    this.#platform.world.show({ id, platform: 'wecom', chat, at: now, from: 'bot', ...shown.shown })
    return OK
  }

  async upload(query: URLSearchParams, request: IncomingMessage, body: Buffer): Promise<AppAnswer> {
    const key = query.get('key') ?? ''
    const refusal = this.#refusal(key)
    if (refusal !== undefined) return no(this.#platform, refusal, 'invalid webhook url')
    if (!['file', 'voice'].includes(query.get('type') ?? ''))
      return no(this.#platform, 40005, 'invalid file type')
    return this.#mediaOf(key).upload(this.#platform, query, request, body)
  }

  #refusal(key: string): number | undefined {
    return this.#chats.has(key) ? this.#ended.get(key) : 93000
  }

  // A media_id of one webhook is good for that one only.
  #mediaOf(key: string): AppMedia {
    const media = this.#media.get(key) ?? new AppMedia(this.#platform.clock)
    this.#media.set(key, media)
    return media
  }

  #shown(key: string, msgtype: string, raw: unknown) {
    const refused = (errcode: number, text = 'invalid Request Parameter') => ({ errcode, text })
    if (msgtype === 'image') return picture(raw) ?? refused(40058)
    if (msgtype === 'text' && Buffer.byteLength(Words.safeParse(raw).data?.content ?? '') > TEXT_BYTES)
      return refused(45002, 'content size out of limit')
    if (msgtype === 'template_card' && !NOTICES.has(Typed.safeParse(raw).data?.card_type ?? ''))
      return refused(42031, 'invalid card_type')
    const payload = payloadOf(msgtype === 'markdown_v2' ? 'markdown' : msgtype, raw, {
      media: this.#mediaOf(key),
      markdownBytes: MARKDOWN_BYTES,
      tooLongMarkdown: 40058,
    })
    if (!('errcode' in payload)) return payload
    // The words that many reports show.
    return refused(
      payload.errcode,
      payload.errcode === 40058
        ? `${msgtype}.content exceed max length 4096. invalid Request Parameter`
        : undefined,
    )
  }
}

function picture(raw: unknown) {
  const given = Picture.safeParse(raw)
  if (!given.success) return undefined
  const bytes = Buffer.from(given.data.base64, 'base64')
  const isRight =
    createHash('md5').update(bytes).digest('hex') === given.data.md5 && bytes.length <= PICTURE_BYTES
  return isRight ? { shown: { images: [`data:image/png;base64,${given.data.base64}`] } } : undefined
}
