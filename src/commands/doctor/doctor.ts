// `duban doctor`: looks at everything the product needs from outside, and says of each fault how to mend it.
import type { Finding } from '../../app/finding.ts'
import type { Log } from '../../app/ports.ts'
import type { Config } from '../../config.ts'
import { runningClock } from '../clocks.ts'
import { examineData, openForDoctor } from './data.ts'
import { freeDisk, rehearsal } from './machine.ts'
import { examinePlatforms } from './platforms.ts'

/** Prints a line a finding, with its cure below; returns the exit code: 1 when something is wrong. */
export async function runDoctor(config: Config, log: Log): Promise<number> {
  let faults = 0
  for await (const finding of examine(config, log)) {
    if (!finding.isGood) faults += 1
    process.stdout.write(`${lineOf(finding)}\n`)
  }
  process.stdout.write(faults === 0 ? '一切正常。\n' : `有${faults}处要处理。\n`)
  return faults === 0 ? 0 : 1
}

/** Every finding, as soon as it is known. */
export async function* examine(config: Config, log: Log): AsyncGenerator<Finding> {
  yield* rehearsal(config)
  yield await freeDisk(config.dataDirectory)
  const { finding, database } = await openForDoctor(config, log)
  yield finding
  try {
    if (database) yield* await examineData(database, config, runningClock(config.startAt).now())
    for await (const findings of examinePlatforms(config, database)) yield* findings
  } finally {
    await database?.close()
  }
}

const lineOf = ({ check, isGood, seen, cure }: Finding): string =>
  `${isGood ? '✔' : '✘'} ${check}：${seen}${cure === undefined ? '' : `\n    怎么办：${cure.replaceAll('\n', '\n    ')}`}`
