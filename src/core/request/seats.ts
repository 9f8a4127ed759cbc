// Who decides a request, and who of a unit is meant by a name.
import type { CivilDate } from '../calendar/civil.ts'
import type { Address } from '../message/types.ts'
import type { Directory, Person, Post } from '../people/directory.ts'
import { headOf, holderOf, officePost, postByKey, standInFor } from '../people/lookup.ts'
import type { Plan } from '../plan/types.ts'
import type { RequestKind, Seat } from './types.ts'

export type Decider = { readonly post: Post; readonly person: Person; readonly to: Address }

/** The first of the kind's posts whose holder or stand-in can be reached and is not the asker himself. */
export function deciderOf(
  kind: Exclude<RequestKind, 'stand-in'>,
  about: { readonly plan: Plan; readonly unit: string; readonly asker: string },
  directory: Directory,
  day: CivilDate,
): Decider | undefined {
  const { plan, unit, asker } = about
  const office = officePost(directory, plan.office)
  const leader = postNamed(directory, plan.leader)
  const seats = {
    extension: [office, leader, headOf(directory, plan.office)],
    reassign: [headOf(directory, unit), office, leader],
    registration: [headOf(directory, unit), office, leader],
    complaint: [postNamed(directory, plan.complaints), leader, office],
  }[kind]
  return seats
    .flatMap((post) => (post ? (reachedAt(directory, post, day) ?? []) : []))
    .find(({ person }) => person.key !== asker)
}

const postNamed = (directory: Directory, key: string | undefined): Post | undefined =>
  key === undefined ? undefined : postByKey(directory, key)

/** Whoever sits there now, a stand-in before the holder, if he has an account. */
export function reachedAt(directory: Directory, post: Post, day: CivilDate): Decider | undefined {
  for (const person of [standInFor(directory, post.key, day), holderOf(directory, post.key, day)]) {
    const account = person?.accounts[0]
    if (person && account) return { post, person, to: { ...account, kind: 'direct' } }
  }
  return undefined
}

/** Who holds a post in the unit or below it, each person once, liaisons first; without `except`. */
export function colleagues(
  directory: Directory,
  unit: string,
  day: CivilDate,
  except: readonly string[],
): Seat[] {
  const units = unitAndBelow(directory, unit)
  const posts = directory.posts
    .filter((post) => units.has(post.unit))
    .sort((a, b) => Number(b.role === 'liaison') - Number(a.role === 'liaison'))
  const seats = posts.flatMap((post): Seat[] => {
    const person = holderOf(directory, post.key, day)
    return person && !except.includes(person.key)
      ? [{ post: post.key, person: person.key, name: person.name }]
      : []
  })
  return [...new Map(seats.toReversed().map((seat) => [seat.person, seat])).values()].reverse()
}

function unitAndBelow({ units }: Directory, unit: string): Set<string> {
  const found = new Set([unit])
  // Sets may grow while they are walked: children of children are found in the same loop.
  for (const key of found) for (const { key: child, parent } of units) if (parent === key) found.add(child)
  return found
}

/**
 * Those of `seats` whom the text means: by their whole name, else by surname with title or 小/老 (`said`: 王主任, 小何). The longest
 * names win: 新任联络员 is not also 联络员.
 */
export function meantSeats(
  seats: readonly Seat[],
  text: string,
  said: string | undefined,
  directory: Directory,
): Seat[] {
  const whole = seats.filter(({ name }) => text.includes(name))
  const longest = whole.filter(
    ({ name }) => !whole.some((other) => other.name !== name && other.name.includes(name)),
  )
  if (longest.length > 0 || said === undefined) return longest
  const [, small, big, title = ''] =
    /^(?:[小老阿](\p{Script=Han})|(\p{Script=Han})(\p{Script=Han}{1,4}))$/u.exec(said) ?? []
  const surname = small ?? big
  if (surname === undefined) return []
  const holdsTitle = ({ post }: Seat): boolean => postByKey(directory, post)?.title.includes(title) ?? false
  return seats.filter((seat) => seat.name.startsWith(surname) && (title === '' || holdsTitle(seat)))
}
