// What `duban doctor` asks DingTalk: credentials, stream, permissions, card templates, people; nothing of it is seen by anybody.
import { randomUUID } from 'node:crypto'
import { bad, type Finding, good } from '../../app/finding.ts'
import type { Clock } from '../../app/ports.ts'
import type { SendOutcome } from '../../core/message/types.ts'
import { type Answer, answerOf, type Call, createCall } from './call.ts'
import { exchange } from './http.ts'
import type { DingtalkConfig } from './index.ts'
import { codeOf, outcomeOf } from './refusals.ts'
import { createTokens } from './token.ts'

/** `accounts`: userIds of people who have something to do, by name. */
export type DingtalkDiagnosis = {
  readonly clock: Clock
  readonly accounts: ReadonlyMap<string, string>
}

const TIMEOUT_MS = 10_000
/** People who are looked up in one run. */
const MOST_PEOPLE = 200
const SHOWN = 8

/** Never throws. Without a token nothing else is asked. */
export async function diagnoseDingtalk(
  config: DingtalkConfig,
  { clock, accounts }: DingtalkDiagnosis,
): Promise<Finding[]> {
  const tokens = createTokens({ ...config, clock, timeoutMs: TIMEOUT_MS })
  const token = await tokens.get()
  if (token.type === 'failed') return [found('钉钉凭证', '', token.outcome)]
  const call = createCall({ ...config, tokens, timeoutMs: TIMEOUT_MS, count: () => undefined })
  return [
    good('钉钉凭证', '有效'),
    await stream(config),
    await robot(call, config),
    ...(await templates(call, config)),
    await people(call, accounts),
  ]
}

/** Asks for the address of a connection and does not use it: a running server is not disturbed (documented: several are allowed). */
async function stream({ apiBase, clientId, clientSecret }: DingtalkConfig): Promise<Finding> {
  const result = await exchange({
    method: 'POST',
    url: `${apiBase}/v1.0/gateway/connections/open`,
    body: { clientId, clientSecret, ua: 'duban-doctor', subscriptions: [{ type: 'EVENT', topic: '*' }] },
    timeoutMs: TIMEOUT_MS,
  })
  const answer = answerOf(result, ({ endpoint }) => (typeof endpoint === 'string' ? endpoint : undefined))
  if (answer.type === 'ok') return good('钉钉 Stream 连接', '可以建立')
  return found(
    '钉钉 Stream 连接',
    '在开发者后台把消息接收模式改为 Stream 模式并发布；防火墙要放行到钉钉的 443 端口',
    answer,
  )
}

/** (not stated) Which of them an unknown key is answered with; none of them speaks of the robot or of a permission. */
const NO_SUCH_MESSAGE = /^(processQueryKey\.|invalidParameter\.param\.invalid$)/

// A message that never was: what the platform says of its key is no fault, all before that is.
async function robot(call: Call, { robotCode }: DingtalkConfig): Promise<Finding> {
  const query = new URLSearchParams({ robotCode, processQueryKey: 'duban-doctor' })
  const result = await call({ method: 'GET', path: `/v1.0/robot/oToMessages/readStatus?${query}` })
  const code = result.type === 'answered' ? (codeOf(result.body) ?? '') : ''
  const answer = answerOf(result, () => true)
  if (answer.type === 'ok' || NO_SUCH_MESSAGE.test(code)) return good('钉钉机器人', '编号和权限都对')
  return found('钉钉机器人', '', answer)
}

// Made, and delivered to nobody.
async function templates(call: Call, { cardTemplates }: DingtalkConfig): Promise<Finding[]> {
  const ids = [...new Set(Object.values(cardTemplates))]
  if (ids.length === 0)
    return [good('钉钉卡片模板', '没有配置 DINGTALK_CARD_TEMPLATES：卡片以文字发出，没有按钮')]
  const findings: Finding[] = []
  for (const id of ids) {
    const body = {
      cardTemplateId: id,
      outTrackId: `doctor-${randomUUID()}`,
      callbackType: 'STREAM',
      cardData: { cardParamMap: { title: '自检' } },
    }
    const result = await call({ method: 'POST', path: '/v1.0/card/instances', body })
    const answer = answerOf(result, ({ success }) => success === true || undefined)
    findings.push(
      answer.type === 'ok' ? good('钉钉卡片模板', `${id} 可用`) : found('钉钉卡片模板', '', answer),
    )
  }
  return findings
}

async function people(call: Call, accounts: ReadonlyMap<string, string>): Promise<Finding> {
  const lost: string[] = []
  for (const [userid, name] of [...accounts].slice(0, MOST_PEOPLE)) {
    const request = {
      method: 'POST',
      host: 'oapi',
      path: '/topapi/v2/user/get',
      body: { userid },
      free: true,
    } as const
    const answer = answerOf(await call(request), ({ errcode }) => errcode === 0 || undefined)
    if (answer.type === 'refused' && PERSONAL.has(answer.code)) lost.push(`${name}（${userid}）`)
    else if (answer.type !== 'ok') return found('钉钉人员', '', answer)
  }
  if (lost.length === 0) return good('钉钉人员', `${Math.min(accounts.size, MOST_PEOPLE)}人的账号都在`)
  const shown = `${lost.slice(0, SHOWN).join('、')}${lost.length > SHOWN ? `等${lost.length}人` : ''}`
  return bad('钉钉人员', `找不到：${shown}`, cureOf(outcomeOf('33012', '')) ?? '')
}

/** Codes that speak of one person, not of the application. */
const PERSONAL = new Set(['33012', '60121'])

const cureOf = (outcome: SendOutcome): string | undefined =>
  outcome.type === 'refused' ? outcome.cure : undefined

/** A fault as a line: the platform's words, and the cure of the refusal table, else `otherwise`. */
function found(check: string, otherwise: string, outcome: SendOutcome | Answer<unknown>): Finding {
  const seen = 'detail' in outcome ? outcome.detail : '没有得到明确的回答'
  const cure = outcome.type === 'refused' ? outcome.cure : otherwise
  return bad(check, seen, cure || '稍后再试；一直如此就检查本机能否访问钉钉，并把这一行告诉开发人员')
}
