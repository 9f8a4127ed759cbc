// A sentence with a form's own labels ("到位资金：320万；用工：45人") as if it had been typed into the page; what is doubtful is not guessed.
import type { CivilDate } from '../calendar/civil.ts'
import { prepare } from '../reply/prepare.ts'
import { readField } from './read-field.ts'
import { readFigure } from './read-figure.ts'
import type { Form, FormField, FormValues } from './types.ts'

export type LabelledReading = {
  /** By field key; `checkForm` reads these as it reads the page's. */
  readonly values: FormValues
  /** Fields that were named, but whose words give no certain value. */
  readonly doubtful: readonly { readonly field: string; readonly said: string }[]
  /** What stands under no label and was not taken. */
  readonly left: string
}

type Label = { readonly field: FormField; readonly start: number; readonly end: number }
type Part = { readonly field: FormField; readonly said: string; readonly norm: string }

/** `today`: from which dates are counted, Asia/Shanghai. Pure, never throws; of a very long text only the head is read. */
export function readLabelled(form: Form, text: string, today: CivilDate): LabelledReading {
  const { norm } = prepare(text)
  const said = text.replace(/\r\n?/g, '\n').slice(0, norm.length)
  const labels = findLabels(form, norm)
  const parts = labels.map((label, index): Part => {
    const until = labels[index + 1]?.start ?? norm.length
    return { field: label.field, said: said.slice(label.end, until), norm: norm.slice(label.end, until) }
  })
  const head = norm.slice(0, labels[0]?.start ?? norm.length)
  const found = parts.map((part) => ({ part, ...valueIn(part, today) }))
  const doubtful = found.filter(({ part, value }) => value === undefined || clashes(part, value, found))
  const isDoubted = (key: string): boolean => doubtful.some(({ part }) => part.field.key === key)
  const values = Object.fromEntries(
    found.flatMap(({ part: { field }, value }) =>
      value === undefined || isDoubted(field.key) ? [] : [[field.key, value]],
    ),
  )
  const before = head.trim() === '' ? '' : tidy(said.slice(0, head.length))
  const left = [before, ...found.map((one) => one.left)].filter((words) => words !== '').join('；')
  return withRest(form, { values, doubtful: doubtful.map(doubt), left })
}

type Found = { readonly part: Part; readonly value: string | undefined }

/** The same field twice with different values. */
const clashes = ({ field }: Part, value: string | undefined, found: readonly Found[]): boolean =>
  found.some((one) => one.part.field.key === field.key && one.value !== value)

const doubt = ({ part }: Found) => ({ field: part.field.key, said: tidy(part.said) })

/** Words under no label belong to the field that takes them, and a lone telephone number to the one that asks for one. */
function withRest(form: Form, reading: LabelledReading): LabelledReading {
  const phone = form.fields.find(({ type, key }) => type === 'phone' && reading.values[key] === undefined)
  const numbers = reading.left.match(/(?<!\d)(?:1\d{10}|0\d{2,3}-?\d{7,8})(?!\d)/g) ?? []
  const [number] = numbers
  if (phone && number !== undefined && numbers.length === 1)
    return {
      ...reading,
      values: { ...reading.values, [phone.key]: number },
      left: tidy(reading.left.replace(number, '')),
    }
  const rest = form.fields.find((field) => field.rest)
  if (!rest || reading.left === '' || reading.values[rest.key] !== undefined) return reading
  return { ...reading, values: { ...reading.values, [rest.key]: reading.left }, left: '' }
}

const BEFORE_LABEL = /[\s，,。；;、：:！!？?（()）.\uE005]/
const AFTER_LABEL =
  /^(?:[（(][^（()）]{1,6}[)）])?[ \t]*(?:[:=]|(?:应该?)?(?:是|为)(?!了|何|什么|多少|不是)|改[为成])[ \t]*/
const BEFORE_FIGURE = /^(?:有|共计?|合计|完成|达到?)?[ \t]*(?=[\d零一二两三四五六七八九十百千几数上约近大-])/
const FIGURES: readonly FormField['type'][] = ['amount', 'percent', 'integer', 'date']

/** A label begins a clause and is followed by a colon, 是, or a figure where one is asked for; elsewhere it is a word of the text. */
function findLabels(form: Form, norm: string): Label[] {
  const words = form.fields
    .flatMap((field) => [field.label, ...(field.also ?? [])].map((word) => ({ field, word: spelled(word) })))
    .sort((a, b) => b.word.length - a.word.length)
  const labels: Label[] = []
  for (let at = 0; at < norm.length; at++) {
    if (at > 0 && !BEFORE_LABEL.test(norm[at - 1] ?? '')) continue
    const label = labelAt(words, norm, at)
    if (!label) continue
    labels.push(label)
    at = label.end - 1
  }
  return labels
}

type Word = { readonly field: FormField; readonly word: string }

function labelAt(words: readonly Word[], norm: string, at: number): Label | undefined {
  for (const { field, word } of words) {
    if (!norm.startsWith(word, at)) continue
    const after = norm.slice(at + word.length)
    const sign = AFTER_LABEL.exec(after) ?? (FIGURES.includes(field.type) ? BEFORE_FIGURE.exec(after) : null)
    if (sign) return { field, start: at, end: at + word.length + sign[0].length }
  }
  return undefined
}

const spelled = (word: string): string => prepare(word).norm.trim()

/** The end of a short answer: what comes behind it is another matter. */
const CLAUSE_END = /[，,；;。\n]/
const SHORT = 50

function valueIn(part: Part, today: CivilDate): { value: string | undefined; left: string } {
  const { field } = part
  if (FIGURES.includes(field.type)) return { value: readFigure(field, trimmed(part.norm), today), left: '' }
  const words = tidy(part.said)
  if (field.type === 'list' || (field.type === 'text' && (field.max ?? SHORT + 1) > SHORT))
    return { value: words === '' ? undefined : words, left: '' }
  const [first = '', ...more] = words.split(CLAUSE_END)
  const left = more.map(tidy).filter((piece) => piece !== '')
  return { value: shortValue(field, first.trim()), left: left.join('；') }
}

function shortValue(field: FormField, text: string): string | undefined {
  if (field.type === 'choice')
    return field.choices?.find((choice) => choice.text === text || choice.value === text)?.value
  const reading = readField({ ...field, required: true }, text)
  return 'problem' in reading ? undefined : text
}

const CHATTER = /(?:谢谢|请查收|请审阅|请核对|请登记|报告完毕|汇报完毕|完毕|特此报告|以上)$/
const EDGES = /^[\s，,。；;、：:！!~]+|[\s，,；;、：:~]+$/g
/** The number of the next line of a list: 2. or （2）. */
const NEXT_ITEM = /[\s，,；;。][（(]?\d{1,2}[.、)）]$/

/** Without what parts it from its neighbours; a text keeps its full stop. */
function tidy(words: string): string {
  const plain = ` ${words}`.replace(/[\s]+$/, '').replace(NEXT_ITEM, '')
  const quiet = plain
    .replace(EDGES, '')
    .replace(/[。！!]+$/, (end) => (CHATTER.test(plain.slice(0, -end.length)) ? '' : end))
  return quiet.replace(CHATTER, '').replace(EDGES, '')
}

const trimmed = (words: string): string => tidy(words).replace(/[。！!~]+$/, '')
