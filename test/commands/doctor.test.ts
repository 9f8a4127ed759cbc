// `duban doctor` over an office that lacks nothing, and then with one fault after the other: each is named, with its cure.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clockSkew, freeDisk, rehearsal } from '../../src/commands/doctor/machine.ts'
import { readConfig } from '../../src/config.ts'
import { type DoctorOffice, openDoctorOffice } from '../support/doctor-office.ts'

let office: DoctorOffice
beforeAll(async () => {
  office = await openDoctorOffice()
}, 60_000)
afterAll(() => office.close())

const faults = async (change: Readonly<Record<string, string>> = {}) =>
  (await office.findings(change)).filter(({ isGood }) => !isGood)

describe('an office that lacks nothing', () => {
  it('is found good in every point', async () => {
    const all = await office.findings()
    expect(all.filter(({ isGood }) => !isGood)).toEqual([])
    expect(all.map(({ check }) => check)).toEqual([
      '磁盘',
      '数据库',
      '方案',
      '节假日历',
      '工作群',
      '督办办公室',
      '责任人',
      '钉钉本月额度',
      '企业微信应用凭证',
      '企业微信应用',
      '企业微信可信域名',
      '企业微信回调',
      '企业微信人员',
      '企业微信机器人',
      '钉钉凭证',
      '钉钉 Stream 连接',
      '钉钉机器人',
      '钉钉卡片模板',
      '钉钉人员',
    ])
  })
})

/** Whoever reads the line must see which check failed and what to do. */
async function expectFault(
  check: string,
  cure: string,
  change: Readonly<Record<string, string>> = {},
): Promise<void> {
  const found = (await faults(change)).find((one) => one.check === check)
  expect(found?.cure ?? 'nothing found').toContain(cure)
}

describe('settings', () => {
  it.each([
    ['企业微信应用凭证', 'WECOM_SECRET', { WECOM_SECRET: 'another' }],
    ['企业微信应用', 'WECOM_AGENT_ID', { WECOM_AGENT_ID: '1000003' }],
    ['企业微信回调', 'WECOM_TOKEN', { WECOM_TOKEN: 'another' }],
    ['企业微信回调', '先启动服务', { PUBLIC_URL: 'http://127.0.0.1:1' }],
    ['企业微信可信域名', '可信域名', { PUBLIC_URL: 'http://127.0.0.1:1' }],
    ['企业微信机器人', 'WECOM_BOT_SECRET', { WECOM_BOT_SECRET: 'another' }],
    ['钉钉凭证', 'DINGTALK_CLIENT_SECRET', { DINGTALK_CLIENT_SECRET: 'another' }],
    ['钉钉机器人', 'DINGTALK_ROBOT_CODE', { DINGTALK_ROBOT_CODE: 'another' }],
    ['钉钉卡片模板', 'DINGTALK_CARD_TEMPLATES', { DINGTALK_CARD_TEMPLATES: '{"card":"none.schema"}' }],
    ['钉钉本月额度', 'DINGTALK_MONTHLY_CALLS', { DINGTALK_MONTHLY_CALLS: '1' }],
    ['数据库', 'DATABASE_URL', { DATABASE_URL: 'postgresql://nobody:x@127.0.0.1:1/none' }],
    ['平台', 'WECOM_', noPlatform()],
  ])('%s: %s', (check, cure, change) => expectFault(check, cure, change))

  it('of one platform alone: its groups and people need the other', async () => {
    const found = await faults({ DINGTALK_CLIENT_ID: '', DINGTALK_CLIENT_SECRET: '' })
    expect(found.map(({ check, seen }) => [check, seen])).toEqual([
      ['工作群的平台', '所在平台没有配置的群：项目单位工作群'],
      ['责任人', expect.stringContaining('州交通运输局联络员')],
    ])
  })
})

describe('what the platforms answer', () => {
  it('names the address that WeCom does not trust', async () => {
    office.wecom.app?.faults.arm('untrusted-ip', 99)
    await expectFault('企业微信应用凭证', '127.0.0.1')
    office.wecom.app?.faults.arm('untrusted-ip', 0)
  })

  it('names members outside the app, and people who left DingTalk', async () => {
    office.wecom.app?.hide('kangding-lianluo', true)
    await expectFault('企业微信人员', '可见范围')
    office.wecom.app?.hide('kangding-lianluo', false)
    office.dingtalk.leave('jiaotong-lianluo')
    await expectFault('钉钉人员', 'userId')
  })

  it('says which permission DingTalk does not give', async () => {
    office.dingtalk.revoke('qyapi_robot_sendmsg')
    await expectFault('钉钉机器人', '开通')
    office.dingtalk.revoke('Card.Instance.Write')
    await expectFault('钉钉卡片模板', '开通')
  })

  it('tells a foreign page from our own callback', async () => {
    await expectFault('企业微信回调', '反向代理', { PUBLIC_URL: office.wecom.base })
  })
})

describe('the machine', () => {
  it('must tell the time', () => {
    expect(clockSkew('钉钉', 0, 90_000)).toMatchObject({ isGood: false, seen: '本机比平台快 90 秒' })
    expect(clockSkew('钉钉', 90_000, 0)).toMatchObject({
      isGood: false,
      cure: expect.stringContaining('NTP'),
    })
    expect(clockSkew('钉钉', 0, 30_000)).toMatchObject({ isGood: true })
  })

  it('must not be left in a rehearsal', () => {
    expect(rehearsal(readConfig(office.env))).toMatchObject([
      { isGood: false, cure: expect.stringContaining('DUBAN_NOW') },
    ])
    expect(rehearsal(readConfig({}))).toEqual([])
  })

  it('must have room, wherever the data will be', async () => {
    expect(await freeDisk('/nowhere/yet')).toMatchObject({ isGood: true })
    expect(await freeDisk('/nowhere/yet', 1e9)).toMatchObject({
      isGood: false,
      cure: expect.stringContaining('DUBAN_DATA'),
    })
  })
})

function noPlatform(): Record<string, string> {
  const names = [
    'WECOM_BOT_ID',
    'WECOM_BOT_SECRET',
    'WECOM_CORP_ID',
    'WECOM_AGENT_ID',
    'WECOM_SECRET',
    'WECOM_TOKEN',
    'WECOM_ENCODING_AES_KEY',
    'DINGTALK_CLIENT_ID',
    'DINGTALK_CLIENT_SECRET',
  ]
  return Object.fromEntries(names.map((name) => [name, '']))
}
