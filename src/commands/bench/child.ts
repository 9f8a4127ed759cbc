// Programs started to be measured: when they began, what they print, how much memory they hold.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { Environment } from './measure.ts'

export type Child = {
  readonly process: ChildProcess
  /** On the clock of `performance.now`. */
  readonly startedAt: number
}

/** Standard error goes to ours, so that a child that fails says why. */
export function start(args: readonly string[], env: Environment): Child {
  const startedAt = performance.now()
  const child = spawn(process.execPath, args, {
    env: { ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return { process: child, startedAt }
}

/** The first group of `pattern` in what the child prints; rejects when it ends without having printed that. */
export function printed({ process: child }: Child, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const found = pattern.exec(text)?.[1]
      if (found !== undefined) resolve(found)
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the child ended (${code}) after printing: ${text}`)))
  })
}

/** Milliseconds from start to end. */
export async function ended({ process: child, startedAt }: Child): Promise<number> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  return performance.now() - startedAt
}

export async function stop(child: Child): Promise<void> {
  child.process.kill('SIGTERM')
  await ended(child)
}

/** Resident memory in MB; NaN where the system has no /proc. */
export function residentMb({ process: { pid } }: Child): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1_024
  } catch {
    return Number.NaN
  }
}
