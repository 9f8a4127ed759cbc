// The imitated APIs around people: recalls and readers, to-dos, DING, logins, permissions and both hosts.
import { describe, expect, test } from 'vitest'
import { authorised, request, tokenOf } from './client.ts'
import { GROUP, HEAD, LIAISON, SECRET, startOffice } from './office.ts'

type Office = Awaited<ReturnType<typeof startOffice>>

const BATCH_SEND = 'POST /v1.0/robot/oToMessages/batchSend'
const GROUP_SEND = 'POST /v1.0/robot/groupMessages/send'
const BATCH_RECALL = 'POST /v1.0/robot/otoMessages/batchRecall'
const GROUP_RECALL = 'POST /v1.0/robot/groupMessages/recall'
const robotCode = 'dingappkey1'
const text = { robotCode, msgKey: 'sampleText', msgParam: '{"content":"好"}' }

/** A call of the older host: the token is in the address. */
async function oldCall(office: Office, path: string, body: object) {
  return request(office.platform, `POST ${path}?access_token=${await tokenOf(office.platform)}`, body)
}

async function unionOf(office: Office, userid: string): Promise<string> {
  const { body } = await oldCall(office, '/topapi/v2/user/get', { userid })
  return String((body.result as { unionid?: string }).unionid)
}

describe('recall', () => {
  test('takes at most twenty keys, of its own kind of chat, within a day', async () => {
    await using office = await startOffice()
    const { body: direct } = await authorised(office.platform, BATCH_SEND, {
      ...text,
      userIds: [LIAISON, HEAD],
    })
    const { body: group } = await authorised(office.platform, GROUP_SEND, {
      ...text,
      openConversationId: GROUP,
    })
    const [own, other] = [String(direct.processQueryKey), String(group.processQueryKey)]
    for (const processQueryKeys of [[], Array(21).fill('k')]) {
      expect(await authorised(office.platform, BATCH_RECALL, { robotCode, processQueryKeys })).toMatchObject({
        status: 400,
      })
    }
    expect(
      await authorised(office.platform, BATCH_RECALL, { robotCode, processQueryKeys: [own, other] }),
    ).toMatchObject({
      body: { successResult: [own], failedResult: { [other]: 'processQueryKey.notExist' } },
    })
    expect(office.world.bubbles().map(({ text: words }) => words)).toEqual([
      '（消息已撤回）',
      '（消息已撤回）',
      '好',
    ])
    office.clock.at += 24 * 3_600_000
    const late = { robotCode, openConversationId: GROUP, processQueryKeys: [other] }
    expect(await authorised(office.platform, GROUP_RECALL, late)).toMatchObject({
      body: { successResult: [], failedResult: { [other]: 'processQueryKey.expireTime' } },
    })
    expect(
      await authorised(office.platform, GROUP_RECALL, { ...late, openConversationId: '' }),
    ).toMatchObject({
      body: { code: 'miss.openConversationId' },
    })
  })
})

describe('to-dos', () => {
  const create = async (office: Office, changes: object) => {
    const union = await unionOf(office, LIAISON)
    const body = {
      subject: '补报',
      executorIds: [union],
      detailUrl: { appUrl: 'https://x.example/1' },
      ...changes,
    }
    return authorised(office.platform, `POST /v1.0/todo/users/${union}/tasks?operatorId=${union}`, body)
  }

  test.each([
    [{ subject: '' }, 'todo.taskCreate.paramError'],
    [{ subject: '长'.repeat(1_025) }, 'subject too long'],
    [{ executorIds: ['nobody'] }, 'executorId not exist'],
    [{ executorIds: Array(101).fill('x') }, 'executorIds too many'],
    [{ detailUrl: undefined }, 'detailUrl invalid'],
    [{ detailUrl: { appUrl: `https://x.example/${'x'.repeat(1_024)}` } }, 'detailUrl invalid'],
  ])('%#: %s', async (changes, message) => {
    await using office = await startOffice()
    expect(await create(office, changes)).toMatchObject({
      status: 400,
      body: { code: 'todo.taskCreate.paramError', message },
    })
  })

  test('a source makes one, and an unknown one can not be ticked', async () => {
    await using office = await startOffice()
    expect(await create(office, { sourceId: 's' })).toMatchObject({ status: 200 })
    expect(await create(office, { sourceId: 's' })).toMatchObject({
      status: 400,
      body: { message: 'task exist' },
    })
    const update = 'PUT /v1.0/todo/users/u/tasks/none?operatorId=u'
    expect(await authorised(office.platform, update, { done: true })).toMatchObject({
      body: { code: 'todo.taskUpdate.paramError' },
    })
  })
})

describe('DING', () => {
  const ding = { robotCode, remindType: 1, receiverUserIdList: [LIAISON], content: '请今日补报' }

  test.each([
    [{ robotCode: 'x' }, 'invalid.chatbotId'],
    [{ receiverUserIdList: [] }, 'miss.staffId'],
    [{ remindType: 4 }, 'send.ding.exception'],
    [{ content: '' }, 'send.ding.exception'],
    [{ receiverUserIdList: Array(201).fill(LIAISON) }, 'ding.receivercount.limit'],
    [{ remindType: 2, receiverUserIdList: Array(21).fill(LIAISON) }, 'ding.receivercount.limit'],
    [{ remindType: 3 }, 'ding.serverquota.insufficient'],
  ])('%o: %s', async (changes, code) => {
    await using office = await startOffice()
    const answer = await authorised(office.platform, 'POST /v1.0/robot/ding/send', { ...ding, ...changes })
    expect(answer).toMatchObject({ status: 400, body: { code } })
    expect(office.platform.dings()).toEqual([])
  })
})

describe('both hosts', () => {
  test('one token serves both, each says no in its own way', async () => {
    await using office = await startOffice()
    const stale = await request(office.platform, 'POST /topapi/v2/user/get?access_token=old', {
      userid: LIAISON,
    })
    expect(stale).toMatchObject({ status: 200, body: { errcode: 40_014 } })
    expect(await oldCall(office, '/topapi/v2/user/get', { userid: LIAISON })).toMatchObject({
      body: { errcode: 0 },
    })
    expect(await oldCall(office, '/topapi/v2/user/get', { userid: 'nobody' })).toMatchObject({
      body: { errcode: 33_012 },
    })
    expect(await oldCall(office, '/topapi/user/getbyunionid', { unionid: 'none' })).toMatchObject({
      body: { errcode: 60_121 },
    })
    expect(await oldCall(office, '/topapi/v2/user/getuserinfo', { code: 'none' })).toMatchObject({
      body: { errcode: 40_078 },
    })
  })

  test('contact and login calls are outside the month, everything else is in it', async () => {
    await using office = await startOffice()
    await oldCall(office, '/topapi/v2/user/get', { userid: LIAISON })
    expect(office.platform.used()).toEqual({ api: 0, stream: 0 })
    await authorised(office.platform, BATCH_SEND, { ...text, userIds: [LIAISON] })
    expect(office.platform.used()).toEqual({ api: 1, stream: 0 })
  })

  test('a permission that was taken away is named', async () => {
    await using office = await startOffice()
    office.platform.revoke('qyapi_robot_sendmsg')
    expect(await authorised(office.platform, BATCH_SEND, { ...text, userIds: [LIAISON] })).toMatchObject({
      status: 403,
      body: {
        code: 'Forbidden.AccessDenied.AccessTokenPermissionDenied',
        accessdenieddetail: { requiredScopes: ['qyapi_robot_sendmsg'] },
      },
    })
  })

  test('a browser’s code and secret are checked, and its token is a person’s', async () => {
    await using office = await startOffice()
    const body = { clientId: robotCode, clientSecret: 'wrong', code: office.platform.loginCode(HEAD) }
    const exchange = 'POST /v1.0/oauth2/userAccessToken'
    expect(await request(office.platform, exchange, body)).toMatchObject({
      body: { code: 'invalidClientIdOrSecret' },
    })
    const { body: answer } = await request(office.platform, exchange, { ...body, clientSecret: SECRET })
    expect(answer).toMatchObject({ expireIn: 7_200 })
    const me = await fetch(`${office.platform.base}/v1.0/contact/users/me`, {
      headers: { 'x-acs-dingtalk-access-token': String(answer.accessToken) },
    })
    expect(await me.json()).toMatchObject({ nick: '泸定县局负责人', unionId: await unionOf(office, HEAD) })
    const nobody = await fetch(`${office.platform.base}/v1.0/contact/users/me`)
    expect(nobody.status).toBe(400)
  })
})
