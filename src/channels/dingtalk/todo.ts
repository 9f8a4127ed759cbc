// To-do tasks (待办) in the person's own list: made once for a duty, and ticked by us when it is answered.
import { isObject } from '../unanswered.ts'
import { type Answer, answerOf, type Call } from './call.ts'

/** Documented: 新增待办, in characters and bytes. */
const MAX_SUBJECT = 1_024
const MAX_URL_BYTES = 1_024

/** All ids here are unionIds, which `unionIdOf` finds. `dueAt` in ms. */
export type TodoDraft = {
  /** One to-do for each value, whoever asks again (documented: sourceId). */
  readonly sourceId: string
  readonly subject: string
  readonly dueAt: number
  readonly executors: readonly string[]
  /** The page that opens; required since 2024-02-01 (documented). */
  readonly url: string
}

/** `exists`: made earlier under the same sourceId; the platform doesn't repeat its id. */
export type TodoMade = { readonly id: string } | 'exists'

export type Todos = {
  /** The person's unionId, which to-dos want in place of his userId. Contact calls are free. */
  unionIdOf(userId: string): Promise<Answer<string>>
  /** `operator`: the unionId in whose name it is made. Nobody can tick it in his list; `finish` must (documented). */
  create(operator: string, todo: TodoDraft): Promise<Answer<TodoMade>>
  finish(operator: string, id: string): Promise<Answer<true>>
}

export function createTodos({ call }: { call: Call }): Todos {
  const pathOf = (operator: string, id = ''): string =>
    `/v1.0/todo/users/${encodeURIComponent(operator)}/tasks${id && `/${encodeURIComponent(id)}`}?operatorId=${encodeURIComponent(operator)}`
  return {
    async unionIdOf(userid) {
      const path = '/topapi/v2/user/get'
      const result = await call({ method: 'POST', host: 'oapi', path, body: { userid }, free: true })
      return answerOf(result, ({ errcode, result: user }) =>
        errcode === 0 && isObject(user) && typeof user.unionid === 'string' ? user.unionid : undefined,
      )
    },
    async create(operator, todo) {
      const result = await call({ method: 'POST', path: pathOf(operator), body: bodyOf(operator, todo) })
      const words = result.type === 'answered' ? result.body?.message : undefined
      if (typeof words === 'string' && words.includes('task exist')) return { type: 'ok', value: 'exists' }
      return answerOf(result, ({ id }) => (typeof id === 'string' ? { id } : undefined))
    },
    async finish(operator, id) {
      const result = await call({ method: 'PUT', path: pathOf(operator, id), body: { done: true } })
      return answerOf(result, ({ result: done }) => (done === true ? true : undefined))
    },
  }
}

function bodyOf(operator: string, { sourceId, subject, dueAt, executors, url }: TodoDraft): object {
  if (Buffer.byteLength(url) > MAX_URL_BYTES) throw new Error('the page of a to-do may have 1024 bytes')
  return {
    sourceId,
    subject: [...subject].slice(0, MAX_SUBJECT / 2).join(''),
    creatorId: operator,
    dueTime: dueAt,
    executorIds: executors,
    detailUrl: { appUrl: url, pcUrl: url },
    // Only the executor sees it in his list.
    isOnlyShowExecutor: true,
  }
}
