// How many replies one core reads in a second: words to fields, nothing stored, nothing sent.
import { read } from '../../core/reply/read.ts'
import { type Bench, interleave, type Row, rowOf } from './measure.ts'
import { SENTENCES, type Sentence } from './sentences.ts'

const GOAL_PER_S = 5_000
const PASSES = 100
const ROUNDS = 5

export const replies: Bench = {
  name: 'replies',
  floor: 'JSON.stringify and JSON.parse of the same records',
  run: measure,
}

async function measure(): Promise<Row[]> {
  const product = async () => perSecond(({ text, context }) => read(text, context))
  const floor = async () => perSecond((sentence) => JSON.parse(JSON.stringify(sentence)))
  await product()
  await floor()
  const taken = await interleave(product, floor, ROUNDS)
  return [rowOf(taken, `replies, ${SENTENCES.length} sentences`, '/s', (rate) => rate, GOAL_PER_S)]
}

/** By CPU time, so that a neighbour on the same core does not count; single-threaded work, so it is one core's. */
function perSecond(work: (sentence: Sentence) => unknown): number {
  const cpu = process.cpuUsage()
  for (let pass = 0; pass < PASSES; pass++) for (const sentence of SENTENCES) work(sentence)
  const { user, system } = process.cpuUsage(cpu)
  return (PASSES * SENTENCES.length * 1_000_000) / (user + system)
}
