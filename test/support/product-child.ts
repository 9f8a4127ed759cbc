// The product in a process of its own, driven over IPC by a test: composed as everywhere, but its clock moves only when told to.
import process from 'node:process'
import { setTimeout as delay } from 'node:timers/promises'
import { movableClock } from '../../src/commands/clocks.ts'
import { SEED_FOLDERS } from '../../src/commands/demo/platforms.ts'
import { importInto } from '../../src/commands/import.ts'
import { createLog } from '../../src/commands/log.ts'
import { type Product, startProduct } from '../../src/commands/product.ts'
import { readConfig } from '../../src/config.ts'
import type { Answer, Question } from './product-process.ts'

const clock = movableClock(Number(process.env.CHILD_NOW))
const config = readConfig(process.env)
const files = process.env.CHILD_FILES ? [process.env.CHILD_FILES] : SEED_FOLDERS
const product = await startProduct(config, clock, createLog(config.logLevel))

async function isConnected({ channels }: Product): Promise<void> {
  while (![...channels.values()].every((channel) => channel.isReady())) await delay(10)
}

async function carryOut({ method, at }: Question): Promise<number | undefined> {
  if (method === 'moveTo') clock.moveTo(at ?? 0)
  if (method === 'settle') await product.engine.settle()
  if (method === 'stop') await product.stop()
  return method === 'nextAt' ? product.engine.nextAt() : undefined
}

async function answer(question: Question): Promise<void> {
  const { id } = question
  const reply: Answer = await carryOut(question).then(
    (value) => (value === undefined ? { id } : { id, value }),
    (error: Error) => ({ id, error: error.stack ?? error.message }),
  )
  process.send?.(reply)
}

await isConnected(product)
const { plans } = await product.store.office()
if (plans.length === 0) {
  const { problems } = await importInto(product.store, files, clock.now())
  const refused = problems.filter(({ severity }) => severity === 'error')
  if (refused.length > 0) throw new Error(JSON.stringify(refused))
}
process.on('message', (question: Question) => void answer(question))
process.on('disconnect', () => process.exit(1))
process.send?.({ id: 0 } satisfies Answer)
