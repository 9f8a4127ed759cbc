// Groups that only hear: the address of their robot is taken apart, and what opens it goes nowhere but where it is kept.
import { describe, expect, it } from 'vitest'
import { formatImportReport } from '../../../src/app/import/index.ts'
import { importing, office } from './files.ts'

const SECRET = '0a1b2c3d-4e5f-6789-abcd-ef0123456789'

const groups = (row: string) => ({ 'a.yaml': office, 'b.yaml': `groups:\n  - { ${row} }\n` })
const wecom = `key: tongzhi, name: 通知群, channel: wecom, plans: [plan], webhook: "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=${SECRET}"`

describe('a webhook', () => {
  it('becomes a group that can be spoken to, and a secret beside it', async () => {
    const { next, webhooks, problems } = await importing(groups(wecom))
    expect(problems).toEqual([])
    expect(next.directory.groups.find(({ key }) => key === 'tongzhi')).toMatchObject({
      chatId: 'webhook:tongzhi',
    })
    expect(webhooks).toEqual(new Map([['tongzhi', { key: SECRET }]]))
  })

  it('of DingTalk carries its signing secret', async () => {
    const { webhooks } = await importing(
      groups(
        `key: ding, name: 钉钉通知群, channel: dingtalk, plans: [plan], sign: SECabc, webhook: "https://oapi.dingtalk.com/robot/send?access_token=${SECRET}"`,
      ),
    )
    expect(webhooks.get('ding')).toEqual({ key: SECRET, sign: 'SECabc' })
  })

  it('is in no snapshot, change or report', async () => {
    const result = await importing(groups(wecom))
    const { webhooks: _, ...rest } = result
    expect(JSON.stringify(rest)).not.toContain(SECRET)
    expect(formatImportReport(result)).not.toContain(SECRET)
  })

  it.each([
    ['without its key', wecom.replace('key=', 'k='), '群机器人地址不完整'],
    ['that is no address', wecom.replace(/https:[^"]+/, SECRET), '群机器人地址不完整'],
    ['beside a chat', `${wecom}, chat: wr1`, '要写一个，也只能写一个'],
    ['whose plan is unknown', wecom.replace('[plan]', '[none]'), 'none'],
  ])('%s is refused, kept nowhere and printed nowhere', async (_, row, why) => {
    const result = await importing(groups(row))
    expect(result.problems.map(({ what }) => what).join()).toContain(why)
    expect(result.webhooks.size).toBe(0)
    expect(formatImportReport(result)).not.toContain(SECRET)
  })
})
