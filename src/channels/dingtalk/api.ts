// DingTalk beyond the channel: the same application's calls for to-dos, DING, readers, recalls and logins.
import type { Clock } from '../../app/ports.ts'
import { type Count, createCall } from './call.ts'
import { createDing, type Ding } from './ding.ts'
import { type DingtalkLogin, dingtalkLogin } from './login.ts'
import { createRobotCalls, type RobotCalls } from './robot-calls.ts'
import { createTodos, type Todos } from './todo.ts'
import { createTokens } from './token.ts'

export type DingtalkApiConfig = {
  readonly apiBase: string
  readonly oapiBase: string
  readonly loginBase: string
  readonly clientId: string
  readonly clientSecret: string
  readonly robotCode: string
}

export type DingtalkApi = {
  readonly robot: RobotCalls
  readonly todos: Todos
  readonly ding: Ding
  readonly login: DingtalkLogin
}

/** Milliseconds; the platform's own limit for a call is 3 s (documented: 重试). */
const TIMEOUT_MS = 10_000

/** Needs no connection: each call stands for itself. A second token does no harm, since the platform hands out the same one. */
export function createDingtalkApi(
  config: DingtalkApiConfig,
  deps: { clock: Clock; count: Count },
): DingtalkApi {
  const { clock, count } = deps
  const tokens = createTokens({ ...config, clock, timeoutMs: TIMEOUT_MS })
  const call = createCall({ ...config, tokens, timeoutMs: TIMEOUT_MS, count })
  return {
    robot: createRobotCalls({ ...config, call }),
    todos: createTodos({ call }),
    ding: createDing({ ...config, call }),
    login: dingtalkLogin({ ...config, call, timeoutMs: TIMEOUT_MS }),
  }
}
