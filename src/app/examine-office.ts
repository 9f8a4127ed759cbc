// Whether the imported office can be worked with: plans, groups, calendars, and who can't be reached (invariant 11).
import { type CivilDate, dateOf, type Instant } from '../core/calendar/civil.ts'
import type { Calendar } from '../core/calendar/workdays.ts'
import { type ChannelName, WEBHOOK_CHAT } from '../core/people/directory.ts'
import { groupsFor, holderOf, officePost, postByKey, projectsOf, unitByKey } from '../core/people/lookup.ts'
import type { Plan } from '../core/plan/types.ts'
import { awaitsAnswer, type Task } from '../core/task/types.ts'
import { bad, type Finding, good } from './finding.ts'
import type { Snapshot } from './store-port.ts'

export type OfficeExam = {
  readonly office: Snapshot
  readonly tasks: readonly Pick<Task, 'plan' | 'post' | 'unit' | 'state' | 'dueAt'>[]
  readonly calendar: Calendar
  /** The platforms that are configured. */
  readonly channels: readonly ChannelName[]
  readonly hasSecret: boolean
  readonly now: Instant
}

const SHOWN = 8

/** One finding a subject. An office without a plan is asked for nothing else. */
export function examineOffice(exam: OfficeExam): Finding[] {
  const { plans, directory } = exam.office
  if (plans.length === 0)
    return [bad('方案', '还没有导入方案', '运行 duban import 文件夹，格式见 prisma/seed/README.md')]
  const people = `${directory.people.length}人、${plans.length}个方案`
  return [
    good('方案', people),
    calendarYears(exam),
    groups(exam),
    webhooks(exam),
    offices(exam),
    reach(exam),
  ].flat()
}

/** The calendar of the year in which something is due, and from December on that of the next year. */
function calendarYears({ calendar, tasks, now }: OfficeExam): Finding {
  const today = dateOf(now)
  const year = Number(today.slice(0, 4))
  const wanted = new Set([
    year,
    ...(today.slice(5, 7) === '12' ? [year + 1] : []),
    ...tasks.filter(({ state }) => awaitsAnswer(state)).map(({ dueAt }) => Number(dateOf(dueAt).slice(0, 4))),
  ])
  const missing = [...wanted].filter((one) => !calendar.years.has(one)).sort()
  if (missing.length === 0) return good('节假日历', `${[...wanted].sort().join('、')}年齐全`)
  return bad(
    '节假日历',
    `没有${missing.join('、')}年的放假和调休安排`,
    '国务院公布后升级本程序；在此之前不会猜测工作日，落在该年的提醒会停下',
  )
}

function groups({ office: { directory, plans }, channels }: OfficeExam): Finding[] {
  const unbound = plans.filter((plan) => !isBound(directory, plan))
  const foreign = directory.groups.filter(({ channel }) => !channels.includes(channel))
  return [
    unbound.length === 0
      ? good('工作群', `${directory.groups.length}个，每个方案都有群`)
      : bad(
          '工作群',
          `没有绑定工作群的方案：${listed(unbound.map(({ name }) => name))}`,
          '在导入文件的 groups 里写上群编号（chat）和方案（plans）；群编号可在群里@机器人后从它的答复里看到',
        ),
    ...(foreign.length === 0
      ? []
      : [
          bad(
            '工作群的平台',
            `所在平台没有配置的群：${listed(foreign.map(({ name }) => name))}`,
            '在 .env 里配好该平台，或把群改绑到已配置的平台',
          ),
        ]),
  ]
}

function isBound(directory: Snapshot['directory'], plan: Plan): boolean {
  const ofProjects = projectsOf(directory, plan.key).map(({ unit }) => unit)
  const units = plan.rules.flatMap(({ responsible }) =>
    responsible.type === 'units' ? responsible.units : ofProjects,
  )
  return units.some((unit) => groupsFor(directory, { plan: plan.key, unit }).length > 0)
}

function webhooks({ office: { directory }, hasSecret }: OfficeExam): Finding[] {
  const own = directory.groups.filter(({ chatId }) => chatId.startsWith(WEBHOOK_CHAT))
  if (own.length === 0 || hasSecret) return []
  return [
    bad(
      '群机器人',
      `${listed(own.map(({ name }) => name))}用群机器人地址发送，但没有设置 DUBAN_SECRET`,
      '把导入时用的 DUBAN_SECRET 写回 .env；丢失了就新设一个并重新导入这些群',
    ),
  ]
}

/** The last fallback of every step: without it a message would have nobody to go to. */
function offices({ office: { directory, plans }, channels, now }: OfficeExam): Finding {
  const today = dateOf(now)
  const without = plans.filter((plan) => {
    const post = officePost(directory, plan.office)
    return !post || !reachable(directory, post.key, channels, today)
  })
  if (without.length === 0) return good('督办办公室', '每个方案都有人在岗、有账号')
  return bad(
    '督办办公室',
    `没有在岗且有账号的人：${listed(without.map(({ name }) => name))}`,
    '给方案的 office 单位配一个 role: office 的岗位，写上在任人员和账号',
  )
}

function reach({ office: { directory }, tasks, channels, now }: OfficeExam): Finding {
  const today = dateOf(now)
  const posts = new Set(tasks.filter(({ state }) => awaitsAnswer(state)).map(({ post }) => post))
  const lost = [...posts].filter((post) => !reachable(directory, post, channels, today))
  if (lost.length === 0) return good('责任人', `${posts.size}个有待办的岗位都有人、有账号`)
  return bad(
    '责任人',
    `${lost.length}个岗位没有人或没有账号：${listed(lost.map((post) => postName(directory, post)))}`,
    '补上在任人员（holder、since）和他的账号（wecom 或 dingtalk）后重新导入；在此之前消息会发给单位负责人或督办办公室',
  )
}

function reachable(
  directory: Snapshot['directory'],
  post: string,
  channels: readonly ChannelName[],
  day: CivilDate,
): boolean {
  const accounts = holderOf(directory, post, day)?.accounts ?? []
  return accounts.some(({ channel }) => channels.includes(channel))
}

function postName(directory: Snapshot['directory'], key: string): string {
  const post = postByKey(directory, key)
  return post ? `${unitByKey(directory, post.unit)?.short ?? ''}${post.title}` : key
}

const listed = (names: readonly string[]): string =>
  names.length > SHOWN ? `${names.slice(0, SHOWN).join('、')}等${names.length}个` : names.join('、')
