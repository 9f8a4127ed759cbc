// Time as an office knows it: quiet hours, downtime, one card a day, years whose calendar nobody knows yet.
import { describe, expect, test } from 'vitest'
import { everywhere, openOffice } from '../support/office.ts'

describe.each(everywhere)('$where', ({ place, side }) => {
  test('two plans for one person make one card a day, for him and for the group', async () => {
    const office = await openOffice({ place, side, plans: ['wenjian', 'taizhang'], at: '2021-04-19 08:00' })
    await office.advanceTo('2021-04-19 09:00')
    office.expectCard(side.liaison, '您有3项任务', '报送动员部署文件', '建立资金管理台账', '报送自查清单')
    office.expectCard(side.group, '新下达3项任务')
    await office.advanceTo('2021-04-26 23:00')
    office.expectNothing()
    // Two duties are due on 30 April, one on 6 May after the holidays: three workdays before is the 28th.
    await office.advanceTo('2021-04-27 23:00')
    office.expectCard(side.liaison, '您有2项任务', '【还有3个工作日】报送动员部署文件')
    office.expectCard(side.group, '2项任务即将到期')
    await office.advanceTo('2021-04-28 23:00')
    office.expectCard(side.liaison, '还有3个工作日：报送自查清单')
    office.expectCard(side.group, '1项任务即将到期')
    const days = await office.rows<{ n: number }>(
      `SELECT count(*) AS n FROM send WHERE family = 'duty' GROUP BY address, day`,
    )
    expect(days.every(({ n }) => n === 1)).toBe(true)
  })

  test('what comes up outside working hours is held and released merged; an answer goes at once', async () => {
    const office = await openOffice({ place, side, plans: ['wenjian'], at: '2021-04-19 21:00' })
    office.expectNothing()
    await office.say(side.liaison, '我的任务')
    office.expectCard(side.liaison, '您有1项待办')
    await office.nextMorning()
    office.expectCard(side.liaison, '新任务：报送动员部署文件')
    office.expectCard(side.group, '新下达1项任务')
  })

  test('after downtime only what is still true is said, once', async () => {
    const office = await openOffice({ place, side, plans: ['wenjian', 'taizhang'], at: '2021-04-19 09:00' })
    office.expectCard(side.liaison, '您有3项任务')
    office.expectCard(side.group, '新下达3项任务')
    await office.say(side.liaison, '1 已报送')
    office.expectCard(side.liaison, '已登记，请核对：建立资金管理台账')
    // Three reminders are missed, and the first deadline.
    await office.restartAt('2021-05-06 10:00')
    const card = office.expectCard(side.liaison, '您有2项任务', '【已逾期】报送动员部署文件')
    expect(card.words).toContain('【今天到期】报送自查清单')
    expect(card.words).not.toContain('台账')
    office.expectCard(side.head, '已逾期：报送动员部署文件')
    office.expectCard(side.group, '1项任务即将到期', '报送自查清单')
    await office.restartAt('2021-05-06 10:05')
    office.expectNothing()
    // The ladder goes on one rung a day, however long nobody was there.
    await office.restartAt('2021-05-28 08:30')
    await office.advanceTo('2021-05-28 09:00')
    office.expectCard(side.group, '1项任务逾期未报', '报送动员部署文件')
    const late = office.expectCard(side.liaison, '已逾期：报送自查清单')
    office.expectCard(side.head, '已逾期：报送自查清单')
    await office.press(side.liaison, late, 'done')
    office.expectCard(side.liaison, '已登记，请核对')
    await office.advanceTo('2021-05-28 18:00')
    office.expectNothing()
    await office.nextMorning()
    office.expectCard(side.officer, '通报代拟稿待您定：1项逾期')
  })
})

describe.each(everywhere.filter(({ side }) => side.platform === 'dingtalk'))('$where', ({ place, side }) => {
  test('a year without a calendar stops its own duties only, and nothing is guessed', async () => {
    const office = await openOffice({ place, side, plans: ['wenjian'], at: '2021-04-19 08:00' })
    await office.import(yearless(side.office))
    await office.advanceTo('2021-04-19 09:00')
    office.expectCard(side.liaison, '新任务：报送动员部署文件')
    office.expectCard(side.group, '新下达1项任务')
    await office.say(side.liaison, '已报送')
    office.expectCard(side.liaison, '已登记，请核对')
    await office.restartAt('2030-01-07 09:00')
    await office.advanceTo('2030-01-10 09:00')
    expect(await office.ledger()).toHaveLength(1)
    await office.say(side.liaison, '我的任务')
    office.expectCard(side.liaison, '您目前没有待办任务')
  })
})

const yearless = (office: string): string => `plans:
  - key: yuannian
    name: 远年方案
    issued: 2021-04-11
    office: ${office}
    policy: standard
    phases: []
    rules:
      - { key: yuannian, title: 远年任务, kind: deliverable, due: 2030-01-31, opens: { workdaysBefore: 10 }, for: [jiaotong] }
`
