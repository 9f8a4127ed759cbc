// What is allowed but will hurt: nobody to ask, nowhere to write to, a year without workdays, an event without a date.
import { stateCouncilCalendar } from '../../core/calendar/workdays.ts'
import type { Cadence, Rule } from '../../core/plan/types.ts'
import type { Check } from './check.ts'
import type { Row } from './findings.ts'
import type { PlanRow, RuleRow } from './parse-rows.ts'

/** Warns about the rows of this import; nothing is refused. */
export function warnAbout(check: Check): void {
  warnOfSilentPeople(check)
  warnOfVacantLiaisons(check)
  const served = new Set(
    [...check.draft.posts.values()].filter((post) => post.role === 'liaison').map((post) => post.unit),
  )
  for (const { entry, value } of check.rows.projects) {
    if (check.draft.projects.get(value.key) !== value || value.liaison !== undefined) continue
    if (!served.has(value.unit)) check.findings.warn(entry, withoutLiaison([value.unit]))
  }
  for (const row of check.rows.plans) warnAboutPlan(check, row, served)
}

function warnOfSilentPeople({ rows, draft, findings }: Check): void {
  for (const { entry, value } of rows.people) {
    if (draft.people.get(value.key) !== value || value.accounts.length > 0) continue
    findings.warn(entry, { what: '没有企业微信或钉钉账号，收不到消息', cure: '请补上 wecom 或 dingtalk' })
  }
}

function warnOfVacantLiaisons({ rows, draft, findings }: Check): void {
  const held = new Set([...draft.holdings.values()].map((holding) => holding.post))
  for (const { entry, value } of rows.posts) {
    if (draft.posts.get(value.post.key) !== value.post || value.post.role !== 'liaison') continue
    if (!held.has(value.post.key))
      findings.warn(entry, {
        what: '联络员岗位没有在任人员',
        cure: '请补上 holder 和 since，或在 holdings 里登记',
      })
  }
}

function warnAboutPlan(check: Check, { entry, value }: Row<PlanRow>, served: ReadonlySet<string>): void {
  const plan = check.draft.plans.get(value.head.key)
  if (plan === undefined || plan === check.present.plans.find((present) => present.key === plan.key)) return
  const asked = plan.rules.flatMap(({ responsible }) =>
    responsible.type === 'units' ? responsible.units : [],
  )
  const unserved = [...new Set(asked)].filter((unit) => !served.has(unit))
  if (unserved.length > 0) check.findings.warn(entry, withoutLiaison(unserved))
  const dated = new Set(plan.events.map((event) => event.event))
  for (const row of value.rules) warnAboutRule(check, row, dated)
}

function warnAboutRule(
  { findings }: Check,
  { entry, value }: Row<RuleRow>,
  dated: ReadonlySet<string>,
): void {
  const { timing } = value.rule
  if (timing.type === 'offset' && !dated.has(timing.event))
    findings.warn(entry, {
      path: ['due'],
      what: `事件“${timing.event}”还没有日期，暂时不会产生任务`,
      cure: '等日期定下来，写进方案的 events 再导入一次',
    })
  const year = Number(lastDay(timing)?.slice(0, 4) ?? 0)
  if (year > Math.max(...stateCouncilCalendar.years.keys()))
    findings.warn(entry, {
      path: ['due'],
      what: `规则排到${year}年，而工作日历还没有这一年`,
      cure: '国务院办公厅公布该年放假安排后，请更新系统的工作日历',
    })
}

function lastDay(timing: Rule['timing']): string | undefined {
  if (timing.type === 'date') return timing.date
  if (timing.type === 'dates') return latest(timing.dates)
  if (timing.type === 'cadence') return timing.until
  if (timing.type === 'offset') return undefined
  return latest(Object.values<Cadence | undefined>(timing.stages).flatMap((cadence) => cadence?.until ?? []))
}

const latest = (dates: readonly string[]): string | undefined =>
  [...dates].sort((a, b) => (a < b ? -1 : 1)).at(-1)

const withoutLiaison = (units: readonly string[]) => ({
  what: `没有联络员岗位的单位：${units.join('、')}；任务将由督办办公室的岗位代收`,
  cure: '请在 posts 里给这些单位登记 role: liaison 的岗位',
})
