// Sends through the self-built app and says what became of it (documented: 发送应用消息, 更新模版卡片消息, 撤回应用消息).
import { z } from 'zod'
import type { Clock, Log } from '../../../app/ports.ts'
import type { Card, Outgoing, ReplyHandle, SendOutcome } from '../../../core/message/types.ts'
import { renderRedrawn } from '../render.ts'
import type { Api } from './api.ts'
import type { Exchange } from './exchange.ts'
import { type FileKind, upload } from './media.ts'
import { MEMBER_LIMITS, RequestPace } from './pace.ts'
import { INVALID_USER, type Judged, judge } from './refusals.ts'
import { type Body, type Rendered, renderApp, withoutTaskId } from './render.ts'
import { type AppCard, fitCard } from './template-card.ts'

/** What a click hands over: usable once, for so long. */
const CODE_MS = 72 * 3_600_000
const Click = z.object({
  via: z.literal('app'),
  responseCode: z.string(),
  userid: z.string(),
  receivedAt: z.number(),
})

/** A file to one member. */
export type AppFile = { readonly kind: FileKind; readonly name: string; readonly bytes: Uint8Array }

export type ClientSettings = { readonly agentId: string; readonly publicUrl?: string }
type Deps = { readonly clock: Clock; readonly log: Log }

export class AppClient {
  readonly #api: Api
  readonly #settings: ClientSettings
  readonly #deps: Deps
  readonly #pace: RequestPace

  constructor(api: Api, settings: ClientSettings, deps: Deps) {
    this.#api = api
    this.#settings = settings
    this.#deps = deps
    this.#pace = new RequestPace(MEMBER_LIMITS, deps.clock)
  }

  /**
   * To one member. Words that are too long leave as several messages in a row. A repeat is harmless: a card by its task_id, words by
   * the platform's duplicate check, which knows them for four hours.
   */
  async send({ id, to, content }: Outgoing): Promise<SendOutcome> {
    const { bodies, knownBy } = renderApp(id, content, this.#settings.publicUrl)
    return this.#sendAll(to.id, bodies, knownBy)
  }

  /** Any of the five types. Its task_id is used up for ever by the platform, so it is never taken from something repeatable. */
  async sendCard(userid: string, card: AppCard): Promise<SendOutcome> {
    const fit = fitCard(card)
    if (fit.type === 'broken') {
      this.#deps.log.error({ channel: 'wecom', where: fit.where }, 'a card that the platform would refuse')
      return {
        type: 'refused',
        code: 'bad-card',
        detail: '卡片不合企业微信的要求',
        cure: '这是程序的错误：请把编号交给系统管理员',
      }
    }
    return this.#sendAll(userid, [{ msgtype: 'template_card', template_card: fit.card }], 'task_id')
  }

  /** A title, some words and a page (documented: 文本卡片消息). */
  async sendTextCard(
    userid: string,
    card: { title: string; description: string; url: string },
  ): Promise<SendOutcome> {
    return this.#sendAll(userid, [{ msgtype: 'textcard', textcard: card }], 'words')
  }

  /** Not recognised when it is sent again: each upload has a media_id of its own. */
  async sendFile(userid: string, file: AppFile): Promise<SendOutcome> {
    const uploaded = await upload(this.#api, file)
    // Nothing was shown to anybody yet, so what became of an upload is never in doubt.
    if (uploaded.type === 'lost') return { type: 'retry-later', afterMs: 5000, detail: uploaded.detail }
    const mediaId = uploaded.type === 'answered' ? uploaded.body.media_id : undefined
    if (typeof mediaId !== 'string') return this.#outcome(judge(uploaded, this.#deps.clock.now()))
    return this.#sendAll(userid, [{ msgtype: file.kind, [file.kind]: { media_id: mediaId } }], 'words')
  }

  /** Changes the pressed card for whoever pressed it, by the code that came with the click. Best effort. */
  async updateCard(id: string, card: Card, replyTo: ReplyHandle | undefined): Promise<void> {
    const { clock, log } = this.#deps
    const click = Click.safeParse(replyTo).data
    if (!click || clock.now() - click.receivedAt >= CODE_MS)
      return log.debug({ channel: 'wecom', card: id }, 'card update skipped: no code')
    const answer = await this.#api.call({
      path: '/cgi-bin/message/update_template_card',
      json: {
        userids: [click.userid],
        agentid: Number(this.#settings.agentId),
        response_code: click.responseCode,
        template_card: withoutTaskId(renderRedrawn(id, card, this.#settings.publicUrl)),
      },
    })
    if (answer.type !== 'answered' || answer.code !== 0)
      log.warn({ channel: 'wecom', card: id, code: codeOf(answer) }, 'card update failed')
  }

  /** Takes a message of the last 24 hours back; `platformId` is its msgid. Copies in WeChat stay. */
  async recall(platformId: string): Promise<SendOutcome> {
    const answer = await this.#api.call({ path: '/cgi-bin/message/recall', json: { msgid: platformId } })
    return this.#outcome(judge(answer, this.#deps.clock.now()))
  }

  async #sendAll(
    userid: string,
    bodies: readonly Body[],
    knownBy: Rendered['knownBy'],
  ): Promise<SendOutcome> {
    const waitMs = this.#pace.take(userid, bodies.length)
    if (waitMs > 0) return { type: 'retry-later', afterMs: waitMs, detail: '对同一人发得太快，稍后再发' }
    let last: SendOutcome = { type: 'sent' }
    for (const body of bodies) {
      last = await this.#sendOne(userid, body, knownBy)
      if (last.type !== 'sent') return last
    }
    return last
  }

  async #sendOne(userid: string, body: Body, knownBy: Rendered['knownBy']): Promise<SendOutcome> {
    const answer = await this.#api.call({
      path: '/cgi-bin/message/send',
      json: { touser: userid, agentid: Number(this.#settings.agentId), ...body },
    })
    const { clock } = this.#deps
    const outcome = this.#outcome(judge(answer, clock.now(), knownBy))
    if (outcome.type !== 'sent' || answer.type !== 'answered' || answer.code !== 0) return outcome
    const { msgid, invaliduser, unlicenseduser } = answer.body
    // (documented) Success with the receiver in one of these lists is none.
    if (isListed(userid, invaliduser)) return UNREACHED
    if (isListed(userid, unlicenseduser)) return UNLICENSED
    return { type: 'sent', ...(typeof msgid === 'string' ? { platformId: msgid } : {}) }
  }

  #outcome({ outcome, alarm }: Judged): SendOutcome {
    if (alarm !== undefined)
      this.#deps.log.error({ channel: 'wecom', cure: alarm }, 'the app needs its administrator')
    return outcome
  }
}

const UNREACHED: SendOutcome = {
  type: 'refused',
  code: INVALID_USER,
  detail: '企业微信说这个人收不到应用的消息',
  cure: '请核对账号，并请管理员把他加进应用的可见范围',
}

const UNLICENSED: SendOutcome = {
  type: 'refused',
  code: 'unlicenseduser',
  detail: '这个人没有企业微信的基础接口许可',
  cure: '请管理员在管理后台为他分配接口许可',
}

/** Lists come back joined by `|` and in lower case (documented). */
function isListed(userid: string, list: unknown): boolean {
  return typeof list === 'string' && list.toLowerCase().split('|').includes(userid.toLowerCase())
}

const codeOf = (answer: Exchange): number | string => (answer.type === 'answered' ? answer.code : answer.type)
