// Collects what is wrong, and remembers which entries were refused, so that what depends on them can say why it is refused too.
import type { Path, Problem, RawRow, Section } from './types.ts'

/** A row, or a rule or event inside a plan's row. */
export type Entry = { readonly raw: RawRow; readonly at: Path; readonly key?: string; readonly part?: string }

export type Row<T> = { readonly entry: Entry; readonly value: T }

/** `path`: the field inside the entry. `isHushed`: the entry leads to something classified, so its name is not said. */
export type Fault = {
  readonly what: string
  readonly cure: string
  readonly path?: Path
  readonly isHushed?: boolean
}

type Refusal = { readonly entry: Entry; readonly isHushed: boolean }

export class Findings {
  readonly problems: Problem[] = []
  readonly #refusals = new Map<string, Refusal>()

  refuse(entry: Entry, fault: Fault): void {
    this.#add('error', entry, fault)
    const isHushed = fault.isHushed === true
    if (entry.part === undefined && entry.key !== undefined) this.remember(entry, entry.key, isHushed)
  }

  /** Remembers a refused key without a problem of its own. */
  remember(entry: Entry, key: string, isHushed: boolean, section = entry.raw.section): void {
    this.#refusals.set(`${section}:${key}`, { entry, isHushed })
  }

  /** What a refused row would have brought along is refused for the same reason. */
  rememberLoss(entry: Entry, section: Section, key: string): void {
    const own = entry.key === undefined ? undefined : this.#refusals.get(`${entry.raw.section}:${entry.key}`)
    this.remember(entry, key, own?.isHushed === true, section)
  }

  warn(entry: Entry, fault: Fault): void {
    this.#add('warning', entry, fault)
  }

  /** Why `entry` can't stand: it names a key that no file and no earlier import has, or one that was refused. */
  refuseReference(entry: Entry, path: Path, section: Section, name: string, key: string): void {
    const refusal = this.#refusals.get(`${section}:${key}`)
    if (refusal === undefined) {
      const cure = `请先在 ${section} 里登记它，或改正这里的拼写`
      this.refuse(entry, { path, what: `${name} ${key} 没有登记`, cure })
      return
    }
    const place = placeOf(refusal.entry)
    if (refusal.isHushed)
      this.refuse(entry, {
        path,
        isHushed: true,
        what: `这一条引用了因涉密没有导入的内容（${place}），一并没有导入`,
        cure: '请删去这一处引用',
      })
    else
      this.refuse(entry, {
        path,
        what: `${name} ${key} 没有导入（${place}有误），所以这一条也没有导入`,
        cure: '请先改好那一条',
      })
  }

  #add(severity: Problem['severity'], entry: Entry, { what, cure, path = [], isHushed }: Fault): void {
    const line = entry.raw.lineOf([...entry.at, ...path])
    const row = isHushed === true ? {} : { row: labelOf(entry) }
    this.problems.push({ severity, file: entry.raw.file, line, ...row, what, cure })
  }
}

/** `file 第12行`, for a clerk. */
export const placeOf = ({ raw, at }: Entry): string => `${raw.file} 第${raw.lineOf(at)}行`

function labelOf({ raw, key, part }: Entry): string {
  const named = key === undefined ? '' : `（${key}）`
  return `${raw.section} 第${raw.position}条${named}${part ?? ''}`
}
