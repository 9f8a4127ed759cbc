// 请求: what somebody asks of somebody else; kept until it was decided, once (invariant 10).
import type { CivilDate, Instant } from '../calendar/civil.ts'
import type { ChannelName } from '../people/directory.ts'

/** Somebody in a post, as he was when the choice was offered. */
export type Seat = { readonly post: string; readonly person: string; readonly name: string }

/** What is asked, by kind. Dates are civil dates of Asia/Shanghai. */
export type RequestData = {
  /** 延期 (domain §4). `from`: the due date that held when it was asked. `granted`: what it became. */
  readonly extension: {
    readonly from: CivilDate
    readonly until: CivilDate
    readonly why?: string
    readonly granted?: CivilDate
  }
  /** 不是我负责: `named` is what the asker said, `seats` whom the decider may choose. */
  readonly reassign: {
    readonly from: string
    readonly named?: string
    readonly seats: readonly Seat[]
    readonly chosen?: Seat
  }
  /** 联络员登记 (G6), revision of the submission that is to be confirmed. */
  readonly registration: { readonly submission: number }
  /** 代理: arranged by the person himself for the posts that he holds. */
  readonly 'stand-in': {
    readonly posts: readonly string[]
    readonly to: string
    readonly from: CivilDate
    readonly until: CivilDate
  }
  /** 投诉, in the person's own words. */
  readonly complaint: { readonly text: string }
}

export type RequestKind = keyof RequestData

/** `moot`: overtaken by an answer. `ended`: taken back by whoever asked or arranged it. `noted`: passed on, nothing to decide. */
export type RequestState = 'open' | 'granted' | 'refused' | 'moot' | 'ended' | 'noted'

type Asked<K extends RequestKind> = {
  readonly kind: K
  readonly data: RequestData[K]
  readonly task?: string
  /** The post that decides, or that it went to. */
  readonly post?: string
  readonly person: string
  /** Where it was asked; the answer goes there. */
  readonly channel: ChannelName
  readonly inbound: string
  readonly state: RequestState
  readonly askedAt: Instant
  readonly decidedBy?: string
  readonly decidedAt?: Instant
  readonly reason?: string
}

export type RequestDraft<K extends RequestKind = RequestKind> = { [P in K]: Asked<P> }[K]

/** `revision` counts what the asker changed; a card drawn from an older one decides nothing. */
export type Request<K extends RequestKind = RequestKind> = {
  [P in K]: Asked<P> & { readonly id: string; readonly revision: number }
}[K]

/** The key of a button that decides this request, as it stands now: `grant:12:1`, `assign:12:1:0`. */
export const decisionKey = (verb: Verb, { id, revision }: Request, choice?: number): string =>
  [verb, id, revision, ...(choice === undefined ? [] : [choice])].join(':')

const VERBS = [
  'grant',
  'refuse',
  'refuse-plain',
  'other',
  'assign',
  'keep',
  'confirm-reg',
  'return-reg',
] as const

export type Verb = (typeof VERBS)[number]

export type Decision = {
  readonly verb: Verb
  readonly id: string
  readonly revision: number
  readonly choice?: number
}

/** What a pressed button decides; undefined for a button of another kind. */
export function decisionOf(button: string): Decision | undefined {
  const [verb, id = '', revision = '', choice] = button.split(':')
  const known = VERBS.find((one) => one === verb)
  if (!known || !/^\d+$/.test(id) || !/^\d+$/.test(revision)) return undefined
  return {
    verb: known,
    id,
    revision: Number(revision),
    ...(choice === undefined ? {} : { choice: Number(choice) }),
  }
}
