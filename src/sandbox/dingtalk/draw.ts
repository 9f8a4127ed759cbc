// How a phone draws our card template: its variables become a card with rows and buttons.
import type { ShownButton, ShownCard } from '../world.ts'
import { formIn } from './card-form.ts'
import { isBody } from './refusal.ts'

export type Params = Readonly<Partial<Record<string, string>>>

/** The text comes in up to three variables, because one value is small (documented limit); the template shows them one below the other. */
const TEXTS = ['text', 'text2', 'text3']

/** Variables that are missing or unreadable simply don't show, as on the phone. `hasForm`: the template has the component for it. */
export function drawCard(id: string, params: Params, hasForm = false): ShownCard {
  const form = hasForm ? formIn(params) : undefined
  const text = TEXTS.map((name) => params[name])
    .filter((part) => part !== undefined && part !== '')
    .join('\n')
  return {
    id,
    title: params.title ?? '',
    ...(params.subtitle && { subtitle: params.subtitle }),
    fields: listIn(params.fields).map(({ label, value }) => ({ label: String(label), value: String(value) })),
    ...(text !== '' && { text }),
    buttons: listIn(params.buttons).map(({ key, text: words, style }) => ({
      key: String(key),
      text: String(words),
      style: styleOf(style),
    })),
    ...(form && { form }),
    ...(params.link && { link: { text: params.linkText ?? '', url: params.link } }),
  }
}

function listIn(json: string | undefined): Record<string, unknown>[] {
  try {
    const value: unknown = JSON.parse(json ?? '[]')
    return Array.isArray(value) ? value.filter(isBody) : []
  } catch {
    return []
  }
}

const styleOf = (value: unknown): ShownButton['style'] =>
  value === 'primary' || value === 'danger' ? value : 'default'
