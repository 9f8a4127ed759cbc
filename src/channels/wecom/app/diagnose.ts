// What `duban doctor` asks WeCom of the self-built app: credentials, trusted address, callback, sign-in domain, who is in its range.
import { randomBytes } from 'node:crypto'
import { encrypt, getSignature } from '@wecom/crypto'
import { bad, type Finding, good } from '../../../app/finding.ts'
import type { Clock, Log } from '../../../app/ports.ts'
import { Api } from './api.ts'
import type { Exchange } from './exchange.ts'
import type { WecomAppConfig } from './index.ts'
import { REDIRECT_DOMAIN_CURE } from './login.ts'
import { judge } from './refusals.ts'
import { noVault, Tokens } from './token.ts'

/** `accounts`: userids of people who have something to do, by name. */
export type AppDiagnosis = {
  readonly clock: Clock
  readonly accounts: ReadonlyMap<string, string>
}

const TIMEOUT_MS = 5_000
/** People who are looked up in one run. */
const MOST_PEOPLE = 200
const SHOWN = 8

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} }

/** Never throws. Without a token only the callback is looked at. */
export async function diagnoseApp(config: WecomAppConfig, deps: AppDiagnosis): Promise<Finding[]> {
  const tokens = new Tokens(config, noVault, { clock: deps.clock, log: silent })
  const token = await tokens.get()
  const callback = await callbackFinding(config, deps.clock)
  if (token.type !== 'token') return [found('企业微信应用凭证', token, deps.clock), callback]
  const api = new Api(config.apiBase, tokens)
  const agent = await api.call({ path: '/cgi-bin/agent/get', query: { agentid: config.agentId } })
  if (agent.type !== 'answered' || agent.code !== 0)
    return [good('企业微信应用凭证', '有效'), found('企业微信应用', agent, deps.clock), callback]
  return [
    good('企业微信应用凭证', '有效'),
    isClosed(agent.body),
    ...redirectDomain(config, agent.body),
    callback,
    await people(api, deps),
  ]
}

function isClosed({ close }: Extract<Exchange, { type: 'answered' }>['body']): Finding {
  if (close !== 1) return good('企业微信应用', '已启用')
  return bad('企业微信应用', '已停用', '请管理员在管理后台“应用管理 › 本应用”里启用')
}

/** (recalled) The field of the trusted domain in the answer; where it is missing nothing is said. */
function redirectDomain(
  { publicUrl }: WecomAppConfig,
  { redirect_domain: domain }: Extract<Exchange, { type: 'answered' }>['body'],
): Finding[] {
  if (publicUrl === undefined || typeof domain !== 'string') return []
  const { host } = new URL(publicUrl)
  if (domain === host) return [good('企业微信可信域名', domain)]
  return [
    bad(
      '企业微信可信域名',
      domain === '' ? '没有设置' : `设的是 ${domain}，而 PUBLIC_URL 是 ${host}`,
      REDIRECT_DOMAIN_CURE,
    ),
  ]
}

async function people(api: Api, { clock, accounts }: AppDiagnosis): Promise<Finding> {
  const lost: string[] = []
  let cure = ''
  for (const [userid, name] of [...accounts].slice(0, MOST_PEOPLE)) {
    const answer = await api.call({ path: '/cgi-bin/user/get', query: { userid } })
    const { outcome } = judge(answer, clock.now())
    if (outcome.type === 'sent') continue
    if (outcome.type !== 'refused') return found('企业微信人员', answer, clock)
    lost.push(`${name}（${userid}）`)
    cure ||= outcome.cure
  }
  if (lost.length === 0)
    return good('企业微信人员', `${Math.min(accounts.size, MOST_PEOPLE)}人都在应用的可见范围内`)
  const shown = `${lost.slice(0, SHOWN).join('、')}${lost.length > SHOWN ? `等${lost.length}人` : ''}`
  return bad('企业微信人员', `找不到或看不见：${shown}`, cure)
}

/** Encrypts and posts to itself, from outside in: the check of the address, then an event that nobody acts on (documented: 回调配置). */
async function callbackFinding(config: WecomAppConfig, clock: Clock): Promise<Finding> {
  const check = '企业微信回调'
  const { publicUrl } = config
  if (publicUrl === undefined)
    return bad(
      check,
      '没有设置 PUBLIC_URL',
      '设置 PUBLIC_URL 为外网能访问的 https 地址，并在管理后台填 PUBLIC_URL/wecom/callback',
    )
  const url = `${publicUrl}/wecom/callback`
  const word = randomBytes(8).toString('hex')
  const echo = signed(config, clock, word)
  const seen = await knock(`${url}?${echo.query}&echostr=${encodeURIComponent(echo.sealed)}`, {
    method: 'GET',
  })
  if (seen.status !== 200 || seen.text !== word) return unreached(check, url, seen)
  const event = `<xml><ToUserName>${config.corpId}</ToUserName><FromUserName>sys</FromUserName><CreateTime>${Math.floor(clock.now() / 1000)}</CreateTime><MsgType>event</MsgType><Event>duban_doctor</Event></xml>`
  const post = signed(config, clock, event)
  const body = `<xml><ToUserName>${config.corpId}</ToUserName><Encrypt>${post.sealed}</Encrypt></xml>`
  const taken = await knock(`${url}?${post.query}`, { method: 'POST', body })
  return taken.status === 200 ? good(check, `${url} 收得到`) : unreached(check, url, taken)
}

function signed(config: WecomAppConfig, clock: Clock, text: string): { sealed: string; query: string } {
  const sealed = encrypt(config.encodingAesKey, text, config.corpId)
  const [timestamp, nonce] = [String(Math.floor(clock.now() / 1000)), randomBytes(8).toString('hex')]
  const signature = getSignature(config.token, timestamp, nonce, sealed)
  return { sealed, query: `msg_signature=${signature}&timestamp=${timestamp}&nonce=${nonce}` }
}

type Seen = { readonly status: number; readonly text: string }

async function knock(url: string, init: RequestInit): Promise<Seen> {
  try {
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    return { status: response.status, text: await response.text() }
  } catch {
    return { status: 0, text: '' }
  }
}

function unreached(check: string, url: string, { status }: Seen): Finding {
  if (status === 0)
    return bad(
      check,
      `${url} 打不开`,
      '先启动服务（duban serve），再检查域名解析、防火墙和反向代理是否通到 PORT',
    )
  if (status === 403)
    return bad(
      check,
      `${url} 不认我们的签名`,
      '运行中的服务与本机 .env 不同：核对 WECOM_TOKEN、WECOM_ENCODING_AES_KEY、WECOM_CORP_ID 和时钟',
    )
  if (status === 503)
    return bad(check, `${url} 还没有准备好`, '服务正在启动或数据库不可用：稍后再试，或看服务日志')
  return bad(
    check,
    `${url} 回答 HTTP ${status}，不是本程序的回答`,
    '反向代理要把 /wecom/callback 原样转到本服务的 PORT，不要经过登录页或改写',
  )
}

/** The platform's refusal in the words of the refusal table. */
function found(check: string, answer: Exchange, clock: Clock): Finding {
  const { outcome, alarm } = judge(answer, clock.now())
  const seen = 'detail' in outcome ? outcome.detail.split('：')[0] : '没有得到明确的回答'
  const cure = alarm ?? (outcome.type === 'refused' ? outcome.cure : undefined)
  return bad(check, seen ?? '', cure ?? '稍后再试；一直如此就检查本机能否访问 qyapi.weixin.qq.com')
}
