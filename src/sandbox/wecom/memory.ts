// What the imitated platform must still know after a restart: who has spoken, what may be answered, which streams are over.
import type { CivilDate, Instant } from '../../core/calendar/civil.ts'
import type { Chat, World } from '../world.ts'

/** A callback that went out; its req_id is the permission to answer. */
export type Callback = {
  readonly kind: 'message' | 'click' | 'entered'
  readonly chat: string
  readonly at: Instant
  readonly taskId?: string
}

export type StreamState = { readonly startedAt: Instant; readonly finished: boolean }

export type Memory = {
  callback(reqId: string): Callback | undefined
  keepCallback(reqId: string, callback: Callback): void
  stream(bubble: string): StreamState | undefined
  keepStream(bubble: string, state: StreamState): void
  /** True when somebody has written to the bot in this chat: only then may the bot speak first. */
  hasSpoken(chat: Chat): boolean
  keepSpoken(chat: Chat): void
  enteredOn(account: string): CivilDate | undefined
  keepEntered(account: string, date: CivilDate): void
}

/** Reads and writes the world's memory under keys of this bot. */
export function createMemory(world: World, botId: string): Memory {
  const key = (...parts: string[]): string => ['wecom', botId, ...parts].join(':')
  function read<T>(name: string): T | undefined {
    const value = world.recall(name)
    return value === undefined ? undefined : (JSON.parse(value) as T)
  }
  const members = (chat: Chat) =>
    world.personas.filter((one) => one.platform === 'wecom' && chat.members.includes(one.account))
  return {
    callback: (reqId) => read<Callback>(key('req', reqId)),
    keepCallback: (reqId, callback) => world.remember(key('req', reqId), JSON.stringify(callback)),
    stream: (bubble) => read<StreamState>(key('stream', bubble)),
    keepStream: (bubble, state) => world.remember(key('stream', bubble), JSON.stringify(state)),
    // A group in which one of the cast has spoken before the story begins counts as spoken to.
    hasSpoken: (chat) =>
      world.recall(key('spoken', chat.id)) !== undefined || members(chat).some((one) => one.hasSpoken),
    keepSpoken: (chat) => world.remember(key('spoken', chat.id), 'yes'),
    enteredOn: (account) => world.recall(key('entered', account)),
    keepEntered: (account, date) => world.remember(key('entered', account), date),
  }
}

/** The chat with this id, as its writing has it: ids are case-sensitive (several reports). A persona's account names the direct chat. */
export function chatOf(world: World, id: string, kind?: Chat['kind']): Chat | undefined {
  const listed = world.chats.filter((chat) => chat.platform === 'wecom' && chat.id === id)
  const persona = world.personas.find((one) => one.platform === 'wecom' && one.account === id)
  const direct: Chat[] = persona
    ? [{ platform: 'wecom', id, kind: 'direct', title: persona.name, members: [id] }]
    : []
  const found = [...listed, ...direct].filter((chat) => kind === undefined || chat.kind === kind)
  return found.find((chat) => chat.kind === 'group') ?? found[0]
}
