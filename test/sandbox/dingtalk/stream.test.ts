// The imitated gateway: who may connect, where pushes go, and when they come again.
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { CARD_TOPIC, connect, openStream, ROBOT_TOPIC, request } from './client.ts'
import { GROUP, LIAISON, officeWorld, SECRET, startOffice, until } from './office.ts'

async function upgrade(url: string): Promise<number> {
  const socket = new WebSocket(url)
  return new Promise((resolve) => {
    socket.on('open', () => resolve(101))
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode ?? 0))
    socket.on('error', () => {})
  })
}

describe('opening', () => {
  test('wrong credentials get 401, and nothing subscribed gets 400', async () => {
    await using office = await startOffice()
    expect(await openStream(office.platform, [ROBOT_TOPIC], 'wrong')).toMatchObject({
      status: 401,
      body: { code: 'authFailed' },
    })
    expect(await openStream(office.platform, [])).toMatchObject({
      status: 400,
      body: { code: 'invalidParameter' },
    })
    const body = {
      clientId: 'dingappkey1',
      clientSecret: SECRET,
      subscriptions: [{ type: 'EVENT', topic: 'chat' }],
    }
    const answer = await request(office.platform, 'POST /v1.0/gateway/connections/open', body)
    expect(answer.status).toBe(400)
  })

  test('without Accept the answer is XML', async () => {
    await using office = await startOffice()
    const url = `${office.platform.base}/v1.0/gateway/connections/open`
    const response = await fetch(url, { method: 'POST', body: '{}', headers: { accept: '*/*' } })
    expect(await response.text()).toMatch(/^<\?xml/)
  })

  test('a ticket makes one connection, within 90 seconds', async () => {
    await using office = await startOffice()
    const url = async (): Promise<string> => {
      const { body } = await openStream(office.platform, [ROBOT_TOPIC])
      return `${String(body.endpoint)}?ticket=${String(body.ticket)}`
    }
    const once = await url()
    expect([await upgrade(once), await upgrade(once)]).toEqual([101, 401])
    const late = await url()
    office.clock.at += 90_000
    expect(await upgrade(late)).toBe(401)
    expect(await upgrade(`${office.platform.base.replace('http', 'ws')}/connect`)).toBe(401)
  })
})

describe('pushes', () => {
  test('go to one of the connections that subscribed, chosen by the seed', async () => {
    const share = async (seed: number): Promise<number[]> => {
      await using office = await startOffice({ seed })
      const first = await connect(office.platform, [ROBOT_TOPIC], {})
      const second = await connect(office.platform, [ROBOT_TOPIC], {})
      const deaf = await connect(office.platform, [CARD_TOPIC], {})
      for (let index = 0; index < 40; index++)
        await office.platform.say(LIAISON, LIAISON, { text: `${index}` })
      expect(deaf.frames).toEqual([])
      return [first.frames.length, second.frames.length]
    }
    const shares = await share(7)
    expect(Math.min(...shares)).toBeGreaterThan(10)
    expect(shares.reduce((sum, one) => sum + one)).toBe(40)
    expect(await share(7)).toEqual(shares)
  })

  test('have an id of their own each, a stable msgId, headers of text and data of text', async () => {
    await using office = await startOffice()
    const { frames } = await connect(office.platform, [ROBOT_TOPIC], {})
    office.platform.faults.arm('duplicate-push')
    await office.platform.say(LIAISON, GROUP, { text: '收到', mention: true })
    const [first, second] = frames
    expect(first?.headers.messageId).not.toBe(second?.headers.messageId)
    expect(first?.data).toBe(second?.data)
    expect(Object.values(first?.headers ?? {}).every((value) => typeof value === 'string')).toBe(true)
    expect(JSON.parse(first?.data ?? '')).toMatchObject({
      conversationType: '2',
      text: { content: ' 收到' },
      senderStaffId: LIAISON,
    })
  })

  test('without an acknowledgement come once more after a minute, then never again', async () => {
    await using office = await startOffice({ timing: { ackMs: 20 } })
    const { frames } = await connect(office.platform, [ROBOT_TOPIC])
    expect(await office.platform.say(LIAISON, LIAISON, { text: '收到' })).toMatchObject({ reached: false })
    for (const seconds of [59, 1, 60, 60]) {
      office.clock.at += seconds * 1_000
      await office.platform.redeliverDue()
    }
    expect(frames).toHaveLength(2)
    expect(office.platform.lost()).toBe(1)
  })

  test('come again although acknowledged when the acknowledgement is not noticed', async () => {
    await using office = await startOffice()
    const { frames } = await connect(office.platform, [ROBOT_TOPIC], {})
    office.platform.faults.arm('lost-ack')
    await office.platform.say(LIAISON, LIAISON, { text: '收到' })
    office.clock.at += 60_000
    await office.platform.redeliverDue()
    expect(frames).toHaveLength(2)
    expect(office.platform.lost()).toBe(0)
  })

  test('a refusal in place of an acknowledgement counts as none', async () => {
    await using office = await startOffice({ timing: { ackMs: 500 } })
    const { socket, frames } = await connect(office.platform, [ROBOT_TOPIC])
    socket.on('message', () => {
      const headers = { messageId: frames.at(-1)?.headers.messageId }
      socket.send(JSON.stringify({ code: 500, headers, message: 'no', data: '{}' }))
    })
    expect(await office.platform.say(LIAISON, LIAISON, { text: '收到' })).toMatchObject({ reached: false })
    expect(office.platform.complaints()).toEqual(['an acknowledgement of a failure'])
  })

  test('what was said in the last moment is still there after a restart of the office', async () => {
    const journal = join(mkdtempSync(join(tmpdir(), 'dingtalk-')), 'journal')
    {
      await using office = await startOffice({ world: officeWorld(journal) })
      await office.platform.say(LIAISON, LIAISON, { text: '收到' })
    }
    await using office = await startOffice({ world: officeWorld(journal) })
    const { frames } = await connect(office.platform, [ROBOT_TOPIC], {})
    office.clock.at += 60_000
    await office.platform.redeliverDue()
    expect(frames.map(({ data }) => data)).toEqual([expect.stringContaining('收到')])
  })
})

describe('connections', () => {
  test('sent away, they get nothing more and end a little later', async () => {
    await using office = await startOffice({ timing: { closeMs: 30, ackMs: 20 } })
    const client = await connect(office.platform, [ROBOT_TOPIC], {})
    office.platform.disconnectAll()
    expect(await office.platform.say(LIAISON, LIAISON, { text: '收到' })).toMatchObject({ reached: false })
    await until(client.isClosed, 'the socket ends')
    expect(client.frames).toMatchObject([{ type: 'SYSTEM', headers: { topic: 'disconnect' } }])
    expect(client.frames[0]?.headers).not.toHaveProperty('messageId')
  })

  test('that don’t echo a ping are noted', async () => {
    await using office = await startOffice({ timing: { pingMs: 5 } })
    const client = await connect(office.platform, [ROBOT_TOPIC], {})
    await until(() => office.platform.complaints().includes('a ping was not echoed'), 'the complaint')
    expect(client.frames[0]).toMatchObject({ type: 'SYSTEM', headers: { topic: 'ping' } })
  })
})
