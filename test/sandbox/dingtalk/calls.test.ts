// The imitated APIs: what they take, what they refuse and with which code.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { authorised, CARD_TOPIC, connect, request, tokenOf } from './client.ts'
import { GROUP, HEAD, LIAISON, officeWorld, startOffice, TEMPLATE } from './office.ts'

const GROUP_SEND = 'POST /v1.0/robot/groupMessages/send'
const BATCH_SEND = 'POST /v1.0/robot/oToMessages/batchSend'
const CREATE = 'POST /v1.0/card/instances/createAndDeliver'
const UPDATE = 'PUT /v1.0/card/instances'

const text = { robotCode: 'dingappkey1', msgKey: 'sampleText', msgParam: '{"content":"好"}' }

const card = (changes: object = {}): object => ({
  cardTemplateId: TEMPLATE,
  outTrackId: 'card-1',
  callbackType: 'STREAM',
  cardData: { cardParamMap: { title: '标题', buttons: '[{"key":"ok","text":"收到","style":"primary"}]' } },
  openSpaceId: `dtv1.card//IM_GROUP.${GROUP}`,
  imGroupOpenSpaceModel: { supportForward: false },
  imGroupOpenDeliverModel: { robotCode: 'dingappkey1' },
  ...changes,
})

describe('tokens', () => {
  test('stay the same while they live, and end after two hours or before', async () => {
    await using office = await startOffice()
    const token = await tokenOf(office.platform)
    expect(await tokenOf(office.platform)).toBe(token)
    office.clock.at += 7_200_000
    const headers = { 'x-acs-dingtalk-access-token': token }
    const stale = { status: 400, body: { code: 'InvalidAuthentication', requestid: expect.any(String) } }
    expect(await request(office.platform, GROUP_SEND, text, headers)).toMatchObject(stale)
    const fresh = await tokenOf(office.platform)
    expect(fresh).not.toBe(token)
    office.platform.invalidateToken()
    const again = { 'x-acs-dingtalk-access-token': fresh }
    expect(await request(office.platform, GROUP_SEND, text, again)).toMatchObject(stale)
  })

  test('an unknown path is 404, and no token is asked for it', async () => {
    await using office = await startOffice()
    expect(await request(office.platform, 'POST /v1.0/no/such', {})).toMatchObject({
      status: 404,
      body: { code: 'InvalidAction.NotFound' },
    })
  })
})

describe('robot messages', () => {
  test.each([
    [{ ...text, openConversationId: GROUP, robotCode: '' }, 'invalidParameter.robotCode.empty'],
    [{ ...text, openConversationId: GROUP, robotCode: 'x' }, 'invalidParameter.robotCode.auth'],
    [{ ...text, openConversationId: GROUP, msgKey: 'sampleNothing' }, 'invalidParameter.msgKey.invalid'],
    [
      { ...text, openConversationId: GROUP, msgParam: { content: '好' } },
      'invalidParameter.msgParam.invalid',
    ],
    [{ ...text, openConversationId: GROUP, msgParam: '{"text":"好"}' }, 'invalidParameter.msgParam.invalid'],
    [
      { ...text, openConversationId: GROUP, msgParam: `"${'长'.repeat(5_000)}"` },
      'invalidParameter.msgParam.tooLong',
    ],
    [text, 'miss.openConversationId'],
    [{ ...text, openConversationId: GROUP.toLowerCase() }, 'invalid.openConversationId'],
  ])('to a group %#: %s', async (body, code) => {
    await using office = await startOffice()
    expect(await authorised(office.platform, GROUP_SEND, body)).toMatchObject({ status: 400, body: { code } })
    expect(office.world.bubbles()).toEqual([])
  })

  test('to people: at most twenty, and 200 with nobody reached is possible', async () => {
    await using office = await startOffice()
    const many = { ...text, userIds: Array(21).fill(LIAISON) }
    expect(await authorised(office.platform, BATCH_SEND, many)).toMatchObject({
      body: { code: 'invalidParameter.userIds.overMax' },
    })
    expect(await authorised(office.platform, BATCH_SEND, { ...text, userIds: [] })).toMatchObject({
      body: { code: 'invalidParameter.userIds.empty' },
    })
    const wrong = { ...text, userIds: ['nobody', '$:LWCP_v1:$abc'] }
    expect(await authorised(office.platform, BATCH_SEND, wrong)).toMatchObject({
      status: 200,
      body: { invalidStaffIdList: wrong.userIds },
    })
    await authorised(office.platform, BATCH_SEND, { ...text, userIds: [LIAISON, HEAD, 'nobody'] })
    expect(office.world.bubbles().map(({ chat }) => chat)).toEqual([LIAISON, HEAD])
  })

  test('a session of another time or shape is refused with 200', async () => {
    await using office = await startOffice()
    const { body } = await request(office.platform, 'POST /robot/sendBySession?session=none', {})
    expect(body).toEqual({ errcode: 300_001, errmsg: 'session 不存在' })
  })

  test('every call is in the log and counted, and what the rate refused is not', async () => {
    await using office = await startOffice()
    for (let index = 0; index < 21; index++) {
      await authorised(office.platform, GROUP_SEND, { ...text, openConversationId: GROUP })
    }
    expect(office.platform.used()).toEqual({ api: 20, stream: 0 })
    expect(office.platform.calls().at(-1)).toMatchObject({
      api: GROUP_SEND,
      status: 403,
      month: '2021-04',
      code: 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi',
    })
  })
})

describe('cards', () => {
  test.each([
    [{ cardTemplateId: '' }, 'param.cardTemplateIdEmpty'],
    [{ cardTemplateId: 'x.schema' }, 'param.templateNotExist'],
    [{ outTrackId: '' }, 'param.outTrackIdEmpty'],
    [{ outTrackId: 'x'.repeat(101) }, 'param.invalid'],
    [{ openSpaceId: '' }, 'param.openSpaceIdEmpty'],
    [{ openSpaceId: `IM_GROUP.${GROUP}` }, 'param.openSpaceIdInvalid'],
    [{ openSpaceId: `dtv1.card//IM_ROBOT.${LIAISON}` }, 'param.openDeliverModelEmpty'],
    [{ imGroupOpenDeliverModel: {} }, 'param.openDeliverModelError'],
    [{ imGroupOpenSpaceModel: {} }, 'param.openSpaceModelInvalid'],
    [{ cardData: { cardParamMap: { title: 1 } } }, 'param.invalid'],
    [{ cardData: { cardParamMap: { title: '长'.repeat(342) } } }, 'param.invalid'],
  ])('%o: %s', async (changes, code) => {
    await using office = await startOffice()
    expect(await authorised(office.platform, CREATE, card(changes))).toMatchObject({
      status: 400,
      body: { code },
    })
  })

  test('exist once for each outTrackId, also after a restart of the office', async () => {
    const journal = join(mkdtempSync(join(tmpdir(), 'dingtalk-')), 'journal')
    {
      await using office = await startOffice({ world: officeWorld(journal) })
      const { body } = await authorised(office.platform, CREATE, card())
      expect(body).toMatchObject({ success: true, result: { deliverResults: [{ success: true }] } })
    }
    await using office = await startOffice({ world: officeWorld(journal) })
    expect(await authorised(office.platform, CREATE, card())).toMatchObject({
      body: { code: 'param.cardAlreadyExist' },
    })
    expect(office.world.bubbles()).toHaveLength(1)
  })

  test('an update clears what it doesn’t name, unless it is by key', async () => {
    await using office = await startOffice()
    await authorised(office.platform, CREATE, card())
    const cardData = { cardParamMap: { subtitle: '副题' } }
    const byKey = { updateCardDataByKey: true }
    await authorised(office.platform, UPDATE, { outTrackId: 'card-1', cardData, cardUpdateOptions: byKey })
    expect(office.world.bubbles()[0]?.card).toMatchObject({ title: '标题', subtitle: '副题' })
    await authorised(office.platform, UPDATE, { outTrackId: 'card-1', cardData })
    expect(office.world.bubbles()[0]?.card).toMatchObject({ title: '', subtitle: '副题', buttons: [] })
    expect(await authorised(office.platform, UPDATE, { outTrackId: 'card-1' })).toMatchObject({
      body: { code: 'param.cardDataAndPrivateDataBothEmpty' },
    })
    expect(await authorised(office.platform, UPDATE, { outTrackId: 'none', cardData })).toMatchObject({
      body: { code: 'param.cardNotExist' },
    })
  })

  test('the answer to a press is seen by the presser alone', async () => {
    await using office = await startOffice()
    await connect(office.platform, [CARD_TOPIC], { cardData: { cardParamMap: { title: '已收到' } } })
    await authorised(office.platform, CREATE, card())
    const bubble = office.world.bubbles()[0]?.id ?? ''
    expect(await office.platform.click(HEAD, bubble, 'ok')).toEqual({ reached: true })
    expect(office.platform.viewOf(HEAD, 'card-1')?.title).toBe('已收到')
    expect(office.platform.viewOf(LIAISON, 'card-1')?.title).toBe('标题')
  })

  test('a press leads nowhere without callbacks, without the button, or outside the chat', async () => {
    await using office = await startOffice()
    const { frames } = await connect(office.platform, [CARD_TOPIC], {})
    await authorised(office.platform, CREATE, card({ callbackType: undefined }))
    const bubble = office.world.bubbles()[0]?.id ?? ''
    for (const [who, button] of [
      [HEAD, 'ok'],
      [HEAD, 'other'],
      ['stranger', 'ok'],
    ] as const) {
      expect(await office.platform.click(who, bubble, button)).toMatchObject({ reached: false })
    }
    expect(frames).toEqual([])
  })
})

describe('pictures', () => {
  const DOWNLOAD = 'POST /v1.0/robot/messageFiles/download'

  test.each([
    [{ robotCode: 'dingappkey1' }, 'invalidParameter.robotCode.empty'],
    [{ robotCode: 'dingappkey1', downloadCode: 'x' }, 'invalidParameter.robotCode.downloadCode'],
  ])('%o: %s', async (body, code) => {
    await using office = await startOffice()
    expect(await authorised(office.platform, DOWNLOAD, body)).toMatchObject({ status: 400, body: { code } })
  })

  test('have an address for an hour, then a page in its place', async () => {
    await using office = await startOffice()
    await office.platform.say(LIAISON, LIAISON, { text: '', images: [new Uint8Array([0xff, 0xd8, 1])] })
    const downloadCode = Buffer.from(JSON.stringify([office.world.bubbles()[0]?.id, 0])).toString('base64url')
    const { body } = await authorised(office.platform, DOWNLOAD, { robotCode: 'dingappkey1', downloadCode })
    const url = String(body.downloadUrl)
    expect(url).toMatch(/\.file$/)
    expect([...new Uint8Array(await (await fetch(url)).arrayBuffer())]).toEqual([0xff, 0xd8, 1])
    office.clock.at += 3_600_000
    expect(await (await fetch(url)).text()).toMatch(/^<!doctype html/)
  })
})

test('a taken port is said', async () => {
  await using office = await startOffice()
  const port = Number(new URL(office.platform.base).port)
  await expect(startOffice({ port })).rejects.toThrow(/EADDRINUSE/)
})
