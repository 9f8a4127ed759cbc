// The socket that `pg` talks to when PostgreSQL runs inside this process: a Duplex with PGlite at its other end.
import { Duplex } from 'node:stream'
import type { PGlite } from '@electric-sql/pglite'

const TERMINATE = 0x58 // 'X'

/**
 * Speaks the PostgreSQL wire protocol with PGlite, so the ordinary `pg` pool and Prisma adapter serve both databases.
 * PGlite has ONE session, whatever number of these streams exist: the pool on top must hold one connection.
 */
export class PGliteStream extends Duplex {
  readonly #database: PGlite
  #pending: Buffer = Buffer.alloc(0)
  #greeted: boolean = false

  constructor(database: PGlite) {
    super()
    this.#database = database
  }

  /** Called by `pg` in place of a TCP connect. The session outlives a connection, so what the last one left is cleared. */
  connect(): this {
    this.#resetSession().then(
      () => this.emit('connect'),
      (error: Error) => this.destroy(error),
    )
    return this
  }

  // The socket options `pg` sets have no meaning in one process.
  setNoDelay(): this {
    return this
  }

  setKeepAlive(): this {
    return this
  }

  ref(): this {
    return this
  }

  unref(): this {
    return this
  }

  override _read(): void {
    // Answers are pushed as PGlite produces them.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#pending = this.#pending.length === 0 ? chunk : Buffer.concat([this.#pending, chunk])
    const { length, terminated } = this.#wholeMessages()
    const messages = this.#pending.subarray(0, length)
    this.#pending = this.#pending.subarray(length)
    this.#execute(messages).then(() => {
      if (terminated) this.push(null)
      done()
    }, done)
  }

  /** PGlite takes whole messages only: `[type] int32 length, body`; the first message of a connection has no type byte. */
  #wholeMessages(): { length: number; terminated: boolean } {
    let length = 0
    for (;;) {
      const head = this.#greeted ? 1 : 0
      if (this.#pending.length < length + head + 4) return { length, terminated: false }
      const size = head + this.#pending.readInt32BE(length + head)
      if (this.#pending.length < length + size) return { length, terminated: false }
      if (head === 1 && this.#pending[length] === TERMINATE) return { length, terminated: true }
      this.#greeted = true
      length += size
    }
  }

  async #execute(messages: Buffer): Promise<void> {
    if (messages.length === 0) return
    const onRawData = (data: Uint8Array): void => {
      this.push(Buffer.from(data)) // a copy: PGlite reuses the memory behind `data`
    }
    // Nothing to sync: on a real directory PGlite writes straight to its files, and its own sync waits for a lock to do nothing.
    const options = { onRawData, syncToFs: false }
    await this.#database.runExclusive(() => this.#database.execProtocolRawStream(messages, options))
  }

  async #resetSession(): Promise<void> {
    await this.#database.exec('ROLLBACK')
    await this.#database.exec('DISCARD ALL')
  }
}
