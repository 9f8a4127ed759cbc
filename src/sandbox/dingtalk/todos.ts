// To-do tasks in people's lists (documented: 待办), by unionId; one for each sourceId.
import { randomUUID } from 'node:crypto'
import { accountOf, type Platform } from './platform.ts'
import { type Body, isBody, Refusal, required } from './refusal.ts'

/** `executors`: accounts. */
export type Todo = {
  readonly id: string
  readonly sourceId?: string
  readonly subject: string
  readonly executors: readonly string[]
  readonly url: string
  readonly done: boolean
}

/** Documented. */
const MAX_SUBJECT = 1_024
const MAX_PEOPLE = 100
const MAX_URL_BYTES = 1_024

const CREATE = 'todo.taskCreate.paramError'
const UPDATE = 'todo.taskUpdate.paramError'

export type Todos = {
  create(body: Body, owner: string): { id: string }
  update(body: Body, id: string): { result: true }
  all(): readonly Todo[]
}

export function createTodos(platform: Platform): Todos {
  const todos = new Map<string, Todo>()
  return {
    create(body, owner) {
      if (accountOf(platform, owner) === undefined) throw new Refusal(CREATE, 'unionId not exist')
      const subject = required(body, 'subject', CREATE)
      if (subject.length > MAX_SUBJECT) throw new Refusal(CREATE, 'subject too long')
      const sourceId = typeof body.sourceId === 'string' ? body.sourceId : undefined
      // The only protection against a repeat, and it doesn't tell the first one's id (documented).
      if (sourceId !== undefined && [...todos.values()].some((todo) => todo.sourceId === sourceId)) {
        throw new Refusal(CREATE, 'task exist')
      }
      const todo = {
        id: randomUUID(),
        subject,
        executors: executorsOf(platform, body),
        url: urlOf(body),
        done: false,
      }
      todos.set(todo.id, { ...todo, ...(sourceId !== undefined && { sourceId }) })
      return { id: todo.id }
    },
    update(body, id) {
      const todo = todos.get(id)
      if (!todo) throw new Refusal(UPDATE, 'task not exist')
      todos.set(id, { ...todo, ...(typeof body.done === 'boolean' && { done: body.done }) })
      return { result: true }
    },
    all: () => [...todos.values()],
  }
}

function executorsOf(platform: Platform, { executorIds }: Body): string[] {
  const ids: unknown[] = Array.isArray(executorIds) ? executorIds : []
  if (ids.length > MAX_PEOPLE) throw new Refusal(CREATE, 'executorIds too many')
  return ids.map((id) => {
    const account = accountOf(platform, String(id))
    if (account === undefined) throw new Refusal(CREATE, 'executorId not exist')
    return account
  })
}

// Required since 2024-02-01 (documented).
function urlOf({ detailUrl }: Body): string {
  const url = isBody(detailUrl) ? required(detailUrl, 'appUrl', CREATE) : ''
  if (url === '' || Buffer.byteLength(url) > MAX_URL_BYTES) throw new Refusal(CREATE, 'detailUrl invalid')
  return url
}
