// 撤回 within five minutes: the revision stays on record and counts for nothing; the task is as it was before (C2).
import { describe, expect, test } from 'vitest'
import { findBrokenLink } from '../../src/store/events.ts'
import { everywhere, openOffice } from '../support/office.ts'

describe.each(everywhere)('$where', ({ place, side }) => {
  async function reported() {
    const office = await openOffice({ place, side, plans: ['wenjian'], at: '2021-04-29 09:00' })
    office.skip()
    await office.say(side.liaison, '已报送')
    return { office, readBack: office.expectCard(side.liaison, '已登记，请核对') }
  }

  test('a report that is taken back waits for an answer again, and the ladder goes on', async () => {
    const { office, readBack } = await reported()
    expect(readBack.buttons).toEqual(['confirm', 'correct', 'undo'])
    expect((await office.task()).submittedAt).toBe(office.clock.now())
    await office.restartAt('2021-04-29 09:04')
    await office.press(side.liaison, readBack, 'undo')
    office.expectCard(side.liaison, '已撤回：报送动员部署文件', '又在等您报送')
    expect(office.look(readBack)).toMatchObject({ buttons: [], words: expect.stringContaining('已点“撤回”') })
    const task = await office.task()
    expect(task).toMatchObject({ state: 'open', lastEvent: '已撤回报送' })
    expect(task).not.toHaveProperty('submittedAt')
    const [revision] = await office.submissions(task)
    expect(revision).toMatchObject({ revision: 1, withdrawnAt: office.clock.now() })
    const trail = await office.rows<{ kind: string }>(`SELECT kind FROM event WHERE kind = 'withdrawn'`)
    expect(trail).toHaveLength(1)
    expect(await findBrokenLink(office.product.database.pool)).not.toHaveProperty('seq')

    await office.advanceTo('2021-04-30 09:00')
    office.expectCard(side.liaison, '今天到期：报送动员部署文件')
    office.skip()
    await office.advanceTo('2021-05-06 09:00')
    office.skip()
    await office.say(side.liaison, '已报送')
    office.expectCard(side.liaison, '本次报送已过截止时间，按逾期登记')
    expect(await office.task()).toMatchObject({
      lastEvent: '已补报（逾期）',
      submittedAt: office.clock.now(),
    })
    const { store } = office.product
    expect((await office.submissions(task)).map(({ late }) => late)).toEqual([false, true])
    expect(await store.reportsDue(office.clock.now())).toEqual([])
    // Late, but answered: the ladder stops at once.
    await office.advanceTo('2021-06-30 18:00')
  })

  test('a correction keeps the first time; taking it back restores the version before; later only a correction helps', async () => {
    const { office, readBack } = await reported()
    const first = office.clock.now()
    await office.advanceTo('2021-04-29 09:20')
    await office.press(side.liaison, readBack, 'undo')
    office.expectCard(side.liaison, '现在不能撤回了', '更正：', 'D113')
    await office.say(side.liaison, '更正：已报送，文号5号')
    const corrected = office.expectCard(side.liaison, '已登记，请核对', '文号5号')
    expect(await office.task()).toMatchObject({ submittedAt: first, lastEvent: '已更正（第2版）' })
    await office.say(side.liaison, '撤回')
    office.expectCard(side.liaison, '已撤回', '以之前一版为准', '已报送')
    expect(await office.task()).toMatchObject({ state: 'submitted', submittedAt: first })
    await office.say(side.liaison, '撤回')
    office.expectCard(side.liaison, '现在不能撤回了')
    await office.say(side.liaison, '更正：已报送，文号6号')
    office.expectCard(side.liaison, '已登记，请核对', '文号6号')
    const revisions = await office.submissions(await office.task())
    expect(revisions.map(({ revision, withdrawnAt }) => [revision, withdrawnAt !== undefined])).toEqual([
      [1, false],
      [2, true],
      [3, false],
    ])
    // The card of the second version must not touch the third.
    if (office.look(corrected).buttons.includes('undo')) {
      await office.press(side.liaison, corrected, 'undo')
      office.expectCard(side.liaison, '这一步已经办过了', '已经撤回')
    }
    expect((await office.submissions(await office.task())).at(-1)).not.toHaveProperty('withdrawnAt')
  })
})
