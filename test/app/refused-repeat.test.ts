// A message whose answer was lost and whose repeat is refused: it may be on the phone, and the record says so.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { deliver } from '../../src/app/deliver.ts'
import { type DingtalkDelivery, openDelivery } from '../support/dingtalk-delivery.ts'

const REFUSAL = 'param.invalid'
const UNTIL_REPEAT_MS = 11_000

let office: DingtalkDelivery

beforeEach(async () => {
  office = await openDelivery(['lianluo'], { card: 'any.schema' })
})

afterEach(() => office.close())

const deliverNow = (): Promise<number> => deliver(office.deps, () => office.clock.now())

const statesOfSends = async (): Promise<string[]> =>
  (await office.database.pool.query<{ state: string }>('SELECT state FROM send')).rows.map(
    ({ state }) => state,
  )

it('is unknown when an earlier try may have been shown', async () => {
  const { clock, imitation, world } = office
  imitation.faults.arm('drop-response')
  await deliverNow()
  clock.moveTo(clock.now() + UNTIL_REPEAT_MS)
  imitation.faults.refuse(REFUSAL)
  await deliverNow()
  expect(world.bubbles()).toHaveLength(1)
  expect(await statesOfSends()).toEqual(['unknown'])
})

it('is refused when nothing left before', async () => {
  office.imitation.faults.refuse(REFUSAL)
  await deliverNow()
  expect(office.world.bubbles()).toHaveLength(0)
  expect(await statesOfSends()).toEqual(['refused'])
})
