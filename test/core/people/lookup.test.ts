// Who is who, on which day, on which platform.
import { describe, expect, it } from 'vitest'
import type { Directory, Group } from '../../../src/core/people/directory.ts'
import {
  fallbackPosts,
  groupByChat,
  groupsFor,
  headOf,
  holderOf,
  isListed,
  liaisonOf,
  officePost,
  personByAccount,
  personByKey,
  postByKey,
  postsOf,
  projectByKey,
  projectsOf,
  standInFor,
  unitByKey,
} from '../../../src/core/people/lookup.ts'

const group = (key: string, bound: Partial<Group>): Group => ({
  key,
  name: key,
  channel: 'wecom',
  chatId: `wr-${key}`,
  units: [],
  plans: [],
  ...bound,
})

const directory: Directory = {
  units: ['bureau', 'kangding', 'luding'].map((key) => ({ key, name: key, short: key })),
  posts: [
    { key: 'duban', title: '督办专员', unit: 'bureau', role: 'office' },
    { key: 'juzhang', title: '局长', unit: 'bureau', role: 'head' },
    { key: 'kd-ll', title: '联络员', unit: 'kangding', role: 'liaison' },
    { key: 'kd-jz', title: '局长', unit: 'kangding', role: 'head' },
  ],
  people: [
    { key: 'first', name: '康定市联络员', accounts: [{ channel: 'wecom', id: 'KangDing-LL' }] },
    { key: 'second', name: '康定市接任联络员', accounts: [{ channel: 'dingtalk', id: 'Manager01' }] },
  ],
  holdings: [
    { post: 'kd-ll', person: 'second', from: '2021-09-01' },
    { post: 'kd-ll', person: 'first', from: '2021-04-12', until: '2021-08-31' },
    { post: 'kd-jz', person: 'second', from: '2021-04-12', until: '2021-12-31' },
  ],
  delegations: [{ post: 'kd-ll', to: 'second', from: '2021-05-06', until: '2021-05-08' }],
  groups: [
    group('plan', { plans: ['clean-up'] }),
    group('county', { units: ['kangding'] }),
    group('both', { plans: ['clean-up'], units: ['luding'] }),
    group('unbound', {}),
  ],
  projects: [
    {
      key: 'road',
      name: '道路',
      unit: 'kangding',
      stage: 'not-started',
      plans: ['clean-up'],
      listedFrom: '2021-04-12',
      listedUntil: '2021-06-30',
    },
  ],
}

describe('posts and their holders', () => {
  it('passes from the predecessor to the successor on the day (C8)', () => {
    expect(holderOf(directory, 'kd-ll', '2021-04-11')).toBeUndefined()
    expect(holderOf(directory, 'kd-ll', '2021-08-31')?.key).toBe('first')
    expect(holderOf(directory, 'kd-ll', '2021-09-01')?.key).toBe('second')
    expect(holderOf(directory, 'unknown', '2021-09-01')).toBeUndefined()
  })

  it("lists a person's posts on a day", () => {
    const keys = (day: string) => postsOf(directory, 'second', day).map((post) => post.key)
    expect(keys('2021-05-01')).toEqual(['kd-jz'])
    expect(keys('2021-10-01')).toEqual(['kd-jz', 'kd-ll'])
    expect(keys('2022-01-01')).toEqual(['kd-ll'])
  })

  it('knows the stand-in during his days only', () => {
    expect(standInFor(directory, 'kd-ll', '2021-05-05')).toBeUndefined()
    expect(standInFor(directory, 'kd-ll', '2021-05-08')?.key).toBe('second')
    expect(standInFor(directory, 'kd-ll', '2021-05-09')).toBeUndefined()
  })

  it('finds the posts of a unit by what they are for', () => {
    expect(liaisonOf(directory, 'kangding')?.key).toBe('kd-ll')
    expect(headOf(directory, 'kangding')?.key).toBe('kd-jz')
    expect(officePost(directory, 'bureau')?.key).toBe('duban')
    expect(liaisonOf(directory, 'luding')).toBeUndefined()
  })

  it('falls back to the head, then to the office of the plan (invariant 11)', () => {
    const keys = (unit: string) =>
      fallbackPosts(directory, { office: 'bureau' }, unit).map((post) => post.key)
    expect(keys('kangding')).toEqual(['kd-jz', 'duban', 'juzhang'])
    expect(keys('luding')).toEqual(['duban', 'juzhang'])
    expect(keys('bureau')).toEqual(['juzhang', 'duban'])
  })
})

describe('accounts and chats', () => {
  it('reads WeCom ids without regard to case, DingTalk ids exactly', () => {
    expect(personByAccount(directory, 'wecom', 'kangding-ll')?.key).toBe('first')
    expect(personByAccount(directory, 'dingtalk', 'Manager01')?.key).toBe('second')
    expect(personByAccount(directory, 'dingtalk', 'manager01')).toBeUndefined()
    expect(personByAccount(directory, 'dingtalk', 'KangDing-LL')).toBeUndefined()
  })

  it('finds a group by its chat on its own platform', () => {
    expect(groupByChat(directory, 'wecom', 'wr-plan')?.key).toBe('plan')
    expect(groupByChat(directory, 'dingtalk', 'wr-plan')).toBeUndefined()
  })
})

describe('groups', () => {
  const keys = (plan: string, unit: string) => groupsFor(directory, { plan, unit }).map((entry) => entry.key)

  it('speaks in groups of the plan and of the unit', () => {
    expect(keys('clean-up', 'kangding')).toEqual(['plan', 'county'])
    expect(keys('other', 'kangding')).toEqual(['county'])
  })

  it('speaks in a group of both only when both fit, and never in one bound to nothing', () => {
    expect(keys('clean-up', 'luding')).toEqual(['plan', 'both'])
    expect(keys('other', 'luding')).toEqual([])
  })
})

describe('rows by key', () => {
  it('finds what there is', () => {
    expect(unitByKey(directory, 'luding')?.name).toBe('luding')
    expect(postByKey(directory, 'duban')?.title).toBe('督办专员')
    expect(personByKey(directory, 'first')?.name).toBe('康定市联络员')
    expect(projectByKey(directory, 'road')?.name).toBe('道路')
    expect(unitByKey(directory, 'nowhere')).toBeUndefined()
  })

  it('finds the projects of a plan, and tells when they are on the list (C9)', () => {
    const [road] = projectsOf(directory, 'clean-up')
    expect(projectsOf(directory, 'other')).toEqual([])
    expect(
      road && ['2021-04-11', '2021-04-12', '2021-06-30', '2021-07-01'].map((day) => isListed(road, day)),
    ).toEqual([false, true, true, false])
  })
})
