// Says for every stretch of a message which of the sender's projects it speaks of.
import type { Clause } from './clause.ts'
import type { Mention } from './project-name.ts'

/**
 * `projects`: indexes; empty when none has been named yet. `tie`: the short form fits several. `each`: what is said
 * holds for every one of them (都, 各); without it a value for several projects is nobody's.
 */
export type Target = { projects: number[]; tie: boolean; each: boolean }
/** A stretch of one clause that speaks of one target; `named` when it begins with a project's name. */
export type Span = { start: number; end: number; clause: Clause; target: Target; named: boolean }

/** True when two stretches speak of the same projects. */
export const sameTarget = (a: Target, b: Target): boolean =>
  a.projects.join() === b.projects.join() && a.tie === b.tie

const REST =
  /^(?:就是|然后|至于)?(?:其余|其他|其它|另外|剩下|别的|另)的?(?:[两二三四五六几\d]+个?(?:项目|工程)?|项目|工程|(?=都|均|也|全|没|无|同|跟|和上|照|在建|停工|完工|暂|不变|老样|$))/
const ALL =
  /^(?:这|我们?(?:这边?)?|咱们?(?:这边?)?|以上)?(?:([俩两仨二三四五六七八九\d])个?(?:[\u4e00-\u9fff]{1,4}?(?=项目|工程))?(条路|条|所|家|栋|座|项目|工程|工地|安置点|项|个|)|所有|全部|几个|各个?|每个)(?:项目|工程|学校|医院|水厂|路|楼|的)?(?:都|均|各|全|分别)?/
const LEAD =
  /^(?:报告|汇报|报一?下|领导|您好|你好|收到|好的|本月|这个?月|当月|今年|目前|现在|累计|截[至止]目前|[:\s])+/
const BOTH =
  /^(?:都|均|全都?|全部都?)(?=没|无|同|跟|和|与|照|在|停|完工|竣工|开工|不|是老|未|按|还是|正常|维持|预计|估计|计划|争取|能|已|有)/
const EACH = /都|均|各|每个/
const JOINED = /^(?:和|加上?|与|及|跟|以及|还有|\s)?$/
const NOT_SUBJECT = /(?:请|给|从|由|向|找|离|靠近|挨着|占用|通往|去)$/
const NOUN_GROUPS: Record<string, RegExp> = {
  条路: /路|线|道/,
  条: /路|线|道|河|渠/,
  所: /校|园|院/,
  家: /院|厂/,
  栋: /楼|房/,
  座: /桥|库|厂|站/,
}

const NUMBERS = '零一二三四五六七八九'
const countOf = (text: string): number =>
  /[两俩]/.test(text) ? 2 : text === '仨' ? 3 : /\d/.test(text) ? Number(text) : NUMBERS.indexOf(text)

type Walk = { names: readonly string[]; current: Target; seen: Set<number>; open: boolean }

function groupTarget(walk: Walk, count: string | undefined, noun: string | undefined): Target {
  const all = walk.names.map((_, i) => i)
  if (count === undefined || countOf(count) === all.length) return { projects: all, tie: false, each: false }
  const kind = NOUN_GROUPS[noun ?? '']
  const some = kind ? all.filter((i) => kind.test(walk.names[i] ?? '')) : []
  if (some.length === countOf(count)) return { projects: some, tie: false, each: false }
  // 两个 of three, not said which: whoever was named just before, if that is as many.
  if (walk.current.projects.length === countOf(count)) return walk.current
  return { projects: [], tie: true, each: false }
}

/** 都, 两个项目, 其余 at the head of a stretch. */
function readGroup(walk: Walk, text: string): Target | undefined {
  const rest = REST.exec(text)
  if (rest) {
    const left = walk.names.map((_, i) => i).filter((i) => !walk.seen.has(i))
    return left.length > 0 ? { projects: left, tie: false, each: true } : undefined
  }
  const group = ALL.exec(text)
  if (group && (group[1] === undefined || group[2] !== '' || /[都均各]/.test(group[0]))) {
    return { ...groupTarget(walk, group[1], group[2]), each: EACH.test(text) }
  }
  if (!BOTH.test(text)) return undefined
  const named = [...walk.seen]
  return { projects: named.length > 0 ? named : walk.names.map((_, i) => i), tie: false, each: true }
}

function fromMention(mention: Mention): Target {
  return {
    projects: [...mention.projects].sort((a, b) => a - b),
    tie: mention.projects.length > 1,
    each: false,
  }
}

const union = (a: Target, b: Target): Target => ({
  projects: [...new Set([...a.projects, ...b.projects])],
  tie: a.tie || b.tie,
  each: false,
})

// 北关 棚改: two short forms of one project side by side.
function overlap(a: Target, b: Target): Target {
  const projects = a.projects.filter((project) => b.projects.includes(project))
  return { projects, tie: projects.length > 1, each: false }
}

// 两个安置点, 两座水库: a short form that fits as many projects as are counted means them all.
const COUNTED = /([俩两二三四五六七八九\d])[个座条所家栋]?$/

function meant(mention: Mention, before: string): Target {
  const target = fromMention(mention)
  const count = COUNTED.exec(before)?.[1]
  const isAll = count !== undefined && countOf(count) === target.projects.length
  return isAll ? { ...target, tie: false } : target
}

// A name list goes on (厂房、农田、冷链三个) while only names have stood since its first.
function takeMention(walk: Walk, mention: Mention, before: string, isJoin: boolean, text: string): void {
  const between = isJoin ? before : '-'
  const target = meant(mention, before)
  const isSame = between === '' && target.projects.some((project) => walk.current.projects.includes(project))
  if (isSame) walk.current = overlap(walk.current, target)
  else walk.current = walk.open && JOINED.test(between) ? union(walk.current, target) : target
  walk.current = { ...walk.current, each: EACH.test(text) || walk.current.projects.length < 2 }
  walk.open = true
  const { tie, projects } = isSame ? walk.current : target
  for (const project of tie ? [] : projects) walk.seen.add(project)
}

function openSpans(walk: Walk, clause: Clause, mentions: readonly Mention[], norm: string): Span[] {
  const spans: Span[] = []
  let from = clause.start
  let named = false
  const push = (end: number): void => {
    if (end > from) spans.push({ start: from, end, clause, target: walk.current, named })
  }
  for (const mention of mentions) {
    const before = norm.slice(from, mention.start)
    const isJoin = walk.open && JOINED.test(before)
    if (NOT_SUBJECT.test(before)) continue
    if (!isJoin) push(mention.start)
    else if (from < mention.start && !named) push(mention.start)
    takeMention(
      walk,
      mention,
      before,
      isJoin,
      norm.slice(mention.end, Math.min(clause.end, mention.end + 24)),
    )
    from = mention.end
    named = true
  }
  const tail = norm.slice(from, clause.end)
  const group =
    named && walk.current.projects.length > 1 ? undefined : readGroup(walk, tail.replace(LEAD, ''))
  if (group && !named) walk.current = group
  if (/\S/.test(tail.replace(/^(?:项目|工程|[:：])+/, ''))) walk.open = false
  push(clause.end)
  if (named && from === clause.end)
    spans.push({ start: from, end: from, clause, target: walk.current, named })
  return spans
}

/** Cuts clauses into spans by project. A sender with one project has one target throughout. */
export function cutSections(
  clauses: readonly Clause[],
  mentions: readonly Mention[],
  names: readonly string[],
  norm: string,
): Span[] {
  if (names.length < 2) {
    const target: Target = { projects: names.length === 1 ? [0] : [], tie: false, each: true }
    return clauses.map((clause) => ({ start: clause.start, end: clause.end, clause, target, named: false }))
  }
  const walk: Walk = {
    names,
    current: { projects: [], tie: false, each: true },
    seen: new Set(),
    open: false,
  }
  const spans: Span[] = []
  let next = 0
  for (const clause of clauses) {
    const mine: Mention[] = []
    for (; next < mentions.length && (mentions[next]?.start ?? 0) < clause.end; next++) {
      const mention = mentions[next]
      if (mention) mine.push(mention)
    }
    if (clause.sep !== 'pause' && clause.item) walk.open = false
    spans.push(...openSpans(walk, clause, mine, norm))
    if (clause.sep !== 'pause' && clause.sep !== 'space') walk.open = false
  }
  return spans
}
