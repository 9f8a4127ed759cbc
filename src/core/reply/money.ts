// Decides which field an amount belongs to, or which it may belong to.
import type { Amount } from './amount.ts'
import { type Claims, claim, doubt } from './claims.ts'
import type { Doc } from './document.ts'
import type { Flow } from './flow.ts'
import type { Label, Money, Period } from './labels.ts'
import type { Span, Target } from './sections.ts'
import { type AmountKey, INVESTED_KEYS } from './types.ts'

export type AmountPhrase = { token: Amount; label: Label; head: string; isPart: boolean; source: string }

// No project of a county comes near 100亿: so much is a slip or somebody else's figure.
const MOST_WAN = 1_000_000
// From here on a number without a unit must be yuan by mistake.
const BARE_LIMIT = 100_000
const YUAN_LEAST = 1

const INVESTED: Record<Period, readonly AmountKey[]> = {
  month: ['investedThisMonth'],
  year: ['investedThisYear'],
  total: ['investedTotal'],
  monthOrTotal: ['investedThisMonth', 'investedTotal'],
  last: [],
}

// 累计完成投资（亿元）：1.2: the unit stands in brackets before the figure.
function unitBefore(doc: Doc, token: Amount): number | undefined {
  const unit = /[(（](万元|亿元|元)[)）][:： ]*$/.exec(
    doc.clean.slice(Math.max(0, token.start - 8), token.start),
  )?.[1]
  return unit === undefined ? undefined : { 万元: 1, 亿元: 10_000, 元: 1 / 10_000 }[unit]
}

// 卫生院跟小学加起来: the second name may be too short to be known, but it is there.
const ADDED_UP =
  /^(?:和|跟|与|加上?|同|及|以及|、)[^，。]{1,12}?(?:加(?:在一)?起来|合(?:在一)?起来|[加合]在一[起块]|合计|总共|一共|拢共|共计|总计|两[个家项边处])/

const TAKEN_TOGETHER = /(?:加|合)(?:在一)?起来|[加合](?:在)?一[起块]|合计/

/** A sum over several projects belongs to none of them. */
export function isSum(doc: Doc, span: Span): boolean {
  if (doc.context.projects.length < 2 || span.target.tie) return false
  const text = doc.norm.slice(span.start, span.end)
  if (ADDED_UP.test(text) || TAKEN_TOGETHER.test(text)) return true
  if (span.target.projects.length < 2) return false
  return !(span.target.each || /[各均]|都(?=[是在有完没差])/.test(text)) || /一共|总共|共计|总计/.test(text)
}

/** The amount in 万元; undefined when it cannot be what was meant. */
export function amountValue(token: Amount, bareUnit: number | undefined): number | undefined {
  const value = plainValue(token, bareUnit)
  return value !== undefined && value <= MOST_WAN ? value : undefined
}

function plainValue(token: Amount, bareUnit: number | undefined): number | undefined {
  if (token.vague || token.negative) return undefined
  if (token.unit === 'yuan')
    return token.value * 10_000 < 10_000 && token.value !== 0 ? undefined : token.value
  if (token.unit !== 'bare') return token.value
  const value = token.value * (bareUnit ?? 1)
  if (bareUnit === undefined && value >= BARE_LIMIT) return undefined
  return bareUnit !== undefined && bareUnit < 1 && value !== 0 && value < YUAN_LEAST ? undefined : value
}

function moneyKeys(money: Exclude<Money, 'invested'>): readonly AmountKey[] {
  if (money === 'inPlace') return ['fundsInPlace']
  return money === 'spent' ? ['fundsSpent'] : ['fundsInPlace', 'fundsSpent']
}

// A list carries the period on: 供热本月80万，转运站20万. After two periods for one project nobody knows which.
function carried(flow: Flow, span: Span, label: Label): Period | undefined {
  const last = flow.last
  if (!last || label.added) return undefined
  const isNext =
    last.projects !== span.target.projects.join() || flow.turns?.sentence === span.clause.sentence
  return isNext && last.periods === 1 ? last.period : undefined
}

function investedKeys(flow: Flow, span: Span, label: Label, head: string): readonly AmountKey[] {
  const period = label.period ?? carried(flow, span, label)
  if (period === undefined) return INVESTED_KEYS
  if (period === 'total' && flow.yearTarget && !head.includes('开工'))
    return ['investedThisYear', 'investedTotal']
  return INVESTED[period]
}

function remember(flow: Flow, span: Span, label: Label): void {
  const projects = span.target.projects.join()
  const before = flow.last?.projects === projects ? flow.last : undefined
  const period = label.period ?? (before ? before.period : flow.last?.period)
  const periods = before && before.period !== period ? before.periods + 1 : (before?.periods ?? 1)
  flow.last = { ...label, period, projects, periods }
}

/** In 分别 the figures go to the projects in the order of their names. */
export function turnOf(doc: Doc, flow: Flow, span: Span): Target | 'unclear' | undefined {
  const isTurns =
    flow.turns?.sentence === span.clause.sentence || /分别/.test(doc.norm.slice(span.start, span.end))
  if (!isTurns || doc.context.projects.length < 2) return undefined
  flow.turns ??= { sentence: span.clause.sentence, next: 0 }
  const named = doc.mentioned.filter(({ start }) => start < span.end && start >= span.clause.start - 60)
  const isNamed = named.length > 1 && span.target.projects.length > 1
  const project = isNamed ? span.target.projects[flow.turns.next++] : undefined
  return project === undefined ? 'unclear' : { projects: [project], tie: false, each: true }
}

function addedKey(label: Label, keys: readonly AmountKey[]): { keys: readonly AmountKey[]; added: boolean } {
  const key = keys[0]
  const isFunds = key === 'fundsInPlace' || key === 'fundsSpent'
  if (isFunds) return { keys, added: keys.length === 1 && (label.added || label.period === 'month') }
  if (!label.added && !label.compared) return { keys, added: false }
  // 投资增加80万 is what this month brought; 本月比上月增加80万 may be that or the difference of two months.
  if (label.period === undefined)
    return { keys: label.added ? ['investedThisMonth'] : INVESTED_KEYS, added: false }
  if (label.period === 'month')
    return { keys: label.compared ? ['investedThisMonth', 'investedTotal'] : keys, added: false }
  return { keys, added: true }
}

/** Claims an amount for its field; false when it is no figure of ours and stays text. */
export function claimAmount(doc: Doc, flow: Flow, claims: Claims, span: Span, phrase: AmountPhrase): boolean {
  const { token, label, head, source } = phrase
  if (/进度|形象/.test(head) && !label.money && token.unit === 'bare') {
    const isOne = !isSum(doc, span) && turnOf(doc, flow, span) === undefined
    const isFine = isOne && !token.vague && !token.negative && token.value <= 100
    if (isFine) claim(claims, span.target, 'percentComplete', token.value, source)
    else doubt(claims, span.target, ['percentComplete'], source)
    return true
  }
  if (phrase.isPart) {
    // 弄了个两三百万: an amount for certain, though the words do not say of what.
    const isMoney = token.unit !== 'bare' && doc.context.pending === 'monthly-progress'
    if (isMoney) {
      const value = amountValue(token, doc.bareUnit)
      claims.weak.push({ target: span.target, keys: INVESTED_KEYS, source, value })
    }
    return false
  }
  if (label.period === 'last') return true
  const isSmall = token.unit === 'bare' || token.unit === 'yuan'
  const isBareTalk = !label.period && !label.money && isSmall && !flow.last && !span.named
  if (isBareTalk && doc.context.pending !== 'monthly-progress') return false
  const money = label.money ?? 'invested'
  const all = money === 'invested' ? investedKeys(flow, span, label, head) : moneyKeys(money)
  const { keys, added } = addedKey(label, all)
  const turn = turnOf(doc, flow, span)
  const target = turn === undefined || turn === 'unclear' ? span.target : turn
  const value = amountValue(token, unitBefore(doc, token) ?? doc.bareUnit)
  const isNobodys = turn === 'unclear' || (turn === undefined && isSum(doc, span))
  const [key] = keys
  if (key === undefined) return true
  if (value === undefined || isNobodys) doubt(claims, target, keys, source)
  else if (keys.length > 1) doubt(claims, target, keys, source, value)
  else claim(claims, target, key, value, source, added)
  if (money === 'invested') remember(flow, span, label)
  return true
}
