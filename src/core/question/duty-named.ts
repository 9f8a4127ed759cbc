// Which duties or projects a sentence names, though it seldom says the whole name.
import { findMentions, indexNames } from '../reply/project-name.ts'

/** The shortest part of a name that can stand for it; its ending (台账, 清单) may be shorter. */
const SHORTEST = 3
const SHORTEST_ENDING = 2

/** Those of `names` of which a telling part stands in the text: a part that no other name has. */
export function namesIn(text: string, names: readonly string[], options = { endings: false }): string[] {
  const whole = names.filter((name) => text.includes(name))
  if (whole.length > 0) return whole
  return names.filter((name) => {
    const others = names.filter((other) => other !== name)
    return partsOf(name, options.endings).some(
      (part) => text.includes(part) && !others.some((other) => other.includes(part)),
    )
  })
}

/** Projects by their short forms, too, as a report names them: 大桥 for 龙川江大桥工程. Where several fit, none is meant. */
export function projectsIn(text: string, names: readonly string[]): string[] {
  const mentions = findMentions(text.normalize('NFKC'), indexNames(names))
  const said = mentions.flatMap(({ projects }) => (projects.length === 1 ? projects : []))
  return names.filter((_, index) => said.includes(index))
}

function partsOf(name: string, endings: boolean): string[] {
  const parts = Array.from({ length: Math.max(0, name.length - SHORTEST + 1) }, (_, start) =>
    name.slice(start, start + SHORTEST),
  )
  return endings && name.length > SHORTEST ? [...parts, name.slice(-SHORTEST_ENDING)] : parts
}

const ALL =
  /^(?:我们?|咱们?|这边|这些|这几[项个]|以上|上面|名下|其[余他它]|剩下|剩余|另外|的|任务|材料|报告|[一二两三四五六七八九十\d]+[项个]|已经?|刚刚?|,|，|\s)*(?:全都|全部|全|都|均|统统|所有(?:的)?(?:任务|材料|报告)?(?:都|均)?)(?:已经?|都)*(?:报|交|送|提交|上报|完成|办|落实|弄|搞|发)/

/** 都报了, 全部报送: said of everything that is open. */
export const isForAll = (text: string): boolean => ALL.test(text.normalize('NFKC').trim())
