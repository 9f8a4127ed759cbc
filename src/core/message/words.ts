// The words of cards/: templates with {slots}, checked when they are loaded and filled when a message leaves.
import { z } from 'zod'
import type { Slots } from './notice.ts'
import type { Card, CardButton } from './types.ts'

const line = z.string().min(1)
const cardWords = z.strictObject({
  title: line,
  subtitle: line.optional(),
  fields: z
    .array(z.strictObject({ label: line, value: line }))
    .max(6)
    .default([]),
  text: line.optional(),
  buttons: z
    .array(
      z.strictObject({
        key: line,
        text: line,
        style: z.enum(['primary', 'default', 'danger']).default('default'),
      }),
    )
    .max(6)
    .default([]),
})

export type CardWords = z.infer<typeof cardWords>

/** All messages by name. */
export type Words = ReadonlyMap<string, CardWords>

/** Checks what was read from cards/; throws an Error that names every wrong entry. */
export function parseWords(raw: unknown): Words {
  return new Map(Object.entries(z.record(z.string(), cardWords).parse(raw)))
}

const SLOT = /\{([a-zA-Z]+)\}/g

/** The slots that a template uses. */
export const slotsOf = (words: CardWords): string[] => [
  ...new Set([...JSON.stringify(words).matchAll(SLOT)].map((match) => match[1] ?? '')),
]

/** Fills a template. A row whose value comes out empty is left out; a slot without a value is an error, never a blank. */
export function fill(
  words: Words,
  name: string,
  slots: Slots,
  extraButtons: readonly CardButton[] = [],
): Card {
  const template = words.get(name)
  if (!template) throw new Error(`no words for the message "${name}"`)
  const put = (text: string): string =>
    text.replace(SLOT, (_, slot: string) => {
      const value = slots[slot]
      if (value === undefined) throw new Error(`message "${name}" has no value for the slot {${slot}}`)
      return value
    })
  const text = template.text === undefined ? '' : put(template.text).trim()
  const subtitle = template.subtitle === undefined ? '' : put(template.subtitle).trim()
  return {
    name,
    title: put(template.title),
    ...(subtitle ? { subtitle } : {}),
    fields: template.fields
      .map(({ label, value }) => ({ label, value: put(value).trim() }))
      .filter(({ value }) => value !== ''),
    ...(text ? { text } : {}),
    buttons: [...template.buttons, ...extraButtons]
      .slice(0, 6)
      .map((button) => ({ ...button, text: put(button.text) })),
  }
}
