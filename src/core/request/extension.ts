// 延期: what a wanted date may be, and what a granted one does to the ladder (domain §4, invariant 6).
import { addDays, type CivilDate, dateOf, type Instant, instantOf, timeOf } from '../calendar/civil.ts'
import { addWorkdays, isWorkday, UnknownYearError } from '../calendar/workdays.ts'
import { read } from '../reply/read.ts'
import { readStatement } from '../reply/statement.ts'
import type { Office } from '../task/decide.ts'
import { stepTimes } from '../task/schedule.ts'
import type { Task } from '../task/types.ts'
import { meantDay } from './said-dates.ts'

export type MoreTime = { readonly until?: CivilDate; readonly why?: string }

const POLITE = /能不能|能否|可不可以|可否|是否可以|是不是可以/g
const PLAINLY_ASKED =
  /(?:申请|请求|恳请|要求|想|需要?|请)[^，。]{0,8}(?:延|推迟|宽限|缓)|延期(?:到|至|\d|[一二两三四五六七八九十]|$)/

/**
 * A request for more time for this duty; undefined when the text is something else. A long report in words, and whoever speaks in a
 * group, has to ask plainly (`plainly`).
 */
export function readMoreTime(
  text: string,
  task: Pick<Task, 'form'> & Partial<Pick<Task, 'title'>>,
  sentAt: Instant,
  plainly = false,
): MoreTime | undefined {
  const asked = text
    .replace(POLITE, '申请')
    .replace(/(?:可以|行|好|成)(?:吗|不|么)[?？]?|[?？]/g, '')
    // 10日报 is no daily paper here.
    .replace(/([日号])报/g, '$1前报')
  const isFigures = task.form === 'monthly-progress'
  const isTale = task.form === 'stage-report' || task.form === 'liaison-registration'
  if ((isTale || plainly) && !PLAINLY_ASKED.test(asked)) return undefined
  if (!isFigures && readStatement(text) === 'done') return undefined
  const pending = isFigures ? 'monthly-progress' : 'rectification'
  const { intent, reports, extension } = read(asked, { sentAt, projects: [], pending, previous: null })
  if (intent !== 'extension' || !extension || reports.some(({ fields }) => Object.keys(fields).length > 0))
    return undefined
  const { until, reason } = extension
  // 整改清单能不能缓几天: the duty's name is left over and no reason.
  const isName = reason !== null && names(task.title ?? '', reason.replace(/的(?:事|报送)?$/, ''))
  const why = reason && !isName && !(until && reason.includes(until.source)) ? reason : undefined
  return {
    ...(until ? { until: meantDay(until.value, until.source, dateOf(sentAt)) } : {}),
    ...(why ? { why } : {}),
  }
}

/** Whether a few words are the title's own, be it in another order. */
const names = (title: string, words: string): boolean =>
  words.length <= 8 && (words.match(/..?/gu) ?? []).every((pair) => title.includes(pair))

/** 不延了, 撤回延期申请: whoever asked for more time wants it no longer. */
export const takesBackMoreTime = (text: string): boolean =>
  /^(?:算了|那就?|还是|好吧|我们?|[，,。\s])*(?:(?:不|不用|不需要|不想|不再|不要)延(?:期|后|迟)?(?:了|吧|哈)+|不申请(?:延期)?了|(?:撤回|撤销|取消|收回)(?:我?刚才的?|我的|那个)?延期(?:的?申请)?(?:了|吧)?)[。.!！~～]*$/.test(
    text.trim(),
  )

/** When the duty would be due: the hour that the notice gave stays. */
export const dueOn = (task: Pick<Task, 'dueAt'>, date: CivilDate): Instant =>
  instantOf(date, timeOf(task.dueAt))

export type UntilFault = 'past' | 'not-later' | 'unknown-year'

/** What is wrong with the wanted date, or undefined: it lies ahead, after the present due date, in a year whose workdays are known. */
export function faultOf(
  task: Pick<Task, 'dueAt'>,
  until: CivilDate,
  { calendar }: Office,
  now: Instant,
): UntilFault | undefined {
  if (until < dateOf(now)) return 'past'
  if (dueOn(task, until) <= task.dueAt) return 'not-later'
  return knownDay(() => isWorkday(calendar, until)) === undefined ? 'unknown-year' : undefined
}

const SUGGESTED_WORKDAYS = [3, 5, 10]

/** Some workdays after the due date, or after today when that has passed; dates of unknown years are left out. */
export function suggestedDates(task: Pick<Task, 'dueAt'>, { calendar }: Office, now: Instant): CivilDate[] {
  const from = dateOf(Math.max(task.dueAt, now))
  return SUGGESTED_WORKDAYS.flatMap((days) => knownDay(() => addWorkdays(calendar, from, days)) ?? [])
}

export type NewLimit = Pick<Task, 'dueAt' | 'stepsDone'> & { readonly nextActionAt?: Instant }

/**
 * The ladder for a new due time: steps relative to the old one may be said again; reminders whose day has passed by then are
 * left out, since the news of the new date says all that they would.
 */
export function movedTo(task: Task, dueAt: Instant, { calendar, hours }: Office, now: Instant): NewLimit {
  const times = stepTimes({ ...task, dueAt }, calendar, hours)
  const isKept = (key: string): boolean =>
    task.policy.steps.some((step) => step.key === key && step.at.from === 'open')
  const stepsDone = [
    ...task.stepsDone.filter(isKept),
    ...times.filter(({ step, at }) => step.at.from === 'due' && at <= now).map(({ step }) => step.key),
  ]
  const next = times.filter(({ step }) => !stepsDone.includes(step.key)).map(({ at }) => at)
  return { dueAt, stepsDone, ...(next.length > 0 ? { nextActionAt: Math.min(...next) } : {}) }
}

const WORKDAYS_AFTER_RETURN = 3

/** What came back gets at least three workdays, the day of the return not counted (domain §4: a new limit). */
export function limitAfterReturn(task: Task, office: Office, now: Instant): NewLimit {
  const today = dateOf(now)
  const later = knownDay(() => addWorkdays(office.calendar, today, WORKDAYS_AFTER_RETURN))
  const date = later ?? addDays(today, WORKDAYS_AFTER_RETURN)
  return movedTo(task, Math.max(task.dueAt, dueOn(task, date)), office, now)
}

function knownDay<T>(ask: () => T): T | undefined {
  try {
    return ask()
  } catch (error) {
    if (error instanceof UnknownYearError) return undefined
    throw error
  }
}
