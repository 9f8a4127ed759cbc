// 请假/代理: who stands in, from when to when; read from a sentence.
import type { CivilDate } from '../calendar/civil.ts'
import { type Period, periodOf } from './said-dates.ts'

/** What a sentence said of it; what is missing is asked. `name` as it was said. */
export type Leave = Period & { readonly name?: string }

const AWAY = /请假|休假|出差|外出|年假|公休|病假|产假|婚假|事假|探亲|住院|学习|培训|不在(?:岗|单位)/
const STANDS_IN = /代(?:理|办|报|填|为|我|$|[，。,.!！;；\s])|替我|顶替|替班/
const ASKS_FOR_LEAVE =
  /^(?:我)?(?:要|想|需要?|申请)?请假|^(?:办理|申请|设置|登记)?(?:代理|委托)(?!公司|机构|合同|书)/
/** 我明天起请假三天, 国庆休假: his own leave, with nothing before it but himself and the days. */
const OWN_LEAVE = new RegExp(
  '^(?:我|从|打算|准备|需要|要|想|得|申请|[今明后]天|大后天|[这下本]?个?(?:周|星期|礼拜)[一二三四五六日天末]?|' +
    '(?:\\d{1,2}|[一二三四五六七八九十]{1,2})月(?:份|底|初)?|(?:\\d{1,2}|[一二三四五六七八九十]{1,3})[日号]|国庆|五一|元旦|春节|清明|端午|中秋|' +
    '节[后前]?|期间|起|开始|到|至|和|以后|[-~，,\\s])*(?:请|休)(?:个|[一二两三四五六七八九十\\d半]+(?:天|周|个月))?(?:的)?(?:事|病|年|公|婚|产|探亲)?假',
)
const HAN = '\\p{Script=Han}·'
const NAMED = [
  new RegExp(
    `(?:由|找|请(?!假|示)|让|委托|托付?|交给|安排)\\s*([${HAN}]{1,12}?)(?:同志)?(?:来|先)?(?:代|替|帮|顶)`,
    'u',
  ),
  new RegExp(`代理人(?:是|为|[:：])?\\s*([${HAN}]{2,8})`, 'u'),
  new RegExp(`委托(?:给)?\\s*([${HAN}]{2,8})(?=$|[，。,\\s])`, 'u'),
  new RegExp(`(?:^|[，。,;；\\s])([${HAN}]{2,8}?)(?:同志)?(?:代|替我)`, 'u'),
]

/** More words are a report in which somebody was away, too. */
const LONGEST_REQUEST = 60

/** Undefined when the text is not about being away with somebody to stand in. */
export function readLeave(text: string, today: CivilDate): Leave | undefined {
  const isAbout =
    (AWAY.test(text) && STANDS_IN.test(text)) || ASKS_FOR_LEAVE.test(text) || OWN_LEAVE.test(text)
  if (text.length > LONGEST_REQUEST) return undefined
  const name = nameIn(text)
  if (!isAbout && !(name !== undefined && /代我|替我/.test(text))) return undefined
  return { ...periodOf(text, today), ...(name === undefined ? {} : { name }) }
}

/** The name that a sentence gives to the stand-in. */
export function nameIn(text: string): string | undefined {
  for (const pattern of NAMED) {
    const name = pattern.exec(text)?.[1]
    if (name !== undefined) return name
  }
  return undefined
}

/** 取消代理, 销假. */
export const endsLeave = (text: string): boolean =>
  /^(?:请)?(?:取消|撤销|结束|终止|停止)(?:我的)?(?:代理|委托|请假)|^(?:我)?(?:已经?)?(?:销假|返岗)/.test(text)

const LONGEST_DAYS = 366

/** What is wrong with a whole period, or undefined. */
export function faultOfPeriod(
  { from, until }: { readonly from: CivilDate; readonly until: CivilDate },
  today: CivilDate,
): 'past' | 'backwards' | 'too-long' | undefined {
  if (until < from) return 'backwards'
  if (until < today) return 'past'
  return Date.parse(until) - Date.parse(from) > LONGEST_DAYS * 86_400_000 ? 'too-long' : undefined
}
