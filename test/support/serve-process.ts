// `duban serve` as an operator runs it: a process of its own, told everything by its environment, watched by its log and /readyz.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import readline from 'node:readline'
import { programFile } from './programs.ts'

export type Readiness = {
  readonly ready: boolean
  readonly database: boolean
  readonly channels: Readonly<Record<string, string>>
}

export type ServeProcess = {
  /** Resolves with the port once the server listens; rejects with the process's last words when it ends before. */
  readonly port: Promise<number>
  readonly exited: Promise<{ readonly code: number | null; readonly output: string }>
  readiness(): Promise<Readiness>
  kill(signal: 'SIGKILL' | 'SIGTERM'): void
}

/** `env` is all that the process gets besides PATH and HOME. */
export async function startServe(env: Readonly<Record<string, string>>): Promise<ServeProcess> {
  const child = spawn(process.execPath, [await programFile('duban'), 'serve'], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const lines: string[] = []
  const exited = exitOf(child, lines)
  const port = Promise.race([
    portOf(child, lines),
    exited.then(({ output }) => Promise.reject(new Error(output))),
  ])
  // Whoever asks for the port hears of it; a test that waits for the end instead is not disturbed.
  port.catch(() => undefined)
  return {
    port,
    exited,
    kill: (signal) => void child.kill(signal),
    async readiness() {
      const response = await fetch(`http://127.0.0.1:${await port}/readyz`)
      return (await response.json()) as Readiness
    },
  }
}

async function exitOf(child: ChildProcess, lines: readonly string[]) {
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, output: lines.join('\n') }
}

function portOf({ stderr }: ChildProcess, lines: string[]): Promise<number> {
  return new Promise((resolve) => {
    if (!stderr) return
    readline.createInterface({ input: stderr }).on('line', (line) => {
      lines.push(line)
      const port = /"port":(\d+)/.exec(line)?.[1]
      if (port !== undefined) resolve(Number(port))
    })
  })
}
