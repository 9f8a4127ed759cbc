// 这事找李建工: somebody else is to be asked.
import type { Doc } from './document.ts'
import { personAt, unitAt } from './people.ts'
import { trimEdges } from './words.ts'

const NOT_MINE =
  /(?:不归|不是|不由|没归)我(?:们)?(?:[科股局办室]|单位|公司|部门)?(?:在?(?:管|负责|这边)|的事|这里|了|报|弄|填|$)|我(?:已经|现在|们|早)?(?:都|就)?不(?:再)?(?:管|负责|干|做|分管|跟)(?:这|了|那|$)|不是我的(?:项目|事|活|工作)?|跟我没关系|不在(?:这个|那个|原)?(?:岗|单位|项目|科室|办)|(?:我|已经?)(?:上个月|已经|已|前段时间)?(?:调(?:走|离|到|岗)|退休|离职|换岗|辞职|借调)|换人了|不负责了/
const CUE =
  /(?:直接|[你您]们?|请|可以|以后|今后|后面|下个?月起?|的?(?:进度|报表|数据|表|事))*(?:(?:联络员|负责人|经办人|对接人|联系人)(?:是|换成|改成|为|[:：])?|联系(?:一下)?|请找|找(?:一下)?|问(?!题)(?:一?下|问)?|请教|打(?:电话给|给|(?=[^，。]{2,10}电话))|让|叫|由(?!于)|归|移交给|交给|交接给|转给|转交给?|(?:请|直接)发给|转|对接|换成|改成|换|(?:现在|目前|以后|今后|后面|已经)(?:都)?是|在(?=[^，。]{2,10}(?:手[上里]|那[里儿]))|跟|和|与)/g
const DOES = /^.{0,8}(?:报|填|负责|管|对接|接手|联系|处理|答复|来|跟进|回复|接|弄|在管|了$|$|[，。,\s])/
const NEGOTIATES = /^.{0,4}(?:协调|解决|谈|商量|要钱|批|沟通|汇报|做工作|支持|帮忙)/
// Said of a unit: 请跟项目指挥部对接, 由业务科负责.
const IN_CHARGE =
  /^(?:那边)?(?:来)?(?:对接|联系|填报|上报|报送|[报填](?:$|[，,。\s])|负责(?!人|修|建|施|维|安|整|处|清)|要(?:数|资料))/
const ASKED = /找|问|联系|请教|打|在|转|交|对接|换|归/
const NEEDS_DOING = /让|叫|由|是|为/
// 牌坊和石板路都铺好了: with whom alone names nobody.
const MEETS = /^.{0,4}(?:联系|对接|接洽|要(?:数|资料|$|[，,。\s]))/

export type Delegation = { to: string | null; start: number; end: number }

// Who is to be asked stands early; a longer list of such words is no sentence.
const MOST_CUES = 12

// 整改的事得问城投公司: nothing else is said.
const MUST_ASK =
  /^(?:[^，。]{0,10}(?:得|要|该|应该)去?(?:问|找)|请?直?接?(?:联系|咨询))[^，。]{2,14}[。!！]?$/

function toUnit(doc: Doc, text: string, cue: string): string | undefined {
  const isAbsolute =
    NOT_MINE.test(doc.norm) || /归|^你们|[你您].*直接/.test(cue) || MUST_ASK.test(trimEdges(doc.norm))
  const isAsked = isAbsolute && /归|找|问|联系|由/.test(cue)
  const own = isAsked || /跟|和|与|找|由|联系/.test(cue) ? unitAt(text) : undefined
  const unit = own !== undefined && (isAsked || IN_CHARGE.test(text.slice(own.length))) ? own : undefined
  return unit !== undefined && !NEGOTIATES.test(text.slice(unit.length)) ? unit : undefined
}

function readCue(doc: Doc, cue: string, end: number): Delegation | undefined {
  if (/[不没]$/.test(doc.norm.slice(0, end - cue.length))) return undefined
  const text = doc.norm.slice(end, end + 30)
  const person = personAt(text)
  if (person) {
    const after = text.slice(person.end)
    if (NEGOTIATES.test(after)) return undefined
    const isMet = /跟|和|与/.test(cue) && MEETS.test(after)
    const isAskedFor =
      isMet || ASKED.test(cue) || (NEEDS_DOING.test(cue) && DOES.test(after) && after.trim() !== '')
    const isNamed = /(?:是|为|成|联络员|负责人|经办人|对接人|联系人|[:：])$/.test(cue)
    if (isAskedFor || isNamed)
      return {
        to: doc.clean.slice(end + person.end - person.name.length, end + person.end),
        start: end,
        end: end + person.end,
      }
    return undefined
  }
  const unit = toUnit(doc, text, cue)
  return unit === undefined ? undefined : { to: unit, start: end, end: end + unit.length }
}

function mentioned(doc: Doc): Delegation | undefined {
  for (const { name, start, end } of doc.mentions) {
    if (
      /(?:找|问|联系|让|由|转给?|发给|交给|对接|直接|是)\s*(?:一下)?$/.test(
        doc.norm.slice(0, start).trimEnd(),
      )
    )
      return { to: personAt(name)?.name ?? name, start, end }
  }
  return undefined
}

// 李经理在管，问他: the name stood before.
const ASK_HIM =
  /(?:问|找|联系|对接)(?:一?下)?[他她](?!们)|打给[他她]|打[他她]电话|@[他她]|你?问[他她]|让[他她](?:报|填|来|说|发|弄)|[跟和与向][他她](?:要|对接|联系|说|问|核)/

function namedBefore(doc: Doc): Delegation | undefined {
  const asked = ASK_HIM.exec(doc.norm)
  if (!asked) return undefined
  for (const { start, end } of doc.clauses) {
    const person =
      start < asked.index ? personAt(doc.norm.slice(start, Math.min(end, asked.index))) : undefined
    if (!person) continue
    const from = start + person.end - person.name.length
    return { to: doc.clean.slice(from, start + person.end), start: from, end: asked.index + asked[0].length }
  }
  return undefined
}

/** Who is to be asked instead; `to: null` when the sender only says that it is not he. */
export function readDelegate(doc: Doc): Delegation | undefined {
  const direct = mentioned(doc)
  if (direct) return direct
  for (const match of [...doc.norm.matchAll(CUE)].slice(0, MOST_CUES)) {
    const found = readCue(doc, match[0], match.index + match[0].length)
    if (found) return found
  }
  const before = namedBefore(doc)
  if (before) return before
  const denial = NOT_MINE.exec(doc.norm)
  return denial ? { to: null, start: denial.index, end: denial.index + denial[0].length } : undefined
}
