// Silence climbs the standard ladder of domain §4, step by step, on the days that its table gives.
import { describe, expect, test } from 'vitest'
import { everywhere, openOffice, type TestOffice } from '../support/office.ts'

/** The due date is Friday 2021-04-30; 1–5 May are free, Saturday 8 May is worked. */
const OPEN = '2021-04-19'
const REMINDERS = [
  ['2021-04-27', '还有3个工作日'],
  ['2021-04-29', '还有1个工作日'],
  ['2021-04-30', '今天到期'],
] as const
const NOTICE = '2021-05-06'
const NAMED = '2021-05-08'
const CIRCULAR = '2021-05-11'
const ADMONITION = '2021-05-18'
const LETTER = '2021-05-25'

const morning = (day: string): string => `${day} 09:00`

/** Nothing before nine o'clock of that day, nor on the days before it. */
async function quietUntil(office: TestOffice, day: string): Promise<void> {
  await office.advanceTo(`${day} 08:59`)
  office.expectNothing()
  await office.advanceTo(morning(day))
}

async function silentUntilOverdue(office: TestOffice): Promise<void> {
  const { liaison, group } = office.side
  await quietUntil(office, OPEN)
  office.expectCard(liaison, '新任务：报送动员部署文件', '截止：4月30日')
  office.expectCard(group, '新下达1项任务')
  for (const [day, left] of REMINDERS) {
    await quietUntil(office, day)
    office.expectCard(liaison, `${left}：报送动员部署文件`)
    office.expectCard(group, '1项任务即将到期', `【${left}】`, '1家未报')
  }
}

async function silentUntilNamed(office: TestOffice): Promise<void> {
  const { liaison, head, group } = office.side
  await silentUntilOverdue(office)
  await quietUntil(office, NOTICE)
  office.expectCard(liaison, '已逾期：报送动员部署文件', '已过1个工作日', '已抄送贵单位负责人')
  office.expectCard(head, '已逾期：报送动员部署文件')
  await quietUntil(office, NAMED)
  office.expectCard(group, '1项任务逾期未报', '【逾期未报】报送动员部署文件')
}

describe.each(everywhere)('$where', ({ place, side }) => {
  const start = () => openOffice({ place, side, plans: ['wenjian'], at: '2021-04-19 08:30' })

  test('every step comes on its day, and the formal ones are drafts that go nowhere by themselves', async () => {
    const office = await start()
    await silentUntilNamed(office)
    await quietUntil(office, CIRCULAR)
    const draft = office.expectCard(side.officer, '通报代拟稿待您定', '报送动员部署文件')
    expect(draft.buttons).toEqual(['issue', 'hold'])
    expect(draft.words).toContain('已提醒：下达2次、提醒6次（4月19日起）')
    expect(draft.words).toContain('已催办：点对点2次、群内点名1次（5月6日起）')
    await quietUntil(office, ADMONITION)
    office.expectCard(side.officer, '约谈建议待您定', '已提醒：下达2次')
    await quietUntil(office, LETTER)
    office.expectCard(side.officer, '督办函代拟稿待您定')
    await office.advanceTo('2021-07-01 09:00')
    expect((await office.task()).state).toBe('open')
  })

  test('an issued circular reaches the group and the head, issued talks and letters the head and the leader', async () => {
    const office = await start()
    await silentUntilNamed(office)
    await quietUntil(office, CIRCULAR)
    const circular = office.expectCard(side.officer, '通报代拟稿待您定')
    await office.press(side.officer, circular, 'issue')
    office.expectCard(side.officer, '通报已签发：1项')
    office.expectCard(side.group, '通报：1项任务逾期未报')
    office.expectCard(side.head, '通报：1项任务逾期未报')
    expect(await office.task()).toMatchObject({ lastEvent: '已通报' })
    for (const [day, title, issued] of [
      [ADMONITION, '约谈建议待您定', '约谈通知'],
      [LETTER, '督办函代拟稿待您定', '督办函'],
    ] as const) {
      await quietUntil(office, day)
      const draft = office.expectCard(side.officer, title)
      await office.press(side.officer, draft, 'issue')
      office.expectCard(side.officer, '已签发：1项')
      office.expectCard(side.head, `${issued}：1项任务逾期未报`)
      office.expectCard(side.leader, `${issued}：1项任务逾期未报`)
    }
    await office.advanceTo('2021-07-01 09:00')
  })

  test('a held draft goes nowhere; a second press, and the wrong person, are told what is the matter', async () => {
    const office = await start()
    await silentUntilNamed(office)
    await quietUntil(office, CIRCULAR)
    const draft = office.expectCard(side.officer, '通报代拟稿待您定')
    await office.press(side.officer, draft, 'hold')
    office.expectCard(side.officer, '通报已暂缓：1项', '不会对外发出')
    expect(office.look(draft)).toMatchObject({ buttons: [] })
    expect(office.look(draft).words).toContain('已点“暂缓”')
    await quietUntil(office, ADMONITION)
    office.expectCard(side.officer, '约谈建议待您定')
  })

  test('whoever answers is off the ladder at once: a draft about him is not sent, an issued one leaves him out', async () => {
    const { unit, neighbour } = side
    const units = [unit, neighbour]
    const office = await openOffice({ place, side, plans: ['wenjian'], at: '2021-05-07 08:30', units })
    // Started late: of all that was missed only the next rung is said, and prompts after the deadline are not.
    await quietUntil(office, '2021-05-07')
    for (const one of units) {
      office.expectCard(`${one}-lianluo`, '已逾期：报送动员部署文件')
      office.expectCard(`${one}-juzhang`, '已逾期：报送动员部署文件')
    }
    await office.say(`${neighbour}-lianluo`, '已报送')
    office.expectCard(`${neighbour}-lianluo`, '已登记，请核对', '按逾期登记')
    await office.advanceTo('2021-05-08 09:00')
    const named = office.expectCard(side.group, '1项任务逾期未报')
    expect(named.words).not.toContain(neighbour === 'luding' ? '泸定县' : '州水务局')
    await office.advanceTo('2021-05-11 09:00')
    const draft = office.expectCard(side.officer, '通报代拟稿待您定：1项逾期')
    await office.say(side.liaison, '刚刚已经报送')
    office.expectCard(side.liaison, '已登记，请核对')
    await office.press(side.officer, draft, 'issue')
    office.expectCard(side.officer, '通报已签发：1项', '另有1项已报送，不再发')
    await office.advanceTo('2021-07-01 09:00')
  })
})
