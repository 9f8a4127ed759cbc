// One amount of money in the ways that people write it.

const DIGITS = '零一二三四五六七八九'
const CAPITALS = '零壹贰叁肆伍陆柒捌玖'

function below10000(value: number, digits: string, units: readonly string[]): string {
  let out = ''
  let isGap = false
  for (let place = 3; place >= 0; place--) {
    const digit = Math.floor(value / 10 ** place) % 10
    if (digit === 0) {
      isGap = out !== ''
      continue
    }
    out += `${isGap ? digits[0] : ''}${digits[digit]}${units[place]}`
    isGap = false
  }
  return out
}

/** A whole number of 万元 in Chinese numerals, with 亿 where it is large. */
export function spelled(wan: number, digits = DIGITS, units: readonly string[] = SMALL): string {
  const yi = Math.floor(wan / 10_000)
  const rest = wan % 10_000
  const head = yi > 0 ? `${below10000(yi, digits, units)}亿` : ''
  const gap = yi > 0 && rest > 0 && rest < 1000 ? digits[0] : ''
  return `${head}${gap}${rest > 0 ? `${below10000(rest, digits, units)}万` : ''}`
}

const SMALL = ['', '十', '百', '千']
const LARGE = ['', '拾', '佰', '仟']
const wide = (text: string): string =>
  text.replace(/[\d.]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0))
const grouped = (value: number): string => value.toLocaleString('en-US')

/** `wan` (whole, 万元) in more than ten ways. */
export function renderings(wan: number): string[] {
  const mixed = `${Math.floor(wan / 1000) || ''}${wan >= 1000 ? '千' : ''}${
    Math.floor(wan / 100) % 10 ? `${Math.floor(wan / 100) % 10}百` : ''
  }`
  const isMixed = wan < 10_000 && wan % 100 === 0
  return [
    `${wan}万`,
    `${wan}万元`,
    `${wan}w`,
    `${wan}.00万元`,
    `${grouped(wan)}万`,
    `${wan * 10_000}元`,
    `${grouped(wan * 10_000)}.00元`,
    `${wide(String(wan))}万元`,
    spelled(wan, DIGITS, SMALL),
    `${spelled(wan, CAPITALS, LARGE)}元整`,
    `约${wan}万左右`,
    wan >= 10_000 ? `${wan / 10_000}个亿` : `${wan}万块`,
    isMixed ? `${mixed}万` : `${wan}万人民币`,
  ]
}
