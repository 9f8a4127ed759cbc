// The order of test files where nobody has measured them yet, as on a fresh clone: the longest must not be the last to start.
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** A minute or more each: processes that are killed, days of faults, the type checks. */
const LONGEST = /\/test\/(checks|scenario\/(kill.*|faults|two-processes|extension))\.test\.ts$/

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isLong = ({ moduleId }: TestSpecification): boolean => LONGEST.test(moduleId)
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))]
  }
}
