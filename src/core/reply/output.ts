// The shape in which a reading leaves the command: values without their sources.
import type { Reading } from './types.ts'

/** One line of `duban reply --json`. */
export type ReplyResult = {
  intent: Reading['intent']
  reports: { project: string | null; fields: Record<string, unknown>; noChange?: true }[]
  extension?: { until: string | null; reason: string | null }
  rectified?: { summary: string }
  delegate?: { to: string | null }
  ambiguous?: string[]
}

/** Drops the sources of a reading; empty parts are left out. */
export function toResult(reading: Reading): ReplyResult {
  const { extension, rectified, delegate, ambiguous } = reading
  return {
    intent: reading.intent,
    reports: reading.reports.map(({ project, fields, noChange }) => ({
      project,
      fields: Object.fromEntries(Object.entries(fields).map(([key, found]) => [key, found.value])),
      ...(noChange === undefined ? {} : { noChange: true as const }),
    })),
    ...(extension ? { extension: { until: extension.until?.value ?? null, reason: extension.reason } } : {}),
    ...(rectified ? { rectified } : {}),
    ...(delegate ? { delegate } : {}),
    ...(ambiguous.length > 0 ? { ambiguous } : {}),
  }
}
