// The environment: all problems at once, in Chinese, and .env.example in step with what is read.
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig, VARIABLES } from '../src/config.ts'

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
  return []
}

describe('readConfig', () => {
  test('an empty environment is a working one, and an empty value counts as absent', () => {
    const config = readConfig({})
    expect(config).toMatchObject({
      dataDirectory: './data',
      port: 3000,
      logLevel: 'info',
      botName: '督办助手',
    })
    expect(config).not.toHaveProperty('databaseUrl')
    expect(readConfig(Object.fromEntries(VARIABLES.map((name) => [name, ''])))).toEqual(config)
  })

  test('every wrong value is named at once', () => {
    const problems = problemsOf({
      DATABASE_URL: 'mysql://somewhere',
      PORT: 'eighty',
      PUBLIC_URL: 'duban.example.gov.cn',
      LOG_LEVEL: 'loud',
      WECOM_WS_URL: 'http://somewhere',
      DINGTALK_CORP_ID: 'corp',
      DINGTALK_LOGIN_BASE: 'login.dingtalk.com',
      DINGTALK_MONTHLY_MESSAGES: '0',
      DINGTALK_DING: 'loud',
    })
    for (const name of [
      'DATABASE_URL',
      'PORT',
      'PUBLIC_URL',
      'LOG_LEVEL',
      'WECOM_WS_URL',
      'DINGTALK_CORP_ID',
      'DINGTALK_LOGIN_BASE',
      'DINGTALK_MONTHLY_MESSAGES',
      'DINGTALK_DING',
    ])
      expect(problems.filter((problem) => problem.startsWith(`${name}：`))).toHaveLength(1)
    expect(problems).toHaveLength(9)
    for (const problem of problems) expect(problem).toMatch(/[\u4e00-\u9fff]/)
  })

  test('half a platform is no platform, and both halves missing are said together', () => {
    const problems = problemsOf({
      WECOM_BOT_ID: 'bot',
      DINGTALK_CLIENT_SECRET: 'secret',
      DINGTALK_CARD_TEMPLATES: 'card=1',
      DUBAN_NOW: '2021-04-12 08:30',
    })
    expect(problems.map((problem) => problem.split('：')[0])).toEqual([
      'WECOM_BOT_SECRET',
      'DINGTALK_CLIENT_ID',
      'DINGTALK_CARD_TEMPLATES',
      'DUBAN_NOW',
    ])
  })

  test('values arrive as the product wants them', () => {
    expect(
      readConfig({
        PORT: '0',
        PUBLIC_URL: 'https://duban.example.gov.cn/',
        DINGTALK_CLIENT_ID: 'client',
        DINGTALK_CLIENT_SECRET: 'secret',
        DINGTALK_CORP_ID: 'dingabc123',
        DINGTALK_LOGIN_BASE: 'https://login.dingtalk.com/',
        DINGTALK_MONTHLY_CALLS: '200000',
        DUBAN_NOW: '2021-04-12T08:30:00+08:00',
      }),
    ).toMatchObject({
      port: 0,
      publicUrl: 'https://duban.example.gov.cn',
      dingtalk: {
        robotCode: 'client',
        corpId: 'dingabc123',
        loginBase: 'https://login.dingtalk.com',
        quota: { calls: 200_000, messages: 3_000 },
        cardTemplates: {},
      },
      startAt: Date.UTC(2021, 3, 12, 0, 30),
    })
  })
})

describe('the self-built app of WeCom', () => {
  const app = {
    WECOM_CORP_ID: 'ww1',
    WECOM_AGENT_ID: '1000002',
    WECOM_SECRET: 's',
    WECOM_TOKEN: 'token',
    WECOM_ENCODING_AES_KEY: 'a'.repeat(43),
  }

  test('works without a bot, on the real platform by default', () => {
    expect(readConfig(app)).toMatchObject({
      wecomApiBase: 'https://qyapi.weixin.qq.com',
      wecomApp: { corpId: 'ww1', agentId: '1000002', oauthBase: 'https://open.weixin.qq.com' },
    })
    expect(readConfig(app).wecom).toBeUndefined()
    expect(readConfig({}).wecomApp).toBeUndefined()
  })

  test('half of it is told with where to find the rest', () => {
    expect(problemsOf({ WECOM_CORP_ID: 'ww1', WECOM_SECRET: 's' })).toEqual([
      expect.stringContaining('WECOM_AGENT_ID'),
      expect.stringContaining('WECOM_TOKEN'),
      expect.stringContaining('WECOM_ENCODING_AES_KEY'),
    ])
  })

  test.each([
    ['WECOM_AGENT_ID', 'abc', '数字'],
    ['WECOM_TOKEN', '有汉字', 'Token'],
    ['WECOM_ENCODING_AES_KEY', 'a'.repeat(42), '43'],
    ['WECOM_API_BASE', 'qyapi', '地址'],
  ])('%s that cannot be right', (name, value, word) => {
    expect(problemsOf({ ...app, [name]: value })).toEqual([expect.stringContaining(word)])
  })
})

test('.env.example names exactly the variables that are read', () => {
  const lines = readFileSync('.env.example', 'utf8').split('\n')
  const named = lines.flatMap((line) => /^#?\s*([A-Z][A-Z_]+)=/.exec(line)?.[1] ?? [])
  expect(named.toSorted((a, b) => a.localeCompare(b))).toEqual(
    VARIABLES.toSorted((a, b) => a.localeCompare(b)),
  )
})
