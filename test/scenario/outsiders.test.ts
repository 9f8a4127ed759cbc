// People whom DingTalk doesn't name (other organisations): answered politely where they spoke, and nothing of theirs is recorded.
import { expect, test } from 'vitest'
import { everywhere, openOffice } from '../support/office.ts'

const [where] = everywhere.filter(({ side }) => side.platform === 'dingtalk')
if (!where) throw new Error('nobody is on DingTalk')
const { place, side } = where

test('an outsider is answered once a day in his own chat and in the group, and hands nothing in', async () => {
  const office = await openOffice({ place, side, plans: ['wenjian'], at: '2021-04-19 09:30' })
  office.skip()
  office.platforms.imitations.dingtalk.estrange(side.liaison)
  await office.say(side.liaison, '已报送')
  office.expectCard(side.liaison, '还不认识您，本条没有登记')
  await office.say(side.liaison, '已报送，请查收')
  office.expectNothing()
  await office.advanceTo('2021-04-20 09:30')
  office.skip()
  await office.say(side.liaison, '已报送', { group: side.group })
  office.expectCard(side.group, '还不认识您')
  const task = await office.task()
  expect(task.state).toBe('open')
  expect(await office.submissions(task)).toEqual([])
})

test('when the month has swallowed the words of a message, nothing is recorded and he is told', async () => {
  const office = await openOffice({ place, side, plans: ['wenjian'], at: '2021-04-19 09:30' })
  office.skip()
  office.platforms.imitations.dingtalk.enforce({ api: 5_000, stream: 0 })
  await office.say(side.liaison, '已报送')
  office.expectCard(side.liaison, '没有登记')
  expect(await office.submissions(await office.task())).toEqual([])
})
