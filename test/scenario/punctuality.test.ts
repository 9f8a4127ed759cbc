// Punctuality over the stored records: on time, late, missing, and a correction that changes nothing (C2, K6).
import { describe, expect, test } from 'vitest'
import { punctualityRows } from '../../src/commands/ledger.ts'
import { instantOf } from '../../src/core/calendar/civil.ts'
import { punctuality } from '../../src/core/report/punctuality.ts'
import { everywhere } from '../support/office-cast.ts'
import { openPhoneOffice } from '../support/phone-office.ts'

describe.each(everywhere)('$where', ({ place, side }) => {
  test('three monthly reports of a project: on time and corrected late, late, missing', async () => {
    const { office, linkTo, post, ignoreMessages } = await openPhoneOffice({
      ...{ place, side, plans: ['yuebao'] },
      at: '2021-05-07 09:30',
    })
    const mine = { wecom: 'kd-guandao', dingtalk: 'jt-qiao' }[side.platform]
    const report = async (period: string, revision: string, percentComplete: string): Promise<void> => {
      const row = (await office.ledger()).find((task) => task.project === mine && task.period === period)
      const url = await linkTo(row?.key ?? '', side.liaison)
      expect((await post(url, { revision, percentComplete })).status).toBe(303)
    }
    await report('2021-04', '0', '10')
    await office.advanceTo('2021-05-12 10:00')
    await report('2021-04', '1', '11')
    await office.advanceTo('2021-06-10 10:00')
    await report('2021-05', '0', '20')
    await office.advanceTo('2021-07-31 10:00')
    ignoreMessages()

    const { store } = office.product
    const due = (await store.reportsDue(instantOf('2021-07-31'))).filter(({ project }) => project === mine)
    const [unit] = punctuality(due)
    expect(unit?.lines.map(({ period, points, reason }) => [period, points, reason])).toEqual([
      ['2021-04', 0, '应于2021-05-08报送，按时报送，不扣分'],
      ['2021-05', -1, '应于2021-06-08报送，逾期2天报送，扣1分'],
      ['2021-06', -2, '应于2021-07-08报送，未报送，扣2分'],
    ])
    const rows = punctualityRows(unit ? [unit] : [], await store.office())
    expect(rows.at(-1)?.slice(1)).toEqual(['合计', '', '', '', '', '', '', -3, '按时1、逾期1、未报1'])
    // As it stood in June: the report of May was still missing on the 9th.
    const june = await store.reportsDue(instantOf('2021-06-09'))
    expect(
      june.filter(({ project }) => project === mine).map(({ handedInAt }) => handedInAt !== undefined),
    ).toEqual([true, false])
    await office.settle()
    ignoreMessages()
  })
})
