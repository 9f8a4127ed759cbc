// Groups that the imitated app made itself: announced to, never heard from (documented: 创建群聊会话, 应用推送消息).
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { AppMedia } from './media.ts'
import { payloadOf } from './payloads.ts'
import { type AppAnswer, type AppPlatform, type AppRequest, memberOf, no, OK } from './platform.ts'

const MARKDOWN_BYTES = 2048
const NOT_HERE = new Set(['template_card', 'miniprogram_notice'])

const Create = z.object({
  name: z.string().optional(),
  owner: z.string().optional(),
  userlist: z.array(z.string()).default([]),
  chatid: z.string().optional(),
})
const Send = z.looseObject({ chatid: z.string().default(''), msgtype: z.string().default('') })

type Group = {
  readonly chatid: string
  readonly name: string
  readonly owner: string
  readonly userlist: readonly string[]
}

/** The chat as the world shows it. */
export const madeChat = (chatid: string): string => `appchat:${chatid}`

export class AppChats {
  readonly #platform: AppPlatform
  readonly #media: AppMedia

  constructor(platform: AppPlatform, media: AppMedia) {
    this.#platform = platform
    this.#media = media
  }

  create({ body }: AppRequest): AppAnswer {
    const given = Create.safeParse(body)
    if (!given.success) return no(this.#platform, 40058, 'invalid parameter')
    const { name = '', userlist, chatid = randomUUID().replaceAll('-', '') } = given.data
    const owner = given.data.owner ?? userlist[0] ?? ''
    if (Array.from(name).length > 50) return no(this.#platform, 86004, 'invalid chat name')
    if (!/^[0-9A-Za-z]{1,32}$/.test(chatid)) return no(this.#platform, 86001, 'invalid chatid')
    if (this.#find(chatid)) return no(this.#platform, 86215, 'chatid exists')
    if (userlist.length < 2 || userlist.length > 2000)
      return no(this.#platform, 86006, 'invalid chat member num')
    if (userlist.some((id) => !memberOf(this.#platform, id)))
      return no(this.#platform, 86007, 'invalid chat member')
    if (!userlist.includes(owner)) return no(this.#platform, 86005, 'invalid chat owner')
    const group: Group = { chatid, name: name || '群聊', owner, userlist }
    this.#platform.world.remember(key(this.#platform, chatid), JSON.stringify(group))
    return { ...OK, chatid }
  }

  get({ query }: AppRequest): AppAnswer {
    const group = this.#find(query.get('chatid') ?? '')
    return group
      ? { ...OK, chat_info: { ...group, chat_type: 0 } }
      : no(this.#platform, 86003, 'chat not found')
  }

  /** No msgid comes back: such a message can't be recalled (documented). */
  send({ body }: AppRequest): AppAnswer {
    const given = Send.safeParse(body)
    if (!given.success) return no(this.#platform, 40058, 'invalid parameter')
    const { chatid, msgtype } = given.data
    const group = this.#find(chatid)
    if (!group) return no(this.#platform, 40050, 'chatid does not exist')
    if (NOT_HERE.has(msgtype)) return no(this.#platform, 40008, 'invalid message type')
    const payload = payloadOf(msgtype, given.data[msgtype], {
      media: this.#media,
      markdownBytes: MARKDOWN_BYTES,
      tooLongMarkdown: 45002,
    })
    if ('errcode' in payload) return no(this.#platform, payload.errcode, 'invalid message')
    const { world, clock } = this.#platform
    const id = `wecom-app:${randomUUID()}`
    world.show({
      id,
      platform: 'wecom',
      chat: madeChat(chatid),
      at: clock.now(),
      from: 'bot',
      ...payload.shown,
    })
    return OK
  }

  #find(chatid: string): Group | undefined {
    const stored = this.#platform.world.recall(key(this.#platform, chatid))
    return stored === undefined ? undefined : (JSON.parse(stored) as Group)
  }
}

const key = ({ agentId }: AppPlatform, chatid: string): string => `wecom-app:${agentId}:appchat:${chatid}`
