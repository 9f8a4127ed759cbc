// Money exactly: kept in yuan with two decimals as text, spoken of in 万元 and 亿元 (invariant 9).

/** Yuan with two decimals, `3200000.00`. */
export type Yuan = string

/** 万元 as read from a text (320, 153.6) to yuan. Fractions of a fen are rounded half away from zero. Throws RangeError for what is no finite number. */
export function yuanFromWan(wan: number): Yuan {
  if (!Number.isFinite(wan)) throw new RangeError(`not an amount: ${wan}`)
  const [whole = '0', fraction = ''] = plainDecimal(Math.abs(wan)).split('.')
  const digits = `${fraction}0000000`.slice(0, 7)
  const fen = (BigInt(`${whole}${digits}`) + 5n) / 10n
  return yuanFromFen(wan < 0 ? -fen : fen)
}

/** `320万元`, `1.52亿元`: the exact amount, never rounded. */
export function amountText(yuan: Yuan): string {
  const fen = fenOf(yuan)
  const size = fen < 0n ? -fen : fen
  const inYi = size >= 10_000_000_000n
  return `${fen < 0n ? '-' : ''}${shifted(size, inYi ? 10 : 6)}${inYi ? '亿元' : '万元'}`
}

/** 万元 without its unit, exact: `15200`, `320.5`. What `yuanFromText` reads back as the same amount. */
export function wanText(yuan: Yuan): string {
  const fen = fenOf(yuan)
  return `${fen < 0n ? '-' : ''}${shifted(fen < 0n ? -fen : fen, 6)}`
}

/** For sums and comparisons without a floating point. */
export const fenOf = (yuan: Yuan): bigint => BigInt(yuan.replace('.', ''))

export function yuanFromFen(fen: bigint): Yuan {
  const size = fen < 0n ? -fen : fen
  return `${fen < 0n ? '-' : ''}${size / 100n}.${String(size % 100n).padStart(2, '0')}`
}

/** Decimal places from a unit down to the fen; a bare number is in 万元. */
const PLACES: Readonly<Record<string, number>> = { 元: 2, 万: 6, 万元: 6, '': 6, 亿: 10, 亿元: 10 }

/** What a person types where 万元 is asked for: `320`, `1,520.5`, `1.52亿`, `3200000元`. Undefined for anything else, and for parts of a fen. */
export function yuanFromText(text: string): Yuan | undefined {
  const plain = text.normalize('NFKC').replace(/[\s,]/g, '').replace(/^[−–]/, '-')
  const match = /^([-+]?)(\d{1,15})(?:\.(\d*))?(元|万元?|亿元?)?$/.exec(plain)
  if (!match) return undefined
  const [, sign, whole = '', fraction = '', unit = ''] = match
  const places = PLACES[unit] ?? 0
  const digits = fraction.replace(/0+$/, '')
  if (digits.length > places) return undefined
  const fen = BigInt(whole + digits.padEnd(places, '0'))
  return yuanFromFen(sign === '-' ? -fen : fen)
}

/** 万元 as the nearest number, for comparing with what is read. By its text: a division would round a second time. */
export const wanOf = (yuan: Yuan): number => Number(wanText(yuan))

function shifted(fen: bigint, places: number): string {
  const digits = String(fen).padStart(places + 1, '0')
  const fraction = digits.slice(-places).replace(/0+$/, '')
  return fraction ? `${digits.slice(0, -places)}.${fraction}` : digits.slice(0, -places)
}

/** Without an exponent: String(1e21) and String(1e-7) would have one. */
const plainDecimal = (value: number): string =>
  value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 })
