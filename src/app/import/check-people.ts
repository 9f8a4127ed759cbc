// People with accounts of their own, posts with one liaison a unit, and who holds what from when.

import { addDays } from '../../core/calendar/civil.ts'
import type { Holding, Person, Post } from '../../core/people/directory.ts'
import { accountKey, grouped } from '../../core/people/directory-index.ts'
import type { Check } from './check.ts'
import { isKnown, withoutClashes } from './draft.ts'
import { placeOf, type Row } from './findings.ts'
import { delegationKey, holdingKey, type PostRow } from './parse-rows.ts'

const singleRoles: Partial<Record<Post['role'], string>> = {
  liaison: '联络员（liaison）',
  head: '负责人（head）',
  office: '督办办公室（office）',
}

/**
 * Accepts posts in known units together with the people written into them, and people with accounts of their own. Liaison, head
 * and office are one seat each in a unit, so that a duty never has to guess. A row is taken as a whole or not at all.
 */
export function checkPostsAndPeople(check: Check): void {
  const { rows, draft } = check
  const inUnits = rows.posts.filter(({ entry, value }) =>
    isKnown(check, entry, ['unit'], 'units', value.post.unit),
  )
  const seated = withOneSeatEach(check, inUnits)
  dropUnless(check, new Set(seated))
  checkPeople(check)
  const whole = seated.filter(({ value }) => value.holder === undefined || draft.people.has(value.holder))
  dropUnless(check, new Set(whole))
  for (const { value } of whole) draft.posts.set(value.post.key, value.post)
}

// What else such a row holds goes with it.
function dropUnless({ rows, lost, findings }: Check, kept: ReadonlySet<Row<PostRow>>): void {
  for (const row of rows.posts) {
    if (kept.has(row) || lost.has(row.entry.raw)) continue
    lost.add(row.entry.raw)
    const { post, holder } = row.value
    findings.rememberLoss(row.entry, 'posts', post.key)
    if (holder !== undefined) findings.rememberLoss(row.entry, 'people', holder)
  }
}

function withOneSeatEach({ draft, findings }: Check, candidates: readonly Row<PostRow>[]): Row<PostRow>[] {
  const rowOf = new Map(candidates.map((row) => [row.value.post, row]))
  const seats = (post: Post): string[] => (singleRoles[post.role] ? [`${post.unit}/${post.role}`] : [])
  const posts = [...rowOf].map(([post, { entry }]) => ({ entry, value: post }))
  const kept = withoutClashes(posts, draft.posts.values(), seats, ({ entry, value }, _seat, owner) =>
    findings.refuse(entry, {
      path: ['role'],
      what: `单位 ${value.unit} 已有${singleRoles[value.role]}岗位${owner === undefined ? '' : `（${placeOf(owner.entry)}）`}`,
      cure: '一个单位只能有一个，其他岗位请用 role: other',
    }),
  )
  return kept.flatMap(({ value }) => rowOf.get(value) ?? [])
}

function checkPeople({ rows, draft, lost, findings }: Check): void {
  const candidates = rows.people.filter((row) => !lost.has(row.entry.raw))
  const people = withoutClashes(candidates, draft.people.values(), accountsOf, (row, claim, owner) => {
    const whose = owner === undefined ? '已登记的另一个人' : ` ${placeOf(owner.entry)}的人`
    findings.refuse(row.entry, {
      what: `账号 ${claim.replace(':', ' ')} 已经属于${whose}`,
      cure: '一个账号只能属于一个人，请改正账号，或把两条合并成一个人',
    })
  })
  for (const { value } of people) draft.people.set(value.key, value)
}

const accountsOf = (person: Person): string[] =>
  person.accounts.map(({ channel, id }) => accountKey(channel, id))

/** Accepts holdings of known posts by known people; a successor ends his predecessor's open-ended term the day before (C8). */
export function checkHoldings(check: Check): void {
  const known = check.rows.holdings.filter(
    ({ entry, value }) =>
      !check.lost.has(entry.raw) &&
      isKnown(check, entry, ['post'], 'posts', value.post) &&
      isKnown(check, entry, ['person'], 'people', value.person),
  )
  for (let rows = known; ; ) {
    const terms = termsWith(check, rows)
    const inFiles = new Set(rows.map((row) => holdingKey(row.value)))
    const kept = rows.filter((row) => !isOverlapped(check, row, terms, inFiles))
    if (kept.length === rows.length) {
      for (const term of [...terms.values()].flat()) check.draft.holdings.set(holdingKey(term), term)
      return
    }
    rows = kept
  }
}

// The terms of each post in order, the open-ended ones closed by what follows.
function termsWith({ present }: Check, rows: readonly Row<Holding>[]): Map<string, Holding[]> {
  const all = [...present.directory.holdings, ...rows.map((row) => row.value)]
  const latest = new Map(all.map((holding) => [holdingKey(holding), holding]))
  const byPost = grouped(latest.values(), (holding) => [holding.post])
  for (const [post, terms] of byPost) {
    const sorted = terms.toSorted((a, b) => (a.from < b.from ? -1 : 1))
    byPost.set(
      post,
      sorted.map((term, i) => closedBefore(term, sorted[i + 1])),
    )
  }
  return byPost
}

const closedBefore = (term: Holding, next: Holding | undefined): Holding =>
  next === undefined || term.until !== undefined ? term : { ...term, until: addDays(next.from, -1) }

// Of two rows that overlap the later one is refused; what is present and not in the files always goes first.
function isOverlapped(
  { findings }: Check,
  { entry, value }: Row<Holding>,
  terms: ReadonlyMap<string, readonly Holding[]>,
  inFiles: ReadonlySet<string>,
): boolean {
  const other = terms
    .get(value.post)
    ?.find((term) => overlaps(term, value) || (!inFiles.has(holdingKey(term)) && overlaps(value, term)))
  if (other === undefined) return false
  findings.refuse(entry, {
    what: `岗位 ${value.post} 的任期与 ${other.person} 的任期（${other.from} 至 ${other.until ?? '今'}）重叠`,
    cure: '请改正最后一天（until）或第一天，使前后两任不重叠',
  })
  return true
}

const overlaps = (earlier: Holding, later: Holding): boolean =>
  earlier.from < later.from && earlier.until !== undefined && earlier.until >= later.from

/** Accepts stand-ins for known posts. */
export function checkDelegations(check: Check): void {
  for (const { entry, value } of check.rows.delegations) {
    if (!isKnown(check, entry, ['post'], 'posts', value.post)) continue
    if (!isKnown(check, entry, ['to'], 'people', value.to)) continue
    check.draft.delegations.set(delegationKey(value), value)
  }
}
