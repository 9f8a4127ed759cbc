// Questions to the directory, each answered from an index that is built once per directory.
import type { CivilDate } from '../calendar/civil.ts'
import type { ChannelName, Directory, Group, Person, Post, PostRole, Project, Unit } from './directory.ts'
import { accountKey, chatKey, type Index, indexOf } from './directory-index.ts'

export function unitByKey(directory: Directory, unit: string): Unit | undefined {
  return indexOf(directory).units.get(unit)
}

export function postByKey(directory: Directory, post: string): Post | undefined {
  return indexOf(directory).posts.get(post)
}

export function personByKey(directory: Directory, person: string): Person | undefined {
  return indexOf(directory).people.get(person)
}

export function projectByKey(directory: Directory, project: string): Project | undefined {
  return indexOf(directory).projects.get(project)
}

/** Who sits in the post on that day; undefined while it is vacant. */
export function holderOf(directory: Directory, post: string, day: CivilDate): Person | undefined {
  const index = indexOf(directory)
  // Import leaves no overlaps; should there be one, the successor is right (C8).
  const holding = index.holdingsByPost.get(post)?.findLast((entry) => covers(entry, day))
  return holding && index.people.get(holding.person)
}

/** The posts that a person holds on that day. */
export function postsOf(directory: Directory, person: string, day: CivilDate): Post[] {
  const index = indexOf(directory)
  const held = (index.holdingsByPerson.get(person) ?? []).filter((entry) => covers(entry, day))
  return held.flatMap((entry) => index.posts.get(entry.post) ?? [])
}

/** Who may answer for the post on that day besides its holder (domain §5). */
export function standInFor(directory: Directory, post: string, day: CivilDate): Person | undefined {
  const index = indexOf(directory)
  const delegation = index.delegationsByPost.get(post)?.findLast((entry) => covers(entry, day))
  return delegation && index.people.get(delegation.to)
}

/**
 * Whether this person may answer for the post on that day: its holder, its stand-in (domain §5), or, while the seat is empty,
 * whoever is told of its duties instead (invariant 11).
 */
export function mayAnswerFor(
  {
    directory,
    plans,
  }: { readonly directory: Directory; readonly plans: readonly { readonly office: string }[] },
  person: string,
  post: Post,
  day: CivilDate,
): boolean {
  if (standInFor(directory, post.key, day)?.key === person) return true
  const holder = holderOf(directory, post.key, day)
  if (holder) return holder.key === person
  return plans.some((plan) => {
    const seats = fallbackPosts(directory, plan, post.unit).map(({ key }) => holderOf(directory, key, day))
    return seats.find((seat) => seat !== undefined)?.key === person
  })
}

/** The unit's 联络员. */
export function liaisonOf(directory: Directory, unit: string): Post | undefined {
  return postWithRole(indexOf(directory), unit, 'liaison')
}

/** The unit's 负责人. */
export function headOf(directory: Directory, unit: string): Post | undefined {
  return postWithRole(indexOf(directory), unit, 'head')
}

/** The post of a supervising office that sees drafts. */
export function officePost(directory: Directory, unit: string): Post | undefined {
  return postWithRole(indexOf(directory), unit, 'office')
}

/** Posts that take what finds no one at the unit's liaison (invariant 11): its head, then the plan's office. The stand-in goes before them. */
export function fallbackPosts(directory: Directory, plan: { readonly office: string }, unit: string): Post[] {
  const posts = [headOf(directory, unit), officePost(directory, plan.office), headOf(directory, plan.office)]
  return [...new Set(posts.filter((post) => post !== undefined))]
}

/** WeCom ids are compared without regard to case (the platform's rule), DingTalk ids exactly. */
export function personByAccount(
  directory: Directory,
  channel: ChannelName,
  accountId: string,
): Person | undefined {
  return indexOf(directory).accounts.get(accountKey(channel, accountId))
}

export function groupByChat(directory: Directory, channel: ChannelName, chatId: string): Group | undefined {
  return indexOf(directory).chats.get(chatKey(channel, chatId))
}

/** Groups where a unit's duties of a plan are spoken of. A group bound to both plans and units must fit in both; one bound to nothing never fits. */
export function groupsFor(
  directory: Directory,
  about: { readonly plan: string; readonly unit: string },
): Group[] {
  const index = indexOf(directory)
  const ofPlan = (index.groupsByPlan.get(about.plan) ?? []).filter(
    (group) => group.units.length === 0 || group.units.includes(about.unit),
  )
  const ofUnit = (index.groupsByUnit.get(about.unit) ?? []).filter((group) => group.plans.length === 0)
  return [...ofPlan, ...ofUnit]
}

/** Projects that a plan is about, whether on the list now or not. */
export function projectsOf(directory: Directory, plan: string): readonly Project[] {
  return indexOf(directory).projectsByPlan.get(plan) ?? []
}

/** C9: a project has duties only on the days when it is on the list. */
export function isListed(project: Project, day: CivilDate): boolean {
  return (
    (project.listedFrom === undefined || day >= project.listedFrom) &&
    (project.listedUntil === undefined || day <= project.listedUntil)
  )
}

const postWithRole = (index: Index, unit: string, role: PostRole): Post | undefined =>
  index.postsByUnit.get(unit)?.find((post) => post.role === role)

const covers = (span: { from: CivilDate; until?: CivilDate }, day: CivilDate): boolean =>
  day >= span.from && (span.until === undefined || day <= span.until)
