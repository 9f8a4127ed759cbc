// A channel whose limit is reached: what waits there is not looked at over and over, and all of it leaves as fast as the platform allows.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { deliver } from '../../src/app/deliver.ts'
import { type DingtalkDelivery, openDelivery } from '../support/dingtalk-delivery.ts'

const PEOPLE = 200
const PER_SECOND = 20

let office: DingtalkDelivery

beforeEach(async () => {
  office = await openDelivery(
    Array.from({ length: PEOPLE }, (_, index) => `p${index}`),
    {},
  )
})

afterEach(() => office.close())

it('sends twenty a second and claims little more than it sends', async () => {
  const { clock, world } = office
  const { store } = office.deps
  let claimed = 0
  const counting: typeof store = {
    ...store,
    async claim(...given) {
      const queued = await store.claim(...given)
      claimed += queued.length
      return queued
    },
  }
  const deps = { ...office.deps, store: counting }
  for (let second = 1; second * PER_SECOND <= PEOPLE; second++) {
    expect(await deliver(deps, () => clock.now())).toBe(PER_SECOND)
    clock.moveTo(clock.now() + 1_000)
  }
  expect(await deliver(deps, () => clock.now())).toBe(0)
  expect(new Set(world.bubbles().map(({ chat }) => chat)).size).toBe(PEOPLE)
  // Looking at everything again each second would be over a thousand.
  expect(claimed).toBeLessThan(3 * PEOPLE)
})
