// To whom a message of the imitated app goes: who of the listed can see the app, and who is named back as not reached (documented: 发送应用消息).
import { z } from 'zod'
import { type AppAnswer, type AppPlatform, isVisible, memberOf, no } from './platform.ts'

const list = z.string().default('')
const Lists = z.object({ touser: list, toparty: list, totag: list })

export type Targets = {
  readonly accounts: readonly string[]
  /** Fields of the answer: lists joined by `|`, userids in lower case. */
  readonly missed: {
    readonly invaliduser?: string
    readonly invalidparty?: string
    readonly invalidtag?: string
  }
}

const split = (text: string): string[] => text.split('|').filter((one) => one !== '')

/** The imitated corporation has members only: departments and tags are all invalid. */
export function targetsOf(platform: AppPlatform, body: unknown): Targets | AppAnswer {
  const lists = Lists.safeParse(body)
  if (!lists.success) return no(platform, 40035, 'invalid parameter')
  const [users, parties, tags] = [
    split(lists.data.touser),
    split(lists.data.toparty),
    split(lists.data.totag),
  ]
  if (users.length + parties.length + tags.length === 0) return no(platform, 82001, 'no target')
  if (users.length > 1000) return no(platform, 40032, 'invalid useridlist size')
  if (parties.length > 100) return no(platform, 82002, 'invalid partyid list size')
  if (tags.length > 100) return no(platform, 82003, 'invalid tagid list size')
  const all = platform.world.personas.filter((one) => one.platform === 'wecom' && isVisible(platform, one))
  if (all.length === 0) return no(platform, 81012, 'app has no visible range')
  if (users.includes('@all')) return { accounts: all.map(({ account }) => account), missed: {} }
  const found = users.map((id) => ({ id, member: memberOf(platform, id) }))
  const reached = found.flatMap(({ member }) =>
    member && isVisible(platform, member) ? [member.account] : [],
  )
  if (reached.length === 0) return no(platform, 81013, 'user & party & tag all invalid')
  const lost = found.filter(({ member }) => !member || !isVisible(platform, member))
  return {
    accounts: [...new Set(reached)],
    missed: {
      ...(lost.length > 0 ? { invaliduser: lost.map(({ id }) => id.toLowerCase()).join('|') } : {}),
      ...(parties.length > 0 ? { invalidparty: parties.join('|') } : {}),
      ...(tags.length > 0 ? { invalidtag: tags.join('|') } : {}),
    },
  }
}

export const isRefusal = (value: object): value is AppAnswer => 'errcode' in value
