// What the imitated platform lets a bot say: chats, windows, streams, limits, and what it remembers over a restart.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  buttonCard,
  cardTo,
  GROUP,
  LIAISON,
  markdownTo,
  openStage,
  QUIET_GROUP,
  SILENT,
  type Stage,
  stream,
} from './stage.ts'

let stage: Stage
beforeEach(async () => {
  stage = await openStage()
})
afterEach(() => stage.close())

const send = (body: object): Promise<number> => stage.client.ask('aibot_send_msg', body)
const respond = (reqId: string, body: object): Promise<number> =>
  stage.client.ask('aibot_respond_msg', body, reqId)
const said = (): (string | undefined)[] => stage.world.bubbles().map((bubble) => bubble.markdown)

async function heardReqId(): Promise<string> {
  await stage.imitation.say(LIAISON, GROUP, { text: '进度', mention: true })
  return (await stage.client.callback()).headers.req_id
}

it('lets the bot speak first only where somebody has spoken, to ids in their own case', async () => {
  expect(await send(markdownTo(GROUP, 2))).toBe(0)
  expect(await send(markdownTo(LIAISON, 1))).toBe(0)
  expect(await send(markdownTo(LIAISON))).toBe(0)
  expect(await send(markdownTo(GROUP, 1))).toBe(93006)
  expect(await send(markdownTo(GROUP.toLowerCase(), 2))).toBe(93006)
  expect(await send(markdownTo('nobody'))).toBe(93006)
  expect(await send(markdownTo(GROUP, 3))).toBe(40058)
  expect(await send(markdownTo(QUIET_GROUP, 2))).toBe(93006)
  await stage.imitation.say(SILENT, QUIET_GROUP, { text: '你好' })
  expect(await send(markdownTo(QUIET_GROUP, 2))).toBe(93006)
  await stage.imitation.say(SILENT, QUIET_GROUP, { text: '你好', mention: true })
  expect(await send(markdownTo(QUIET_GROUP, 2))).toBe(0)
  expect(await send(markdownTo(SILENT, 1))).toBe(93006)
})

it('takes only bodies that the protocol knows', async () => {
  expect(await send({ chatid: GROUP, msgtype: 'text', text: { content: 'a' } })).toBe(40058)
  expect(await send({ chatid: GROUP, msgtype: 'poem' })).toBe(40008)
  expect(await send({ chatid: GROUP, msgtype: 'markdown', markdown: { content: '' } })).toBe(40058)
  expect(await send({ msgtype: 'markdown' })).toBe(40058)
  const long = { chatid: GROUP, msgtype: 'markdown', markdown: { content: '长'.repeat(6827) } }
  expect(await send(long)).toBe(40058)
  expect(await send({ ...long, markdown: { content: '长'.repeat(6826) } })).toBe(0)
})

it('says at most thirty things a minute and a thousand an hour in one chat', async () => {
  const codes: number[] = []
  for (let count = 0; count < 1001; count++) {
    if (count % 30 === 0) stage.clock.move(60_000)
    codes.push(await send(markdownTo(GROUP, 2)))
  }
  expect(codes.slice(0, 1000).every((code) => code === 0)).toBe(true)
  expect(codes[1000]).toBe(45009)
  expect(await send(markdownTo(LIAISON, 1))).toBe(0)
  stage.clock.move(3_600_000)
  for (let count = 0; count < 30; count++) expect(await send(markdownTo(GROUP, 2))).toBe(0)
  expect(await send(markdownTo(GROUP, 2))).toBe(45009)
  stage.clock.move(60_000)
  expect(await send(markdownTo(GROUP, 2))).toBe(0)
})

it('keeps one bubble for a stream until it is finished or too old', async () => {
  const reqId = await heardReqId()
  expect(await respond(reqId, stream('s', '正在', false))).toBe(0)
  expect(await respond(reqId, stream('s', '正在查', true))).toBe(0)
  expect(await respond(reqId, stream('s', '又', true))).toBe(846608)
  expect(await respond(reqId, stream('t', '二', false))).toBe(0)
  stage.clock.move(6 * 60_000 + 1)
  expect(await respond(reqId, stream('t', '二', true))).toBe(846608)
  expect(await respond(reqId, stream('u', '长'.repeat(6827), true))).toBe(40058)
  expect(said()).toEqual([undefined, '正在查', '二'])
})

it('takes replies for a day, and only to messages', async () => {
  const reqId = await heardReqId()
  expect(await respond('unknown', stream('s', '好', true))).toBe(846605)
  stage.clock.move(24 * 3_600_000)
  expect(await respond(reqId, stream('s', '好', true))).toBe(0)
  stage.clock.move(1)
  expect(await respond(reqId, stream('t', '好', true))).toBe(846605)
  await stage.imitation.enter(LIAISON)
  const entered = (await stage.client.callback()).headers.req_id
  expect(await respond(entered, stream('s', '好', true))).toBe(846605)
  const combined = { ...stream('s', '好', true), msgtype: 'stream_with_template_card' }
  expect(await respond(await heardReqId(), combined)).toBe(40008)
})

it('takes a welcome within five seconds of the entering', async () => {
  const hello = { msgtype: 'text', text: { content: '您好' } }
  await stage.imitation.enter(SILENT)
  const reqId = (await stage.client.callback()).headers.req_id
  expect(await stage.client.ask('aibot_respond_welcome_msg', hello, await heardReqId())).toBe(846605)
  stage.clock.move(5000)
  expect(await stage.client.ask('aibot_respond_welcome_msg', hello, reqId)).toBe(0)
  stage.clock.move(1)
  expect(await stage.client.ask('aibot_respond_welcome_msg', hello, reqId)).toBe(846605)
})

it('redraws a pressed card within five seconds, under its own task_id', async () => {
  await send(cardTo(GROUP, buttonCard()))
  const bubble = stage.world.bubbles()[0]?.id ?? ''
  await stage.imitation.click(LIAISON, bubble, 'done')
  const reqId = (await stage.client.callback()).headers.req_id
  const update = (card: object): Promise<number> =>
    stage.client.ask(
      'aibot_respond_update_msg',
      { response_type: 'update_template_card', template_card: card },
      reqId,
    )
  expect(await update(buttonCard({ task_id: 'other' }))).toBe(846605)
  expect(await update(buttonCard({ button_list: [] }))).toBe(40016)
  expect(await update(buttonCard({ replace_text: '已处理' }))).toBe(0)
  expect(stage.world.find(bubble)?.card?.buttons).toEqual([
    { key: 'done', text: '已处理', style: 'primary', disabled: true },
  ])
  expect(await stage.imitation.click(LIAISON, bubble, 'done')).toMatchObject({ reached: false })
  stage.clock.move(5001)
  expect(await update(buttonCard())).toBe(846605)
})

it('remembers task ids, streams, who has spoken and what may be answered over a restart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wecom-world-'))
  const journal = join(folder, 'world.jsonl')
  await stage.close()
  stage = await openStage({ journal })
  await stage.imitation.say(SILENT, SILENT, { text: '你好' })
  const reqId = (await stage.client.callback()).headers.req_id
  expect(await respond(reqId, stream('s', '您好', true))).toBe(0)
  expect(await send(cardTo(GROUP, buttonCard()))).toBe(0)
  for (let count = 0; count < 29; count++) await send(markdownTo(GROUP, 2))
  await stage.close()
  stage = await openStage({ journal })
  expect(await respond(reqId, stream('s', '您好', true))).toBe(846608)
  expect(await respond(reqId, stream('t', '还有', true))).toBe(0)
  expect(await send(cardTo(GROUP, buttonCard()))).toBe(42014)
  expect(await send(markdownTo(GROUP, 2))).toBe(45009)
  expect(await send(markdownTo(SILENT, 1))).toBe(0)
  await stage.imitation.click(LIAISON, `wecom:bot-1:card:task-1`, 'done')
  expect((await stage.client.callback()).body?.event?.template_card_event).toMatchObject({
    task_id: 'task-1',
  })
  rmSync(folder, { recursive: true })
})
