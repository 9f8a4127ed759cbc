// The page's requests to its server; every failure becomes a sentence that can be shown.
import type {
  ClockState,
  Delivered,
  FaultState,
  Leap,
  LedgerState,
  OfficeState,
  WireError,
} from '../../page/wire.ts'

type Who = { readonly platform: 'wecom' | 'dingtalk'; readonly account: string }

/** What a persona says; pictures as base64 without the data URL's head. */
export type SayBody = Who & {
  readonly chat: string
  readonly text: string
  readonly mention?: boolean
  readonly quote?: string
  readonly images?: readonly string[]
}

export const api = {
  state: () => ask<OfficeState>('state'),
  ledger: () => ask<LedgerState>('ledger'),
  say: (body: SayBody) => ask<Delivered>('say', body),
  click: (body: Who & { readonly bubble: string; readonly button: string }) => ask<Delivered>('click', body),
  fill: (body: Who & { readonly bubble: string; readonly values: Readonly<Record<string, string>> }) =>
    ask<Delivered>('fill', body),
  enter: (body: Who) => ask<Delivered>('enter', body),
  turnFault: (body: { readonly id: string; readonly on: boolean }) => ask<FaultState>('faults', body),
  leap: (body: Leap) => ask<ClockState>('clock', body),
}

/** The live stream; the browser reconnects it by itself. */
export const openEvents = (): EventSource => new EventSource('/sandbox/api/events')

async function ask<T>(path: string, body?: object): Promise<T> {
  const init = body && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }
  const response = await fetch(`/sandbox/api/${path}`, init).catch(() => {
    throw new Error('连不上演练服务，请看终端里 npm run demo 是否还在运行。')
  })
  const answer: unknown = await response.json().catch(() => undefined)
  if (!response.ok || answer === undefined)
    throw new Error(messageOf(answer) ?? '演练服务没有正常回答，请再试一次。')
  return answer as T
}

function messageOf(answer: unknown): string | undefined {
  return (answer as WireError | undefined)?.error?.message
}
