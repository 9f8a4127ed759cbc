// The demo page's live stream: what is told to whom, and that nothing is left behind by readers who went away.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { WorldChange } from '../../../src/sandbox/world.ts'
import { type Served, serveOffice } from '../../browser/support.ts'
import { createSmallOffice, type SmallOffice, START } from '../../support/small-office.ts'

type Event = { readonly name: string; readonly data: unknown }
type Reader = { next(name: string): Promise<unknown>; leave(): void }

let office: SmallOffice
let served: Served
let watching: () => number
beforeEach(async () => {
  const small = createSmallOffice()
  let watchers = 0
  watching = () => watchers
  // Counts who listens to the world; everything else is the office as it is.
  const onChange = (listener: (change: WorldChange) => void): (() => void) => {
    const stop = small.world.onChange(listener)
    watchers++
    return () => {
      stop()
      watchers--
    }
  }
  office = { ...small, world: { ...small.world, onChange } }
  served = await serveOffice(office)
})
afterEach(async () => {
  await served.close()
})

async function join(): Promise<Reader> {
  const leaving = new AbortController()
  const response = await fetch(new URL('api/events', served.url), { signal: leaving.signal })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  const events: Event[] = []
  let rest = ''
  return {
    async next(name) {
      for (;;) {
        const index = events.findIndex((event) => event.name === name)
        if (index >= 0) return events.splice(0, index + 1).at(-1)?.data
        const part = await reader?.read()
        if (!part?.value) throw new Error('the stream ended')
        const frames = (rest + part.value).split('\n\n')
        rest = frames.pop() ?? ''
        events.push(...frames.map(readFrame))
      }
    },
    leave: () => leaving.abort(),
  }
}

function readFrame(frame: string): Event {
  const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(frame)?.[1] ?? ''
  return { name: field('event'), data: JSON.parse(field('data')) }
}

it('tells the time at once, and new and redrawn bubbles to every reader', async () => {
  const readers = [await join(), await join()]
  for (const reader of readers) expect(await reader.next('clock')).toEqual({ now: START, leaping: false })
  office.push({ id: 'n', platform: 'wecom', chat: 'luding', from: 'bot', text: '请报送' })
  office.push({ id: 'n', platform: 'wecom', chat: 'luding', from: 'bot', text: '已报送' })
  for (const reader of readers) {
    expect(await reader.next('bubble')).toMatchObject({ id: 'n', text: '请报送' })
    expect(await reader.next('bubble')).toMatchObject({ id: 'n', text: '已报送' })
    expect(await reader.next('ledger')).toEqual({})
  }
})

it('tells that time runs and when it has arrived', async () => {
  const reader = await join()
  await reader.next('clock')
  const release = office.hold()
  const leap = fetch(new URL('api/clock', served.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'hour' }),
  })
  expect(await reader.next('clock')).toMatchObject({ leaping: true })
  release()
  await leap
  let clock = await reader.next('clock')
  while ((clock as { leaping: boolean }).leaping) clock = await reader.next('clock')
  expect(clock).toEqual({ now: START + 3_600_000, leaping: false })
})

it('watches the world only while somebody reads', async () => {
  const [first, second] = [await join(), await join()]
  expect(watching()).toBe(1)
  first.leave()
  await second.next('clock')
  office.push({ platform: 'wecom', chat: 'luding', from: 'bot', text: '还在吗' })
  expect(await second.next('bubble')).toMatchObject({ text: '还在吗' })
  second.leave()
  await expect.poll(watching).toBe(0)
  const third = await join()
  expect(watching()).toBe(1)
  third.leave()
})

it('tells every page how the switches stand when one is turned', async () => {
  const [first, second] = [await join(), await join()]
  await fetch(new URL('api/faults', served.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: 'dingtalk/drop', on: true }),
  })
  for (const reader of [first, second]) {
    expect(await reader.next('faults')).toMatchObject({
      switches: [{ on: false }, { id: 'dingtalk/drop', on: true }],
    })
    reader.leave()
  }
})
