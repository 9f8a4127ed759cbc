// JSON lines on stderr; secrets and phone numbers never get in.
import { pino } from 'pino'
import type { Log } from '../app/ports.ts'
import type { Config } from '../config.ts'

const SECRET = ['secret', 'token', 'password', 'accessToken', 'clientSecret', 'mobile', 'phone']

/** Writes to stderr, so that a command's own output on stdout stays clean. */
export function createLog(level: Config['logLevel']): Log {
  return pino(
    {
      level,
      base: null,
      redact: { paths: SECRET.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '***' },
      serializers: { error: pino.stdSerializers.err },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    pino.destination({ dest: 2, sync: true }),
  )
}
