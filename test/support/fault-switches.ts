// Every fault that the imitated platforms know, each with its chance: switched on together, counted, and weighed against what was lost.
import type { Platforms } from '../../src/commands/demo/platforms.ts'
import type { FaultName as DingtalkFault } from '../../src/sandbox/dingtalk/faults.ts'
import type { AppFaultName, FaultName as WecomFault } from '../../src/sandbox/wecom/faults.ts'

/** Chances of everything that the imitations know to go wrong. What waits in real time is rarer, or the day would take an hour. */
const WECOM: Record<WecomFault, number> = {
  'drop-ack': 0.003,
  'delay-ack': 0.002,
  'cut-socket': 0.01,
  'duplicate-callback': 0.1,
  'not-json': 0.02,
  zombie: 0.000_5,
}
const DINGTALK: Record<DingtalkFault, number> = {
  'drop-response': 0.02,
  reset: 0.02,
  slow: 0.003,
  'html-page': 0.01,
  'gateway-down': 0.2,
  'duplicate-push': 0.1,
  'lost-ack': 0.05,
  'late-push': 0.05,
  zombie: 0.002,
  blocked: 0.01,
  'token-gone': 0.02,
  'bad-gateway': 0.1,
}
const APP: Record<AppFaultName, number> = {
  'drop-response': 0.02,
  reset: 0.02,
  slow: 0.000_5,
  'html-page': 0.01,
  'token-dies': 0.02,
  'untrusted-ip': 0.01,
  'silent-drop': 0.01,
  'names-invalid': 0.004,
  'lost-callback': 0.02,
  'repeat-callback': 0.1,
  'reorder-callback': 0.05,
  'bad-signature': 0.03,
  'wrong-receiver': 0.03,
  'plain-callback': 0.03,
}
/** Too fast, a passing trouble, and words that the platform does not like. */
const WECOM_REFUSALS: Record<number, number> = { 45009: 0.02, 45033: 0.01, '-1': 0.01, 82004: 0.004 }
const APP_REFUSALS: Record<number, number> = { 45009: 0.02, '-1': 0.01, 82004: 0.004 }
const DINGTALK_REFUSALS: Record<string, number> = {
  'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi': 0.02,
  'send.too.fast': 0.01,
  'contain.notAllowed.text': 0.004,
}

/** A connection that ends takes the answers to all that is under way with it: what the product sends at the same time. */
const UNDER_WAY = 8
/** Answers of which the product cannot know what became of the request. */
const SILENCES = {
  wecom: ['drop-ack', 'delay-ack'],
  connection: ['cut-socket', 'zombie'],
  http: ['drop-response', 'reset', 'slow', 'html-page'],
} as const
const WORDS_REFUSED = 82004
const DINGTALK_WORDS_REFUSED = 'contain.notAllowed.text'

/** The three doors that can be out of order. */
export function doorsOf({ imitations: { wecom, dingtalk } }: Platforms) {
  if (!wecom.app) throw new Error('the day needs the app, too')
  return { wecom: wecom.faults, app: wecom.app.faults, dingtalk: dingtalk.faults }
}

/** Switches every fault on, or off again. */
export function turnFaults(platforms: Platforms, on: boolean): void {
  const { wecom, app, dingtalk } = doorsOf(platforms)
  const share = on ? 1 : 0
  for (const [name, chance] of entries(WECOM)) wecom.chance(name, chance * share)
  for (const [name, chance] of entries(APP)) app.chance(name, chance * share)
  for (const [name, chance] of entries(DINGTALK)) dingtalk.chance(name, chance * share)
  for (const [code, chance] of entries(WECOM_REFUSALS)) wecom.refuseAtRandom(Number(code), chance * share)
  for (const [code, chance] of entries(APP_REFUSALS)) app.refuseAtRandom(Number(code), chance * share)
  for (const [code, chance] of entries(DINGTALK_REFUSALS)) dingtalk.refuseAtRandom(code, chance * share)
}

/** How often each fault has struck, door by door. */
export function strikes(platforms: Platforms) {
  const { wecom, app, dingtalk } = doorsOf(platforms)
  const counted = <T extends string>(names: readonly T[], count: (name: T) => number) =>
    Object.fromEntries(names.map((name) => [name, count(name)]))
  return {
    wecom: counted(keys(WECOM), wecom.struck),
    app: counted(keys(APP), app.struck),
    dingtalk: counted(keys(DINGTALK), dingtalk.struck),
  }
}

type Losses = { readonly silent: number; readonly refused: Readonly<Record<string, number>> }

/** How many answers were really lost, and how many messages really refused by which code, by platform. */
export function losses(platforms: Platforms): Readonly<Record<'wecom' | 'dingtalk', Losses>> {
  const { wecom, app, dingtalk } = doorsOf(platforms)
  const sum = (counts: readonly number[]): number => counts.reduce((total, one) => total + one, 0)
  return {
    wecom: {
      silent: sum([
        ...SILENCES.wecom.map(wecom.struck),
        ...SILENCES.connection.map((name) => wecom.struck(name) * UNDER_WAY),
        ...SILENCES.http.map(app.struck),
      ]),
      refused: {
        82004: wecom.struck(WORDS_REFUSED) + app.struck(WORDS_REFUSED),
        invaliduser: app.struck('names-invalid'),
      },
    },
    dingtalk: {
      silent: sum(SILENCES.http.map(dingtalk.struck)),
      refused: { [DINGTALK_WORDS_REFUSED]: dingtalk.struck(DINGTALK_WORDS_REFUSED) },
    },
  }
}

const keys = <T extends string>(of: Readonly<Record<T, unknown>>): T[] => Object.keys(of) as T[]
/** The pairs of an object, by its own keys. */
export const entries = <T extends string | number, V>(of: Readonly<Record<T, V>>): [T, V][] =>
  Object.entries(of) as [T, V][]
