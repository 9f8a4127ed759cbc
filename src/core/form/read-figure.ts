// One labelled figure or date in words, as it would be typed; undefined for whatever is not certain to the last character.
import type { CivilDate } from '../calendar/civil.ts'
import { wanText, yuanFromWan } from '../fund/money.ts'
import { readAmount } from '../reply/amount.ts'
import { readDate } from '../reply/date.ts'
import { readNumeral } from '../reply/numerals.ts'
import { readPercent } from '../reply/percent.ts'
import { readField } from './read-field.ts'
import type { FormField } from './types.ts'

/** `text` is normalised, without anything around the value. `today`: from which dates are counted. */
export function readFigure(field: FormField, text: string, today: CivilDate): string | undefined {
  const words = figureIn(field, text, today)
  if (words === undefined) return undefined
  return 'problem' in readField(field, words) ? undefined : words
}

function figureIn(field: FormField, text: string, today: CivilDate): string | undefined {
  switch (field.type) {
    case 'amount':
      return amountIn(text)
    case 'percent':
      return percentIn(text)
    case 'integer':
      return integerIn(field, text)
    default:
      return dateIn(field, text, today)
  }
}

/** A bare number this large was meant in yuan, not in 万元: ten thousand millions. */
const MOST_BARE_WAN = 100_000

function amountIn(text: string): string | undefined {
  const found = readAmount(text, 0)
  if (found?.kind !== 'amount' || found.end < text.length || found.vague) return undefined
  if (found.unit === 'bare' && found.value >= MOST_BARE_WAN) return undefined
  return wanText(yuanFromWan(found.negative ? -Math.abs(found.value) : found.value))
}

function percentIn(text: string): string | undefined {
  const found = readPercent(text, 0)
  if (!found) return /^\d{1,3}(?:\.\d{1,4})?$/.test(text) ? text : undefined
  return found.end < text.length || found.vague || found.points ? undefined : String(found.value)
}

/** People are counted in several ways. */
const SAME_UNIT: Readonly<Record<string, RegExp>> = { 人: /^(?:个?人|名|位)$/, 户: /^(?:户|家)$/ }

function integerIn({ unit = '' }: FormField, text: string): string | undefined {
  const found = readNumeral(text, 0)
  if (!found || found.vague) return undefined
  const isWan = text.startsWith('万', found.end)
  const rest = text.slice(found.end + (isWan ? 1 : 0)).trim()
  const value = isWan ? Math.round(found.value * 1e6) / 100 : found.value
  const isUnit = rest === '' || rest === unit || rest === '个' || (SAME_UNIT[unit]?.test(rest) ?? false)
  return isUnit && Number.isInteger(value) ? String(value) : undefined
}

function dateIn(field: FormField, text: string, today: CivilDate): string | undefined {
  const words = text.replace(/(?:起|开始|以来)$/, '')
  const found = readDate(words, 0, today)
  const isDay = found && found.end === words.length && !found.month && !found.months && !found.delay
  if (!isDay || !found.date) return undefined
  if (!field.past || found.date <= today) return found.date
  // Without its year the reader takes the next such day.
  return /^\d{1,2}月/.test(words) ? `${Number(found.date.slice(0, 4)) - 1}${found.date.slice(4)}` : undefined
}
