// Other processes on a database: started, listened to line by line, and killed.
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import readline from 'node:readline'
import type { Readable } from 'node:stream'
import { programFile } from './programs.ts'

/** A line of a child: what it applied, the batch it committed, or why it could not open the database. */
export type ChildReport = { upgrades?: string[]; batch?: number; code?: string; message?: string }

/** Runs a child to its end and gives its last line; `location` is a directory or a server's URL. */
export async function runChild(task: 'open', location: string): Promise<ChildReport> {
  let last: ChildReport | undefined
  for await (const report of reports(await startChild(task, location))) last = report
  if (last === undefined) throw new Error('the child process said nothing; see its error output')
  return last
}

/** Lets a child write until it has acknowledged `batches` batches, kills it with SIGKILL and gives all it acknowledged. */
export async function killWriterAfter(batches: number, directory: string): Promise<number[]> {
  const child = await startChild('write', directory)
  const exited = once(child, 'exit')
  const acknowledged: number[] = []
  for await (const { batch, message } of reports(child)) {
    if (batch === undefined) throw new Error(message)
    acknowledged.push(batch)
    if (acknowledged.length === batches) child.kill('SIGKILL')
  }
  await exited
  return acknowledged
}

async function startChild(
  task: 'open' | 'write',
  location: string,
): Promise<ChildProcessByStdio<null, Readable, null>> {
  const args = ['--liftoff-only', await programFile('database-child'), task, location]
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
}

async function* reports(child: ChildProcessByStdio<null, Readable, null>): AsyncGenerator<ChildReport> {
  for await (const line of readline.createInterface({ input: child.stdout })) yield JSON.parse(line)
}
