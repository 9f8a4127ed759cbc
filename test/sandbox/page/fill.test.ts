// Filling in a card on the demo page's server: only what this persona sees, and only where there is something to fill in.
import { expect, it } from 'vitest'
import { serveOffice } from '../../browser/support.ts'
import { createSmallOffice } from '../../support/small-office.ts'

it('is refused for a card without inputs, for strangers, and for what is no text', async () => {
  const served = await serveOffice(createSmallOffice(), 'test/sandbox/page')
  const fill = async (body: object) => {
    const response = await fetch(`${served.url}api/fill`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ platform: 'dingtalk', account: 'mouding', bubble: 'b2', values: {}, ...body }),
    })
    return [response.status, ((await response.json()) as { error: { code: string } }).error.code]
  }
  expect(await fill({})).toEqual([404, 'no-form'])
  expect(await fill({ bubble: 'b9' })).toEqual([404, 'unknown-bubble'])
  expect(await fill({ account: 'leader' })).toEqual([403, 'not-a-member'])
  expect(await fill({ values: { total: 320 } })).toEqual([400, 'bad-request'])
  await served.close()
})
