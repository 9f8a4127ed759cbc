// The phone pages of one task: the form, and what was recorded.
import type { FormScene } from '../../app/open-form.ts'
import type { Instant } from '../../core/calendar/civil.ts'
import type { Checked, FieldProblem } from '../../core/form/check-form.ts'
import { lastMonthsTotal } from '../../core/form/cross-checks.ts'
import type { FormQuestion } from '../../core/form/judge.ts'
import { checkOf } from '../../core/form/own-checks.ts'
import { recordLines } from '../../core/form/show-field.ts'
import { type CheckName, type FormField, type FormValues, whyKey } from '../../core/form/types.ts'
import { wanText } from '../../core/fund/money.ts'
import { dueText, momentText } from '../../core/message/compose/phrases.ts'
import { fieldView } from './fields.ts'
import { type PageFrame, whole } from './frame.ts'
import { type Html, html, raw } from './html.ts'
import { SCRIPT } from './script.ts'

const scripts = html`<script>${raw(SCRIPT)}</script>`

function head({ title, unit, plan, task, person }: FormScene, now: Instant): Html {
  const late = now > task.dueAt ? '（已逾期）' : ''
  return html`<header><h1>${title}</h1><p>截止：${dueText(task.dueAt)}${late}</p></header>
<p class="small about">单位：${unit}${task.period && html`<br>所属期：${periodText(task.period)}`}<br>来源：${plan}<br>填报人：${person.name}</p>`
}

/** `2021年4月` for a month; other periods as they are. */
function periodText(period: string): string {
  const [, year, month] = /^(\d{4})-(\d{2})$/.exec(period) ?? []
  return year && month ? `${year}年${Number(month)}月` : period
}

/** What was recorded, and what a correction would do. */
export function recordPage(frame: PageFrame, scene: FormScene): string {
  const { last, task, compared } = scene
  if (!last) throw new Error('nothing was recorded')
  const lines = recordLines(scene.form, last.fields, compared.previous?.fields)
  return whole(
    frame,
    `已登记：${scene.title}`,
    html`${head(scene, frame.now)}<div class="box good" data-done="${task.id}"><h2>✔ 已登记，不会再催</h2>
<p class="small">${momentText(last.at)}，第${last.revision}版${last.late && '，已过截止时间，按逾期登记'}</p><ul>${lines.map((line) => html`<li>${line}</li>`)}</ul></div>
<div class="box"><p class="small">核对无误就可以关掉本页。更正会另存为第${scene.revision + 1}版，第${last.revision}版保留备查，首次报送时间不变。</p><a class="button plain" href="?edit=1">有误，我要更正</a></div>`,
    scripts,
  )
}

/** What the form page shows besides the scene. `checked`: what is wrong with what was sent in. */
export type FormShown = {
  readonly values: FormValues
  readonly reason?: string
  readonly checked?: Checked
  readonly stale?: boolean
}

export function formPage(frame: PageFrame, scene: FormScene, shown: FormShown): string {
  const { form, task, last, revision } = scene
  const problems = shown.checked?.problems ?? []
  const questions = shown.checked?.questions ?? []
  return whole(
    frame,
    scene.title,
    html`${head(scene, frame.now)}${summary(problems, questions, shown)}
<div class="box warn" id="drop" hidden><p>已恢复您上次没有交的内容。</p><button type="button" class="plain">不要了，重新填</button></div>
<form method="post" action="?" data-draft="${task.id}:${revision}" data-fresh="${shown.checked ? 'no' : 'yes'}" autocomplete="off">
<input type="hidden" name="revision" value="${revision}">
${form.fields.filter(({ rare }) => !rare).map((field) => fieldOf(scene, shown, field, problems, questions))}
${rareFields(scene, shown, problems, questions)}
${last && html`<div class="field"><label for="i-reason">更正原因</label><p class="small">可不填；第${last.revision}版保留备查</p><input id="i-reason" name="reason" type="text" maxlength="200" value="${shown.reason ?? ''}"></div>`}
<div class="box wrong" id="note" role="alert" hidden></div>
<button type="submit">${last ? '提交更正' : '提交'}</button></form>`,
    scripts,
  )
}

function summary(
  problems: readonly FieldProblem[],
  questions: readonly FormQuestion[],
  { stale }: FormShown,
): Html | undefined {
  if (stale)
    return html`<div class="box warn wrong" role="alert"><h2>还没有交上</h2><p>您打开这一页之后，这项任务又有新的登记。下面是您刚填的内容，请核对后再交一次，会作为更正登记。</p></div>`
  const all = [...problems, ...questions]
  if (all.length === 0) return undefined
  const title = problems.length > 0 ? `有${problems.length}处要改` : '还差一句说明'
  return html`<div class="box top wrong" role="alert"><h2>还没有交上：${title}</h2><ul>${all.map(
    ({ field, text }) => html`<li><a href="#f-${field}">${text}</a></li>`,
  )}</ul></div>`
}

function fieldOf(
  scene: FormScene,
  { values }: FormShown,
  field: FormField,
  problems: readonly FieldProblem[],
  questions: readonly FormQuestion[],
): Html {
  const problem = problems.find((one) => one.field === field.key)?.text
  const explanations = scene.form.checks
    .filter((check) => checkOf(scene.form, check).field === field.key)
    .map((check) => explanation(check, values[whyKey(check)], questions))
  return fieldView({
    field,
    value: values[field.key] ?? '',
    before: scene.compared.previous?.fields ?? {},
    ...(problem ? { problem } : {}),
    below: html`${field.key === 'investedTotal' && addition(scene)}${explanations}`,
  })
}

/** Folded away, so that the form looks as short as it mostly is; open as soon as something stands there. */
function rareFields(
  scene: FormScene,
  shown: FormShown,
  problems: readonly FieldProblem[],
  questions: readonly FormQuestion[],
): Html | undefined {
  const rare = scene.form.fields.filter((field) => field.rare)
  if (rare.length === 0) return undefined
  const isOpen = rare.some(({ key }) => shown.values[key] || problems.some(({ field }) => field === key))
  return html`<details${isOpen && html` open`}><summary>其他（${rare.map(({ label }) => label).join('、')}），没有变化可不填</summary>
${rare.map((field) => fieldOf(scene, shown, field, problems, questions))}</details>`
}

/** Where a breach is explained; nothing while nothing was asked or said. */
function explanation(
  check: CheckName,
  why: string | undefined,
  questions: readonly FormQuestion[],
): Html | undefined {
  const question = questions.find((one) => one.check === check)
  if (!question && !why) return undefined
  const key = whyKey(check)
  return html`<div class="ask"><p class="say">${question?.text ?? '说明'}</p><label for="i-${key}" class="small">数字填错了，请直接改上面；确实如此，请写一句原因</label><textarea id="i-${key}" name="${key}" rows="2" maxlength="300">
${why}</textarea></div>`
}

/** Adds this month to last period's total on a tap; shown by the script only. */
function addition({ compared }: FormScene): Html | undefined {
  const last = lastMonthsTotal(compared)
  return last === undefined
    ? undefined
    : html`<button type="button" class="plain" id="add" data-last="${wanText(last)}" hidden></button>`
}
