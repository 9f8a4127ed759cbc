// Values of a project that the sender does not have (体育馆本月500万) are never put to one that he has.
import type { Claims } from './claims.ts'
import type { Doc } from './document.ts'
import type { Span } from './sections.ts'
import { AMT, JOB, PCT } from './tokens.ts'

const KIND =
  /(?:馆|广场|公园|医院|卫生院|学校|小学|中学|一中|二中|幼儿园|宿舍楼?|公路|大桥|[^水]桥|隧道|水库|储备库|粮库|仓库|水厂|[\u4e00-\u9fff]{2}厂|电站|变电站|风电场?|光伏|冷链|农田|厂房|产业园|示范园|园区|街区|新区|基地|大厦|公寓|古城|古镇|牧场|养殖场|枢纽|体育场|停车场|充电桩|小区|安置房|安置点|棚改|屠宰场|市场|物流园?|景区|民宿|[\u4e00-\u9fff]利院|[\u4e00-\u9fff]{2}中心|养老院|敬老院|康养|转运站|填埋场|加油站|客运站|车站|机场|码头|河道|灌区|堤防|管网|供热|供暖|燃气|食堂|办公楼|门诊楼|住院楼|法院|检察院|派出所|消防站|气象站|[路街道巷])(?:(?:[\u4e00-\u9fff]{0,4}(?:改造|建设|维修|整治|治理|提升|迁建|扩建|新建|修复|加固|升级|保护|开发))?(?:项目|工程)?|那个|那边|这边)(?:的)?$/
const LEADS =
  /^(?:(?:顺手|顺便)?[报说填](?:一|\uE004)?[个下条][:： ]*|另外|还有|然后|以及|再有|顺便|报一?下|至于)+/
const FIGURE = new RegExp(
  `^([\\u4e00-\\u9fff]{2,12}?)(?:本月|这个?月|当月|累计|截[至止]|今年|完成投资|形象进度|总体进度|[:：])[^${AMT}${PCT}]{0,14}[${AMT}${PCT}]`,
)

// 报下体育馆的数; 西坡光伏没人报，我代报: whose figures follow.
const NUMBERS_OF =
  /^(?:报一?下|说一?下|汇报一?下)?([\u4e00-\u9fff]{2,12}?)(?:(?:的|那边的?|这边的?)(?:数据?|数字|情况|进度|进展)(?:$|[:：])|(?:没有?人|让我|由我|我|叫我)[^，。]{0,4}代?报)/

const NUMBERS = /(?:的|那边的?|这边的?)(?:数据?|数字|情况|进度|进展)$/
const OWN = /^(?:我们|我(?:这|单位|自己)|咱们?|本项目|这边|另外)/

/** The spans that report on the sender's own projects; figures of another's (with those that go on) ask for the project. */
export function ownSpans(doc: Doc, spans: readonly Span[], claims: Claims): Span[] {
  let isStrange = false
  return spans.filter((span) => {
    const isOwn = span.named || OWN.test(doc.norm.slice(span.start, span.end))
    isStrange = isStranger(doc, span, claims) || (isStrange && !isOwn)
    return !isStrange
  })
}

function isStranger(doc: Doc, span: Span, claims: Claims): boolean {
  const text = doc.marked.slice(span.start, span.end).trim()
  if (span.named || text.includes(JOB)) return false
  const said = text.replace(LEADS, '')
  const subject = (FIGURE.exec(said)?.[1] ?? NUMBERS_OF.exec(said)?.[1])?.replace(NUMBERS, '')
  if (subject === undefined || !KIND.test(subject)) return false
  const names = doc.context.projects.join('')
  // A word of the sender's own project, too short or too common to name it by, is no stranger.
  const core = subject.replace(/(?:项目|工程|那个|那边|这边|的)+$/, '').slice(-2)
  if (names.includes(core) || /主体|室外|附属|部分|标段/.test(subject)) return false
  if (!claims.asks.includes('project')) claims.asks.push('project')
  return true
}
