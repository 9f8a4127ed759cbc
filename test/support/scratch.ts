// Where tests keep the databases that they make and throw away.
import { accessSync, constants, statfsSync } from 'node:fs'
import os from 'node:os'

const MEMORY = '/dev/shm'
/** A server with a few hundred databases of 10 MB at the most, and a handful of embedded ones of 40 MB at a time. */
const ROOM = 4 * 2 ** 30

/** In memory where there is room: a database is a thousand files, and making them on a disk costs more than most tests. */
export function scratchFolder(): string {
  try {
    accessSync(MEMORY, constants.W_OK)
    const { bavail, bsize } = statfsSync(MEMORY)
    return bavail * bsize >= ROOM ? MEMORY : os.tmpdir()
  } catch {
    return os.tmpdir()
  }
}
