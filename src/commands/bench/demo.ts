// The demo as a newcomer meets it: from the start of the process to the first prompt on a phone, and the memory it holds.
import { setTimeout as delay } from 'node:timers/promises'
import type { Bubble } from '../../sandbox/world.ts'
import { ended, printed, residentMb, start, stop } from './child.ts'
import { type Bench, type Environment, interleave, type Row, rowOf } from './measure.ts'
import { withDirectory } from './scratch.ts'

const GOAL_S = 10
const GOAL_FIRST_MB = 800
const GOAL_AGAIN_MB = 450

/** Memory is read when the start's own garbage had time to go. */
const SETTLED_MS = 10_000
const PROMPT_LIMIT_MS = 60_000

export const demo: Bench = {
  name: 'demo',
  floor: 'a Node process that does nothing: start to end, and its memory',
  run: measure,
}

type Start = { readonly seconds: number; readonly mb: number }
type Both = { readonly first: Start; readonly again: Start }

async function measure(env: Environment): Promise<Row[]> {
  const product = () =>
    withDirectory(async (directory): Promise<Both> => {
      const first = await startDemo(env, directory)
      return { first, again: await startDemo(env, directory) }
    })
  const floor = async (): Promise<Both> => {
    const nothing = await startNothing(env)
    return { first: nothing, again: nothing }
  }
  const taken = await interleave(product, floor)
  return [
    rowOf(taken, 'first start, first prompt seen', 's', ({ first }) => first.seconds, GOAL_S),
    rowOf(taken, 'restart, prompts seen', 's', ({ again }) => again.seconds, GOAL_S),
    rowOf(taken, 'first start, resident after 10 s', 'MB', ({ first }) => first.mb, GOAL_FIRST_MB),
    rowOf(taken, 'restart, resident after 10 s', 'MB', ({ again }) => again.mb, GOAL_AGAIN_MB),
  ]
}

/** The program that runs now, once more, with a database of its own and a free port. */
async function startDemo(env: Environment, directory: string): Promise<Start> {
  const own = { DUBAN_DATA: directory, PORT: '0', DATABASE_URL: '', DUBAN_NOW: '' }
  const child = start([...process.execArgv, process.argv[1] ?? '', 'demo'], { ...env, ...own })
  try {
    const page = await printed(child, /(http:\/\/127\.0\.0\.1:\d+\/sandbox\/)/)
    await firstPrompt(page)
    const seconds = (performance.now() - child.startedAt) / 1_000
    await delay(SETTLED_MS)
    return { seconds, mb: residentMb(child) }
  } finally {
    await stop(child)
  }
}

/** Resolves when a card of the bot's is on some phone. */
async function firstPrompt(page: string): Promise<void> {
  const until = performance.now() + PROMPT_LIMIT_MS
  while (performance.now() < until) {
    const state = (await (await fetch(`${page}api/state`)).json()) as { bubbles: Bubble[] }
    if (state.bubbles.some(({ from, card }) => from === 'bot' && card !== undefined)) return
    await delay(20)
  }
  throw new Error('the demo showed no prompt within a minute')
}

async function startNothing(env: Environment): Promise<Start> {
  const seconds = (await ended(start(['-e', '0'], env))) / 1_000
  const idle = start(['-e', 'process.stdout.write("up"); setInterval(() => {}, 60_000)'], env)
  try {
    await printed(idle, /(up)/)
    return { seconds, mb: residentMb(idle) }
  } finally {
    await stop(idle)
  }
}
