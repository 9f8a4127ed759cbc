// The ladder of a task as data: which step is said when, to whom (domain §4). A task keeps the ladder it was opened with (invariant 6).

/** What a step says. Formal steps are drafts: the supervising office issues or holds them. */
export type StepKind = 'prompt' | 'reminder' | 'overdue-notice' | 'named' | FormalKind

export type FormalKind = 'circular' | 'admonition' | 'letter'

/** To whom a step speaks; resolved to people and groups when the message is queued. */
export type Audience = 'assignee' | 'unit-head' | 'group' | 'office' | 'leader'

export type Step = {
  readonly key: string
  readonly kind: StepKind
  /** `open`: when the task opens. `due`: workdays before (−) or after (+) the due date. */
  readonly at: { readonly from: 'open' } | { readonly from: 'due'; readonly workdays: number }
  readonly to: readonly Audience[]
}

export type Policy = { readonly key: string; readonly name: string; readonly steps: readonly Step[] }

const due = (workdays: number): Step['at'] => ({ from: 'due', workdays })

/** The standard ladder of domain §4. */
export const standardPolicy: Policy = {
  key: 'standard',
  name: '标准督办阶梯',
  steps: [
    { key: 'open', kind: 'prompt', at: { from: 'open' }, to: ['assignee', 'group'] },
    { key: 'due-3', kind: 'reminder', at: due(-3), to: ['assignee', 'group'] },
    { key: 'due-1', kind: 'reminder', at: due(-1), to: ['assignee', 'group'] },
    { key: 'due', kind: 'reminder', at: due(0), to: ['assignee', 'group'] },
    { key: 'overdue+1', kind: 'overdue-notice', at: due(1), to: ['assignee', 'unit-head'] },
    { key: 'overdue+3', kind: 'named', at: due(3), to: ['group'] },
    { key: 'overdue+5', kind: 'circular', at: due(5), to: ['office'] },
    { key: 'overdue+10', kind: 'admonition', at: due(10), to: ['office'] },
    { key: 'overdue+15', kind: 'letter', at: due(15), to: ['office'] },
  ],
}

/** For duties asked every workday: one prompt and no ladder; the next day's question takes the place of an unanswered one. */
export const promptOnlyPolicy: Policy = {
  key: 'prompt-only',
  name: '只提示不升级',
  steps: [{ key: 'open', kind: 'prompt', at: { from: 'open' }, to: ['assignee'] }],
}

export const isFormal = (kind: StepKind): kind is FormalKind =>
  kind === 'circular' || kind === 'admonition' || kind === 'letter'
