// What a liaison answers becomes a record, and whoever has answered is left in peace (domain §4, §5).
import { describe, expect, test } from 'vitest'
import { everywhere, openOffice } from '../support/office.ts'

describe.each(everywhere)('$where', ({ place, side }) => {
  test('a prompt is answered in a sentence, read back, recorded, and never followed by a nudge', async () => {
    const office = await openOffice({ place, side, plans: ['wenjian'], at: '2021-04-19 08:30' })
    office.expectNothing()
    await office.advanceTo('2021-04-19 09:00')
    const prompt = office.expectCard(side.liaison, '新任务：报送动员部署文件', '4月30日')
    office.expectCard(side.group, '新下达1项任务', '1家')
    expect(prompt.buttons).toEqual(['done', 'ack'])
    expect(await office.task()).toMatchObject({ state: 'open', lastEvent: '已下达' })

    await office.say(side.liaison, '已完成，文件已报送')
    const readBack = office.expectCard(side.liaison, '已登记，请核对：报送动员部署文件', '已完成，文件已报送')
    const task = await office.task()
    expect(task).toMatchObject({ state: 'submitted', lastEvent: '已报送' })
    expect(await office.submissions(task)).toMatchObject([
      { revision: 1, text: '已完成，文件已报送', late: false, channel: side.platform },
    ])
    await office.press(side.liaison, readBack, 'confirm')
    office.expectCard(side.liaison, '已核对：报送动员部署文件')
    await office.advanceTo('2021-06-30 18:00')
  })
})
