// Files, words with a page, recalls and partial success: what else the app sends.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AppStage, appBubbles, LIAISON, openAppStage, SILENT, toLiaison, words } from './stage.ts'

let stage: AppStage
beforeEach(async () => {
  stage = await openAppStage()
})
afterEach(() => stage.stop())

const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47]), Buffer.alloc(20)])

describe('everything else', () => {
  it('a picture and a file go up and arrive', async () => {
    expect(
      await stage.app.client.sendFile(LIAISON, { kind: 'image', name: '现场.png', bytes: PNG }),
    ).toMatchObject({ type: 'sent' })
    expect(
      await stage.app.client.sendFile(LIAISON, {
        kind: 'file',
        name: '台账 四月.csv',
        bytes: Buffer.from('一,二,三'),
      }),
    ).toMatchObject({ type: 'sent' })
    const [picture, file] = appBubbles(stage.world)
    expect(picture?.images?.[0]).toBe(`data:image/png;base64,${PNG.toString('base64')}`)
    expect(file?.text).toContain('台账 四月.csv')
  })

  it.each<[string, 'image' | 'file', Buffer, string]>([
    ['a picture that is none', 'image', Buffer.from('not a picture'), '40123'],
    ['five bytes', 'file', Buffer.from('12345'), '40006'],
    ['a picture of 11 MB', 'image', Buffer.concat([PNG, Buffer.alloc(11 * 1024 * 1024)]), '40009'],
  ])('%s is refused', async (_what, kind, bytes, code) => {
    expect(await stage.app.client.sendFile(LIAISON, { kind, name: 'x', bytes })).toMatchObject({
      type: 'refused',
      code,
    })
  })

  it('a lost upload has shown nothing', async () => {
    await stage.app.client.send(toLiaison(words('先')))
    stage.platform.faults.arm('drop-response')
    expect(
      await stage.app.client.sendFile(LIAISON, { kind: 'image', name: 'a.png', bytes: PNG }),
    ).toMatchObject({ type: 'retry-later' })
  })

  it('a card of words and a page', async () => {
    await stage.app.client.sendTextCard(LIAISON, {
      title: '四月进度',
      description: '请填报',
      url: 'https://duban.example/m/1',
    })
    expect(appBubbles(stage.world)[0]?.card).toMatchObject({
      title: '四月进度',
      link: { url: 'https://duban.example/m/1' },
    })
  })

  it('what was sent can be taken back', async () => {
    const sent = await stage.app.client.send(toLiaison(words('错了')))
    expect(await stage.app.client.recall(sent.type === 'sent' ? (sent.platformId ?? '') : '')).toEqual({
      type: 'sent',
    })
    expect(appBubbles(stage.world)[0]?.text).toBe('此消息已撤回')
  })

  it('success that names a receiver as not reached is none', async () => {
    const to = { channel: 'wecom', kind: 'direct', id: SILENT.toUpperCase() } as const
    stage.platform.faults.arm('names-invalid')
    expect(await stage.app.client.send(toLiaison(words('收到'), { to }))).toMatchObject({
      type: 'refused',
      code: 'invaliduser',
      cure: expect.stringContaining('可见范围'),
    })
    expect(appBubbles(stage.world, SILENT)).toEqual([])
  })
})
