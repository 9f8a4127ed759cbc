// Other people's secrets (webhook keys): kept encrypted with the operator's own secret, which never gets into the database.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { Sql } from './rows.ts'

const CIPHER = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16

/** Throws, without a word of what is sealed, when it was sealed with another secret or altered since. */
export class SealError extends Error {}

export type Sealed = {
  /** Keeps `values` under their names, each in place of what it named before. */
  put(values: ReadonlyMap<string, string>): Promise<void>
  /** What was kept under this name. Throws SealError. */
  get(name: string): Promise<string | undefined>
}

/** `secret`: DUBAN_SECRET. A sealed text is bound to its name, so that it can't be moved to another's row. */
export function sealedStore(sql: Sql, secret: string): Sealed {
  const key = Buffer.from(hkdfSync('sha256', secret, 'duban', 'sealed', 32))
  return {
    async put(values) {
      for (const [name, value] of values) {
        await sql.query(
          'INSERT INTO sealed (name, content) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET content = excluded.content',
          [name, seal(key, name, value)],
        )
      }
    },
    async get(name) {
      const { rows } = await sql.query<{ content: string }>('SELECT content FROM sealed WHERE name = $1', [
        name,
      ])
      return rows[0] && unseal(key, name, rows[0].content)
    },
  }
}

function seal(key: Buffer, name: string, value: string): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(name))
  const body = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64')
}

function unseal(key: Buffer, name: string, content: string): string {
  const bytes = Buffer.from(content, 'base64')
  try {
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES)).setAAD(Buffer.from(name))
    decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString(
      'utf8',
    )
  } catch {
    throw new SealError(
      '已加密保存的密钥打不开：DUBAN_SECRET 与导入时不同。请改回原来的值，或重新导入工作群。',
    )
  }
}
