// What an operator reads when a command can't go on: one clear message; a stack only for faults of ours.
import { ConfigError } from '../config.ts'
import { type CivilDate, isCivilDate } from '../core/calendar/civil.ts'
import { UnknownYearError } from '../core/calendar/workdays.ts'
import { DatabaseError } from '../store/database-error.ts'
import { PortError } from '../web/server.ts'

/** A wrong use of the command line. */
export class UsageError extends Error {}

const EXPECTED = [ConfigError, DatabaseError, PortError, UnknownYearError, UsageError]

export function explain(error: unknown): string {
  if (EXPECTED.some((kind) => error instanceof kind)) return (error as Error).message
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `程序出错，请把下面的内容发给开发者：\n${detail}`
}

/** Throws UsageError for what is no date. */
export function checkedDate(text: string, option: string): CivilDate {
  if (!isCivilDate(text))
    throw new UsageError(`${option} 应是存在的日期，写成 2021-04-12 这样，现在是“${text}”。`)
  return text
}
