// One field of a form as a big, plain control with last period's value beside it.
import { shownText } from '../../core/form/show-field.ts'
import type { FormField } from '../../core/form/types.ts'
import type { StoredFields } from '../../core/reply/stored.ts'
import { type Html, html } from './html.ts'

export type FieldView = {
  readonly field: FormField
  readonly value: string
  readonly before: StoredFields
  readonly problem?: string
  /** Something below the control: an addition to tap, a question to answer. */
  readonly below?: Html | undefined
}

export function fieldView({ field, value, before, problem, below }: FieldView): Html {
  const last = shownText(field, before[field.key])
  return html`<div class="field${problem ? ' wrong' : ''}" id="f-${field.key}">
<label for="i-${field.key}">${field.label}${field.required && html`<span class="need">必填</span>`}</label>
${field.help && html`<p class="small">${field.help}</p>`}
${control(field, value, problem !== undefined)}
${field.type === 'amount' && html`<p class="small" id="echo-${field.key}"></p>`}
${problem && html`<p class="say" role="alert">${problem}</p>`}
${last && html`<p class="small">上期：${last}</p>`}${below}</div>`
}

function control(field: FormField, value: string, isWrong: boolean): Html {
  const id = html`id="i-${field.key}" name="${field.key}"${isWrong && html` aria-invalid="true"`}`
  switch (field.type) {
    case 'amount':
    case 'percent':
      // Not a number field: that one drops what it can't read, such as 1.5亿.
      return html`<div class="row"><input ${id} type="text" inputmode="decimal" autocomplete="off" value="${value}"><span>${field.unit}</span></div>`
    case 'integer':
      return html`<div class="row"><input ${id} type="text" inputmode="numeric" autocomplete="off" value="${value}"><span>${field.unit}</span></div>`
    case 'date':
      return html`<input ${id} type="date" value="${value}" placeholder="2021-06-30">`
    case 'phone':
      return html`<input ${id} type="tel" autocomplete="off" value="${value}">`
    case 'choice':
      return html`<select ${id}><option value="">（不填）</option>${(field.choices ?? []).map(
        (choice) =>
          html`<option value="${choice.value}"${choice.value === value && html` selected`}>${choice.text}</option>`,
      )}</select>`
    case 'text':
    case 'list':
      return (field.max ?? 0) <= 50
        ? html`<input ${id} type="text" autocomplete="off" value="${value}">`
        : html`<textarea ${id} rows="${field.required ? 5 : 2}">
${value}</textarea>`
  }
}
