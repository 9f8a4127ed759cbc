// What can be wrong with the database, each with a stable code and a sentence in Chinese that says the cure.

/** Stable codes, for callers that decide by the kind of trouble. */
export type DatabaseErrorCode =
  | 'url-invalid'
  | 'host-unreachable'
  | 'login-refused'
  | 'database-missing'
  | 'permission-denied'
  | 'connection-failed'
  | 'server-too-old'
  | 'time-zone-not-utc'
  | 'migration-unfinished'
  | 'migration-edited'
  | 'migration-unknown'
  | 'migration-failed'
  | 'directory-in-use'
  | 'directory-not-writable'
  | 'directory-unreadable'
  | 'pool-used-inside-transaction'

/** The message is meant for the person who runs the program: plain Chinese with the cure, never a password. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError'
  readonly code: DatabaseErrorCode

  constructor(code: DatabaseErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
  }
}
