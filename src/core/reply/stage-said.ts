// The stages that a message states of its projects: whether they have begun, and which holds when two are said.
import { type Claims, claim, doubt } from './claims.ts'
import { isLongAhead } from './date-parts.ts'
import { type Doc, datesIn, wordsOf } from './document.ts'
import type { Piece } from './flow.ts'
import { sameTarget, type Target } from './sections.ts'
import { readStage } from './stage.ts'
import type { Stage } from './types.ts'

/** A stage with the words that stated it. */
export type StageSaid = { stage: Stage; target: Target; source: string }

// 已于9月10日开工 has begun.
const BEGUN =
  /已(?:经)?(?:于|在)?\uE003*(?:正式|全面)?(?:开工|动工|开建|破土)|\uE003(?:正式|全面)?(?:开工|动工|开建|破土)的?了$/

function startingStage(doc: Doc, { start, end }: Piece, upTo: number): Stage | undefined {
  const words = doc.norm.slice(start, Math.min(end, upTo + 1))
  if (BEGUN.test(doc.marked.slice(start, Math.min(end, upTo + 1)))) return 'under-construction'
  const day = datesIn(doc, start, upTo).at(-1)?.date
  const isPast = day !== undefined && isLongAhead(day, doc.today) && !/[明后]年|20\d\d/.test(words)
  return isPast ? undefined : 'about-to-start'
}

/** Notes the stage that a piece states; returns what is left of the piece. */
export function readStagePiece(doc: Doc, stages: StageSaid[], piece: Piece): Piece[] {
  const found = readStage(doc.marked, piece.start, piece.end)
  if (!found) return [piece]
  const stage = found.stage === 'about-to-start' ? startingStage(doc, piece, found.end) : found.stage
  if (!stage) return [piece]
  const source = wordsOf(doc, piece.start, found.end)
  stages.push({ stage, target: piece.span.target, source })
  const after = doc.norm.slice(found.end, piece.end)
  const rest: Piece[] = [{ ...piece, end: found.start }]
  if (!/^(?:了|中|阶段|状态|的|建设|施工|，|,)*$/.test(after)) rest.push({ ...piece, start: found.end })
  return rest.filter(({ start, end }) => end - start >= 3)
}

/** Claims what was said of each project; two stages that do not follow one another are asked. */
export function claimStages(stages: readonly StageSaid[], claims: Claims): void {
  for (const { stage, target, source } of stages) {
    const isDisputed = stages.some((other) => other.stage !== stage && sameTarget(other.target, target))
    if (isDisputed && !isStep(stages, target)) doubt(claims, target, ['stage'], source)
    else if (!isDisputed || stage === lastStage(stages, target)) claim(claims, target, 'stage', stage, source)
  }
}

const stagesOf = (stages: readonly StageSaid[], target: Target): Stage[] =>
  stages.filter((item) => sameTarget(item.target, target)).map(({ stage }) => stage)

const lastStage = (stages: readonly StageSaid[], target: Target): Stage | undefined =>
  stagesOf(stages, target).at(-1)

// 完工，已验收 goes on from one stage to the next, and so the later one holds; 停工 … 复工了 likewise.
function isStep(stages: readonly StageSaid[], target: Target): boolean {
  const order = stagesOf(stages, target).join(' ')
  return /^completed accepted$|^suspended under-construction$|^(?:completed ?)+$/.test(order)
}
