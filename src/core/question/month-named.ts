// 更正：4月累计应为1.25亿: the month whose record a correction is about.
import { addMonths, type CivilDate } from '../calendar/civil.ts'

const MONTHS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二']
/** A month that stands before a figure's name; 12月完工 is a date and no record. */
const NAMED =
  /(?:(\d{4})年)?(?<![\d.]|计划|预计|争取|打算|[拟到至于])(1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?(?:的|那[期次]|报的|月报|数据?|数字|里|[，,：:\s])*(?=[\u4e00-\u9fff]{0,12}(?:累计|完成|投资|形象|进度|到位|支付|拨付|有误|报|填))(?![^，,。；;]{0,4}(?:底|[上中下]旬|前|完工|竣工|\d+[日号]))/

/** The month as `2021-04`, the latest of that name that is not after today; undefined where none is named. */
export function monthNamed(text: string, today: CivilDate): string | undefined {
  const found = NAMED.exec(text.normalize('NFKC'))
  if (!found) return undefined
  const [, year, said = ''] = found
  const month = /\d/.test(said) ? Number(said) : MONTHS.indexOf(said) + 1
  const named = (of: string) => `${of}-${String(month).padStart(2, '0')}`
  if (year) return named(year)
  const thisYear = named(today.slice(0, 4))
  return thisYear <= today.slice(0, 7) ? thisYear : named(addMonths(today, -12).slice(0, 4))
}
