// Encrypted user ids, which a bot hears unless its creator is a super-admin, into plain ones (documented: 接收消息, openuserid 转换).
import { z } from 'zod'
import type { Log } from '../../../app/ports.ts'
import type { Inbound } from '../../../core/message/types.ts'
import type { Api } from './api.ts'

/** (several reports) Plain ids may begin so too: those the platform lists as invalid, and they stay as they are. */
const ENCRYPTED = /^wo[\w-]{20,}$/

const TRIES = 3

/** Members do not change their ids; a corporation has far fewer. */
const MAX_KNOWN = 50_000

const Converted = z.object({
  userid_list: z.array(z.object({ open_userid: z.string(), userid: z.string() })).default([]),
})

export class OpenIds {
  readonly #api: Api
  readonly #log: Log
  readonly #plain = new Map<string, string>()
  readonly #encrypted = new Map<string, string>()

  constructor(api: Api, log: Log) {
    this.#api = api
    this.#log = log
  }

  /** The same message under its sender's plain id, where the app can see him; as it is otherwise. */
  async resolve(inbound: Inbound): Promise<Inbound> {
    const { sender, chat } = inbound
    if (sender === undefined || !ENCRYPTED.test(sender)) return inbound
    const plain = this.#plain.get(sender) ?? (await this.#ask(sender))
    if (plain === undefined) return inbound
    return { ...inbound, sender: plain, chat: chat.kind === 'direct' ? { ...chat, id: plain } : chat }
  }

  /** The id under which the bot knows this member's chat. */
  chatIdOf(userid: string): string {
    return this.#encrypted.get(userid) ?? userid
  }

  async #ask(id: string): Promise<string | undefined> {
    for (let tries = 0; tries < TRIES; tries++) {
      const answer = await this.#api.call({
        path: '/cgi-bin/batch/openuserid_to_userid',
        json: { open_userid_list: [id] },
      })
      if (answer.type !== 'answered') continue
      const found = Converted.safeParse(answer.body).data?.userid_list.find((one) => one.open_userid === id)
      if (found) this.#keep(id, found.userid)
      else
        this.#log.warn({ channel: 'wecom', code: answer.code }, 'an encrypted user id could not be converted')
      return found?.userid
    }
    this.#log.warn({ channel: 'wecom' }, 'an encrypted user id could not be converted: no answer')
    return undefined
  }

  #keep(id: string, userid: string): void {
    if (this.#plain.size >= MAX_KNOWN) {
      this.#plain.clear()
      this.#encrypted.clear()
    }
    this.#plain.set(id, userid)
    this.#encrypted.set(userid, id)
  }
}
