// A whole year of the sample plan under the movable clock, through both imitations: people answer, forget and are reminded.
import { instantOf } from '../../core/calendar/civil.ts'
import { playStory } from '../../sandbox/story/story.ts'
import { movableClock } from '../clocks.ts'
import { startPlatforms } from '../demo/platforms.ts'
import { startDemoProduct } from '../demo/stage.ts'
import { createLog } from '../log.ts'
import { type Bench, interleave, type Row, rowOf, type Timed, timed } from './measure.ts'
import { GANZI, withDirectory } from './scratch.ts'
import { type Correspondence, correspondenceOf, replay } from './year-floor.ts'

const BEGINS = instantOf('2021-04-12', '08:30')
const ENDS = instantOf('2022-04-12', '18:00')
const GOAL_S = 30

export const year: Bench = {
  name: 'year',
  floor:
    'the same messages both ways at the same moments: channels and imitations, no database, no decisions',
  run: measure,
}

type Year = Timed & Correspondence

async function measure(): Promise<Row[]> {
  const product = () => withDirectory(playYear)
  const first = await product()
  const floor = async (last = first): Promise<Year> => ({ ...last, ...(await replay(last, GANZI)) })
  const taken = await interleave(product, floor)
  const counts = `${first.sent.length} out, ${first.heard.length} in`
  return [
    rowOf(taken, `one year, ${counts}`, 's', ({ wallMs }) => wallMs / 1_000, GOAL_S),
    rowOf(taken, 'one year, CPU', 's', ({ cpuMs }) => cpuMs / 1_000),
  ]
}

/** The product's start is not counted, its stop neither. */
async function playYear(directory: string): Promise<Year> {
  const clock = movableClock(BEGINS)
  const platforms = await startPlatforms(() => clock, { folders: GANZI })
  try {
    const { product, stage } = await startDemoProduct(
      { DUBAN_DATA: directory },
      platforms,
      clock,
      createLog('error'),
    )
    const taken = await timed(() => playStory(stage, { until: ENDS, seed: 1 }))
    const correspondence = await correspondenceOf(product.database.pool)
    await product.stop()
    return { ...taken, ...correspondence }
  } finally {
    await platforms.close()
  }
}
