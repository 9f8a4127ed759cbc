// Money exactly: kept in yuan with two decimals as text, spoken of in 万元 and 亿元 (invariant 9).

/** Yuan with two decimals, `3200000.00`. */
export type Yuan = string

/** 万元 as read from a text (320, 153.6) to yuan. Fractions of a fen are rounded half away from zero. Throws RangeError for what is no finite number. */
export function yuanFromWan(wan: number): Yuan {
  if (!Number.isFinite(wan)) throw new RangeError(`not an amount: ${wan}`)
  const [whole = '0', fraction = ''] = plainDecimal(Math.abs(wan)).split('.')
  const digits = `${fraction}0000000`.slice(0, 7)
  const fen = (BigInt(`${whole}${digits}`) + 5n) / 10n
  return `${wan < 0 && fen > 0n ? '-' : ''}${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`
}

/** `320万元`, `1.52亿元`: the exact amount, never rounded. */
export function amountText(yuan: Yuan): string {
  const sign = yuan.startsWith('-') ? '-' : ''
  const fen = BigInt(yuan.replace('-', '').replace('.', ''))
  const inYi = fen >= 10_000_000_000n
  return `${sign}${shifted(fen, inYi ? 10 : 6)}${inYi ? '亿元' : '万元'}`
}

/** 万元 as a number, for comparing with what is read; exact for every amount below 900 billion yuan. */
export const wanOf = (yuan: Yuan): number => Number(yuan) / 10_000

function shifted(fen: bigint, places: number): string {
  const digits = String(fen).padStart(places + 1, '0')
  const fraction = digits.slice(-places).replace(/0+$/, '')
  return fraction ? `${digits.slice(0, -places)}.${fraction}` : digits.slice(0, -places)
}

/** Without an exponent: String(1e21) and String(1e-7) would have one. */
const plainDecimal = (value: number): string =>
  value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 })
