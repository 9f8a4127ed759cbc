// Maps over a directory, so that a lookup costs the same for twenty units as for twenty thousand.
import type {
  ChannelName,
  Delegation,
  Directory,
  Group,
  Holding,
  Person,
  Post,
  Project,
  Unit,
} from './directory.ts'

export type Index = {
  readonly units: ReadonlyMap<string, Unit>
  readonly posts: ReadonlyMap<string, Post>
  readonly people: ReadonlyMap<string, Person>
  readonly projects: ReadonlyMap<string, Project>
  readonly postsByUnit: ReadonlyMap<string, readonly Post[]>
  /** In order of their first days, as are the delegations. */
  readonly holdingsByPost: ReadonlyMap<string, readonly Holding[]>
  readonly holdingsByPerson: ReadonlyMap<string, readonly Holding[]>
  readonly delegationsByPost: ReadonlyMap<string, readonly Delegation[]>
  readonly accounts: ReadonlyMap<string, Person>
  readonly chats: ReadonlyMap<string, Group>
  readonly groupsByPlan: ReadonlyMap<string, readonly Group[]>
  readonly groupsByUnit: ReadonlyMap<string, readonly Group[]>
  readonly projectsByPlan: ReadonlyMap<string, readonly Project[]>
}

// A directory never changes; whoever changes people makes a new one.
const indexes = new WeakMap<Directory, Index>()

/** The index of this directory, built at the first question. */
export function indexOf(directory: Directory): Index {
  const known = indexes.get(directory)
  if (known !== undefined) return known
  const built = build(directory)
  indexes.set(directory, built)
  return built
}

/** Two accounts with the same key are one: WeCom treats user ids without regard to case. */
export function accountKey(channel: ChannelName, id: string): string {
  return `${channel}:${channel === 'wecom' ? id.toLowerCase() : id}`
}

export const chatKey = (channel: ChannelName, chatId: string): string => `${channel}:${chatId}`

function build(directory: Directory): Index {
  const holdings = directory.holdings.toSorted(byFirstDay)
  return {
    units: byKey(directory.units),
    posts: byKey(directory.posts),
    people: byKey(directory.people),
    projects: byKey(directory.projects),
    postsByUnit: grouped(directory.posts, (post) => [post.unit]),
    holdingsByPost: grouped(holdings, (holding) => [holding.post]),
    holdingsByPerson: grouped(holdings, (holding) => [holding.person]),
    delegationsByPost: grouped(directory.delegations.toSorted(byFirstDay), (entry) => [entry.post]),
    accounts: accounts(directory.people),
    chats: new Map(directory.groups.map((group) => [chatKey(group.channel, group.chatId), group])),
    groupsByPlan: grouped(directory.groups, (group) => group.plans),
    groupsByUnit: grouped(directory.groups, (group) => group.units),
    projectsByPlan: grouped(directory.projects, (project) => project.plans),
  }
}

function accounts(people: readonly Person[]): Map<string, Person> {
  const entries = people.flatMap((person) =>
    person.accounts.map((account): [string, Person] => [accountKey(account.channel, account.id), person]),
  )
  return new Map(entries)
}

const byKey = <T extends { readonly key: string }>(rows: readonly T[]): Map<string, T> =>
  new Map(rows.map((row) => [row.key, row]))

/** Rows under each of their keys, in order. */
export function grouped<T>(rows: Iterable<T>, keysOf: (row: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    for (const key of keysOf(row)) {
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [row])
      else group.push(row)
    }
  }
  return groups
}

const byFirstDay = (a: { from: string }, b: { from: string }): number => (a.from < b.from ? -1 : 1)
