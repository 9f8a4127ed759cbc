// The test's side of a product in its own process: asked over IPC, killed at will, started again whenever it is needed and dead.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import type { Instant } from '../../src/core/calendar/civil.ts'
import { programFile } from './programs.ts'

export type Question = {
  readonly id: number
  readonly method: 'moveTo' | 'settle' | 'nextAt' | 'stop'
  readonly at?: Instant
}

/** The one with `id` 0 says that the product is connected. */
export type Answer = { readonly id: number; readonly value?: number; readonly error?: string }

/** `env`: as for `duban serve`. `now`: where the clock of a new process stands. */
export type ProductProcessOptions = {
  readonly env: Readonly<Record<string, string>>
  readonly now: () => Instant
}

class Died extends Error {}

export class ProductProcess {
  readonly #options: ProductProcessOptions
  readonly #waiting = new Map<number, { resolve(answer: Answer): void; reject(error: Error): void }>()
  #child: ChildProcess | undefined
  #starting: Promise<ChildProcess> | undefined
  #gone: Promise<unknown> = Promise.resolve()
  #questions = 0
  #lives = 0

  constructor(options: ProductProcessOptions) {
    this.#options = options
  }

  /** How often it was started. */
  get lives(): number {
    return this.#lives
  }

  isAlive(): boolean {
    return this.#child !== undefined
  }

  /** kill -9: nothing of it runs on, nothing is tidied up. */
  kill(): void {
    this.#child?.kill('SIGKILL')
    this.#child = undefined
  }

  /** Asks until a living process has answered; what it did before it died, it does again. */
  async call(method: Question['method'], at?: Instant): Promise<number | undefined> {
    for (;;) {
      try {
        const { value, error } = await this.#ask(await this.#alive(), method, at)
        if (error !== undefined) throw new Error(error)
        return value
      } catch (error) {
        if (!(error instanceof Died)) throw error
      }
    }
  }

  async stop(): Promise<void> {
    await this.call('stop')
    const child = this.#child
    this.#child = undefined
    child?.disconnect()
    await this.#gone
  }

  #alive(): Promise<ChildProcess> {
    if (this.#child && !this.#starting) return Promise.resolve(this.#child)
    this.#starting ??= this.#start().finally(() => {
      this.#starting = undefined
    })
    return this.#starting
  }

  async #start(): Promise<ChildProcess> {
    await this.#gone
    const { env, now } = this.#options
    const child = spawn(process.execPath, ['--liftoff-only', await programFile('product-child')], {
      env: { ...process.env, DATABASE_URL: '', ...env, CHILD_NOW: String(now()) },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    })
    this.#lives += 1
    this.#child = child
    child.on('message', (answer: Answer) => {
      this.#waiting.get(answer.id)?.resolve(answer)
      this.#waiting.delete(answer.id)
    })
    child.on('exit', (_code, signal) => this.#buried(child, signal))
    this.#gone = once(child, 'exit')
    await new Promise((resolve, reject) => this.#waiting.set(0, { resolve, reject }))
    return child
  }

  #ask(child: ChildProcess, method: Question['method'], at: Instant | undefined): Promise<Answer> {
    const id = ++this.#questions
    return new Promise((resolve, reject) => {
      if (child !== this.#child) return reject(new Died())
      this.#waiting.set(id, { resolve, reject })
      child.send({ id, method, ...(at === undefined ? {} : { at }) } satisfies Question, (error) => {
        if (error) reject(new Died())
      })
    })
  }

  // Only what we killed may die; any other end is a failure of the product.
  #buried(child: ChildProcess, signal: string | null): void {
    if (this.#child === child) this.#child = undefined
    const error = signal === 'SIGKILL' ? new Died() : new Error('the product ended by itself; see its output')
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
  }
}
