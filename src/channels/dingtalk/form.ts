// A form as the component of our card template wants it: JSON in one variable, whose size decides how much of the form a card can show.
import type { Card, CardForm, CardInput } from '../../core/message/types.ts'
import { cutToBytes, MAX_VALUE_BYTES, renderParams } from './render.ts'

/** The component's own types (documented); its input for numbers is left out, since it drops what it can't read. */
const TYPES: Readonly<Record<CardInput['type'], string>> = {
  line: 'TEXT',
  lines: 'TEXT_AREA',
  date: 'DATE',
  choice: 'SELECT',
}

/** Longer values give way before any input that is shorter: their words can be read and changed on the page. */
const LONG_BYTES = 90

/** The inputs that fit into one value. An input is there with all that stands in it, or not at all: what is cut would be sent in cut. */
export function inputsThatFit(inputs: readonly CardInput[]): readonly CardInput[] {
  let shown = inputs
  while (bytes(schemaOf(shown, false)) > MAX_VALUE_BYTES) {
    const out = firstToGo(shown.filter(({ required }) => !required))
    if (!out) return []
    shown = shown.filter((one) => one !== out)
  }
  return shown
}

function firstToGo(optional: readonly CardInput[]): CardInput | undefined {
  const [longest] = [...optional].sort((a, b) => bytes(b.value) - bytes(a.value))
  return longest && bytes(longest.value) > LONG_BYTES ? longest : optional.at(-1)
}

/** The variables of a new card's form; none where there is nothing to fill in. */
export const formParams = ({ form }: Card): Record<string, string> =>
  form ? { formTitle: cutToBytes(form.title, MAX_VALUE_BYTES), form: fitting(form) } : {}

/** All variables of a card that is drawn again: its form stays untouched, with what somebody may be typing, or goes when it is spent. */
export const redrawnParams = (card: Card): Record<string, string> => ({
  ...renderParams(card),
  ...(card.form?.inputs.length === 0 ? { formTitle: '', form: '{"fields":[]}' } : {}),
})

function fitting({ inputs }: CardForm): string {
  const whole = schemaOf(inputs, true)
  return bytes(whole) <= MAX_VALUE_BYTES ? whole : schemaOf(inputs, false)
}

function schemaOf(inputs: readonly CardInput[], withHints: boolean): string {
  const fields = inputs.map(({ key, label, type, value, required, hint, choices }) => ({
    name: key,
    label,
    type: TYPES[type],
    ...(required ? { required } : {}),
    ...(hint && withHints ? { placeholder: hint } : {}),
    ...(value === '' ? {} : { defaultValue: value }),
    ...(choices ? { options: choices.map((choice) => ({ value: choice.value, text: choice.text })) } : {}),
  }))
  return JSON.stringify({ fields })
}

const bytes = (text: string): number => Buffer.byteLength(text)
