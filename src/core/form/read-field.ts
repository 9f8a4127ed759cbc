// From what was typed into one field to the value that is stored, or to what is wrong with it.
import { isCivilDate } from '../calendar/civil.ts'
import { fenOf, yuanFromText } from '../fund/money.ts'
import type { FormField } from './types.ts'

/** `value: undefined`: nothing was filled in. `problem`: what to do about it, in Chinese. */
export type FieldReading = { readonly value: unknown } | { readonly problem: string }

/** Amounts up to here stay exact when the reader of replies compares with them as numbers of 万元. */
const MAX_FEN = 90_000_000_000_000n

const LONGEST_TEXT = 2000

/** Amounts become yuan as text, percents numbers, lists arrays of lines, dates civil dates; everything else stays text. */
export function readField(field: FormField, typed: string): FieldReading {
  const text = typed.normalize('NFC').trim()
  if (text === '') return field.required ? { problem: `请填写${field.label}` } : { value: undefined }
  switch (field.type) {
    case 'amount':
      return readAmount(field, text)
    case 'percent':
      return readPercent(text)
    case 'integer':
      return readInteger(field, text)
    case 'date':
      return readDate(text)
    case 'choice':
      return field.choices?.some(({ value }) => value === text)
        ? { value: text }
        : { problem: '请从列出的选项里选一个' }
    case 'phone':
      return readPhone(text)
    case 'list':
      return fits(field, text, readList(text))
    case 'text':
      return fits(field, text, text.replaceAll('\r\n', '\n'))
  }
}

function readAmount(field: FormField, text: string): FieldReading {
  const yuan = yuanFromText(text)
  if (yuan === undefined) return { problem: '请只填数字，单位万元，最多精确到分，如：320 或 15200.5' }
  const fen = fenOf(yuan)
  if (fen < 0n && !field.maybeNegative) return { problem: `${field.label}不能是负数` }
  if (fen > MAX_FEN || fen < -MAX_FEN) return { problem: '数字太大，请核对：单位是万元，不是元' }
  return { value: yuan }
}

function readPercent(text: string): FieldReading {
  const plain = text.normalize('NFKC').replace(/\s|%$/g, '')
  if (!/^\d{1,3}(\.\d{1,4})?$/.test(plain)) return { problem: '请只填数字，如：64 或 64.5' }
  const percent = Number(plain)
  return percent <= 100 ? { value: percent } : { problem: '请填 0 到 100 之间的数' }
}

function readInteger({ label, unit = '', maybeNegative }: FormField, text: string): FieldReading {
  const plain = text.normalize('NFKC').replace(/[\s,]/g, '')
  const digits = unit !== '' && plain.endsWith(unit) ? plain.slice(0, -unit.length) : plain
  if (!/^-?\d{1,12}$/.test(digits)) return { problem: '请只填整数，如：45' }
  if (digits.startsWith('-') && !maybeNegative) return { problem: `${label}不能是负数` }
  return { value: Number(digits) }
}

function readDate(text: string): FieldReading {
  const [, year = '', month = '', day = ''] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text.normalize('NFKC')) ?? []
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isCivilDate(date) ? { value: date } : { problem: '没有这一天，请写成 2021-06-30 这样' }
}

function readPhone(text: string): FieldReading {
  const plain = text.normalize('NFKC').replace(/\s/g, '')
  const digits = plain.replace(/\D/g, '').length
  return /^\+?[\d()-]+$/.test(plain) && digits >= 7 && digits <= 15
    ? { value: plain }
    : { problem: '请填手机号，或带区号的座机号，如：0836-2822222' }
}

/** 无 is a statement of its own: explicitly none. */
function readList(text: string): string[] {
  if (/^(无|没有)[。.]?$/.test(text)) return []
  return text
    .split(/[\n；;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

function fits({ max = LONGEST_TEXT }: FormField, text: string, value: unknown): FieldReading {
  const length = [...text].length
  return length <= max ? { value } : { problem: `最多${max}字，现在${length}字，请精简；材料请用文件报送` }
}
