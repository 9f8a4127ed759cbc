// The platform's ways of saying no: HTTP status and envelope of the newer host, errcode of the older one.
import { randomUUID } from 'node:crypto'

/** Thrown by whatever handles a request; a code made of digits belongs to the older host. */
export class Refusal extends Error {
  readonly code: string
  readonly scopes: readonly string[]
  constructor(code: string, message = WORDS[code] ?? code, scopes: readonly string[] = []) {
    super(message)
    this.code = code
    this.scopes = scopes
  }
}

// Texts as seen in reports; a code without one is answered with itself.
const WORDS: Record<string, string> = {
  authFailed: '鉴权失败',
  InvalidAuthentication: '不合法的access_token',
  'resource.not.found': 'robot 不存在',
  '300001': 'session 不存在',
  '40014': '不合法的access_token',
  '40078': '不存在的临时授权码',
  '60011': '没有调用该接口的权限',
  '60121': '找不到该用户',
  '33012': '无效的USERID',
  '460101': 'message too long',
  '410100': '发送速度太快而限流',
  '40035': '缺少参数 json',
}

/** Status (documented): 401 credentials of the gateway, 403 limits and permissions, 404 unknown path, 500 system trouble, 503 overload, else 400. */
function statusOf(code: string): number {
  if (code === 'authFailed') return 401
  if (code.startsWith('Forbidden.')) return 403
  if (code === 'InvalidAction.NotFound') return 404
  if (code === 'ServiceUnavailable') return 503
  return code.startsWith('system.') ? 500 : 400
}

/** The older host says everything with HTTP 200 (documented). */
export function answerOf(refusal: Refusal): { status: number; body: object } {
  const { code, message, scopes } = refusal
  if (/^-?\d+$/.test(code)) return { status: 200, body: { errcode: Number(code), errmsg: message } }
  return {
    status: statusOf(code),
    body: {
      code,
      requestid: randomUUID(),
      message,
      ...(scopes.length > 0 && { accessdenieddetail: { requiredScopes: scopes } }),
    },
  }
}

export type Body = { readonly [key: string]: unknown }

/** The text of a member, or a refusal with `code` when it is missing or empty. */
export function required(body: Body, key: string, code: string): string {
  const value = body[key]
  if (typeof value !== 'string' || value === '') throw new Refusal(code)
  return value
}

export const isBody = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
