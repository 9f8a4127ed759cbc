// One process at a time in the embedded database's directory: PGlite itself would let a second one corrupt it.
import { createHash } from 'node:crypto'
import { realpathSync, rmSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const RETRY_MS = 100

/** Releases the directory. Not calling it is harmless: the kernel frees the lock when the process ends, however it ends. */
export type Unlock = () => Promise<void>

/**
 * Takes the directory (which must exist) for this process, waiting up to `waitMs` for a predecessor that is just ending.
 * Gives undefined when another process still holds it then.
 */
export async function lockDirectory(directory: string, waitMs: number): Promise<Unlock | undefined> {
  const address = lockAddress(directory)
  const deadline = Date.now() + waitMs
  for (;;) {
    const server = await listen(address)
    if (server !== undefined) return () => new Promise((resolve) => server.close(() => resolve()))
    if (await removeStaleSocket(address)) continue
    if (Date.now() >= deadline) return undefined
    await delay(RETRY_MS)
  }
}

/** A name only one process can listen on: abstract socket (Linux), named pipe (Windows), else a socket file. */
function lockAddress(directory: string): string {
  const digest = createHash('sha256').update(realpathSync(directory)).digest('hex').slice(0, 24)
  const name = `duban-${digest}`
  if (process.platform === 'linux') return `\0${name}`
  if (process.platform === 'win32') return `\\\\.\\pipe\\${name}`
  return path.join(os.tmpdir(), `${name}.sock`)
}

function listen(address: string): Promise<net.Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => socket.destroy())
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined)
      else reject(error)
    })
    server.listen(address, () => {
      server.unref() // holding the lock must not keep a finished process alive
      resolve(server)
    })
  })
}

/** Only socket files outlive their process; true when one was left behind and is now gone. */
async function removeStaleSocket(address: string): Promise<boolean> {
  if (process.platform === 'linux' || process.platform === 'win32') return false
  if (await isAnswered(address)) return false
  rmSync(address, { force: true })
  return true
}

function isAnswered(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(address, () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
