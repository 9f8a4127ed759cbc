// Who is who: units, posts, holders, accounts and groups, and the questions that the product asks about them.
import type { CivilDate } from '../calendar/civil.ts'

export type ChannelName = 'wecom' | 'dingtalk'

/** 单位: an office. Units form a tree by `parent`. */
export type Unit = {
  readonly key: string
  readonly name: string
  readonly short: string
  readonly parent?: string
}

/** What a post is to the product; `other` posts can still be named as a plan's owner or a project's people. */
export type PostRole = 'liaison' | 'head' | 'office' | 'leader' | 'supervisor' | 'auditor' | 'other'

/** 岗位: a seat in a unit. Duties attach to posts; whoever holds the post has them (C8). */
export type Post = {
  readonly key: string
  readonly title: string
  readonly unit: string
  readonly role: PostRole
}

/** 人员 with one account per platform at most; the first one listed is where he is spoken to. */
export type Person = { readonly key: string; readonly name: string; readonly accounts: readonly Account[] }

export type Account = { readonly channel: ChannelName; readonly id: string }

/** A person in a post, inclusive of both days; open-ended without `until`. */
export type Holding = {
  readonly post: string
  readonly person: string
  readonly from: CivilDate
  readonly until?: CivilDate
}

/** A stand-in who may answer for a post during these days (domain §5). */
export type Delegation = {
  readonly post: string
  readonly to: string
  readonly from: CivilDate
  readonly until: CivilDate
}

/** A group that is spoken to through its own robot's webhook has this before its key as `chatId`: it hears, and can't answer. */
export const WEBHOOK_CHAT = 'webhook:'

/** What opens such a webhook; `sign` is DingTalk's signing secret. Kept apart from the directory, and encrypted. */
export type WebhookSecret = { readonly key: string; readonly sign?: string }

/** 工作群, bound to units, plans or projects. */
export type Group = {
  readonly key: string
  readonly name: string
  readonly channel: ChannelName
  readonly chatId: string
  readonly units: readonly string[]
  readonly plans: readonly string[]
}

export type ProjectStage =
  | 'not-started'
  | 'about-to-start'
  | 'under-construction'
  | 'suspended'
  | 'completed'
  | 'accepted'

/** 项目 with its own unit and liaison. A project outside its days on the list gets no duties; its history stays (C9). */
export type Project = {
  readonly key: string
  readonly name: string
  readonly unit: string
  readonly stage: ProjectStage
  readonly liaison?: string
  readonly plans: readonly string[]
  readonly listedFrom?: CivilDate
  readonly listedUntil?: CivilDate
  /** Planned investment in 万元 as an exact decimal, for cross-checks. */
  readonly totalInvestment?: string
}

/** Everything known about people at one moment; small enough (thousands of rows) to be held in memory. */
export type Directory = {
  readonly units: readonly Unit[]
  readonly posts: readonly Post[]
  readonly people: readonly Person[]
  readonly holdings: readonly Holding[]
  readonly delegations: readonly Delegation[]
  readonly groups: readonly Group[]
  readonly projects: readonly Project[]
}
