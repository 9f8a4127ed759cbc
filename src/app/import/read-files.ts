// YAML files become raw rows: each with its file and line, and with nothing in any message that was written in a file.
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { isMap, isSeq, LineCounter, type Node, parseDocument, type YAMLError, type YAMLMap } from 'yaml'
import { isMarkedAsWhole } from './classified.ts'
import { type Path, type Problem, type RawRow, type Section, sections } from './types.ts'

export type Read = { readonly rows: readonly RawRow[]; readonly problems: readonly Problem[] }

/** Reads files, and folders with all their .yaml and .yml files, each once. Never throws: what can't be read is a problem. */
export async function readImportFiles(paths: readonly string[]): Promise<Read> {
  const rows: RawRow[] = []
  const problems: Problem[] = []
  const seen = new Set<string>()
  for (const path of paths) {
    for (const file of await filesAt(path, problems)) {
      if (seen.has(resolve(file))) continue
      seen.add(resolve(file))
      const read = await readOne(file)
      rows.push(...read.rows)
      problems.push(...read.problems)
    }
  }
  return { rows, problems }
}

const isYaml = (path: string): boolean => /\.ya?ml$/i.test(path)

async function filesAt(path: string, problems: Problem[]): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path]
    const entries = await readdir(path, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile() && isYaml(entry.name))
    if (files.length === 0)
      problems.push(fileProblem(path, '文件夹里没有 .yaml 文件', '请给出含有导入文件的文件夹'))
    return files.map((entry) => join(entry.parentPath, entry.name)).sort((a, b) => (a < b ? -1 : 1))
  } catch {
    problems.push(fileProblem(path, '找不到或打不开', '请检查路径是否写对、是否有读取权限'))
    return []
  }
}

async function readOne(file: string): Promise<Read> {
  if (!isYaml(file)) {
    const cure = '请把内容存成 .yaml 文件（纯文本）再导入'
    return { rows: [], problems: [fileProblem(file, '不是 .yaml 或 .yml 文件', cure)] }
  }
  try {
    return rowsOf(file, new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file)))
  } catch (error) {
    const [what, cure] =
      error instanceof TypeError
        ? ['不是 UTF-8 编码', '请在编辑器里“另存为”，编码选 UTF-8，再导入']
        : ['打不开', '请检查是否有读取权限']
    return { rows: [], problems: [fileProblem(file, what, cure)] }
  }
}

const fileProblem = (file: string, what: string, cure: string, line?: number): Problem => ({
  severity: 'error',
  file,
  ...(line !== undefined && { line }),
  what,
  cure,
})

/** Rows of one file's text. A fault of YAML itself refuses the file, a field written twice only its row. */
export function rowsOf(file: string, text: string): Read {
  const lines = new LineCounter()
  // The library's own messages quote the text, which may be classified: only their codes and places are used.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const line = (offset: number): number => lines.linePos(offset).line
  const broken = document.errors.find((error) => error.code !== 'DUPLICATE_KEY')
  if (broken !== undefined) return refused(file, syntaxFault(broken), line(broken.pos[0]))
  const top = document.contents
  if (top === null) return { rows: [], problems: [] }
  if (!isMap(top)) return refused(file, notSections, 1)
  const repeated = document.errors.map((error) => error.pos[0])
  const atTop = repeated.find((offset) => top.items.some((pair) => startOf(pair.key) === offset))
  if (atTop !== undefined) return refused(file, twiceAtTop, line(atTop))
  try {
    return sectionsOf(file, top as YAMLMap<Node, Node | null>, document.toJS() as object, { line, repeated })
  } catch {
    return refused(file, badAlias, 1)
  }
}

type Fault = readonly [what: string, cure: string]

type Lines = { readonly line: (offset: number) => number; readonly repeated: readonly number[] }

const sectionList = sections.join('、')
const notSections: Fault = ['文件里没有分节', `文件的最外层只能是这些分节：${sectionList}`]
const badAlias: Fault = ['文件里的引用（& 和 *）无法展开', '请不用引用，把内容逐条写出']
const twiceAtTop: Fault = ['同一个分节写了两次', '请把两处合并成一处，或分成两个文件']

function syntaxFault(error: YAMLError): Fault {
  if (error.code === 'MULTIPLE_DOCS') return ['一个文件里有两份内容（--- 分隔）', '请拆成两个文件']
  if (error.code === 'TAB_AS_INDENT') return ['缩进用了制表符', '请把行首的制表符换成空格']
  return ['YAML 格式有误，整个文件没有导入', '请检查这一行及上一行的缩进、冒号后的空格、括号和引号是否成对']
}

const refused = (file: string, [what, cure]: Fault, line: number): Read => ({
  rows: [],
  problems: [fileProblem(file, what, cure, line)],
})

function sectionsOf(file: string, top: YAMLMap<Node, Node | null>, values: object, lines: Lines): Read {
  if (isMarkedAsWhole(values))
    return refused(
      file,
      ['整个文件标有涉密标记，没有导入', '涉密内容不得进入本系统，请按保密规定另行办理'],
      1,
    )
  const rows: RawRow[] = []
  const problems: Problem[] = []
  for (const { key, value } of top.items) {
    const line = lines.line(startOf(key))
    const section = sections.find((name) => name === String(key))
    if (section === undefined)
      problems.push(fileProblem(file, '不认识的分节', `分节只能是：${sectionList}`, line))
    else if (isSeq(value)) rows.push(...rowsIn(file, section, value.items as (Node | null)[], values, lines))
    else if (value !== null && value.toJSON() !== null)
      problems.push(fileProblem(file, '分节里应是列表', '请让每一条都以“- ”开头', line))
  }
  return { rows, problems }
}

function rowsIn(
  file: string,
  section: Section,
  items: readonly (Node | null)[],
  values: object,
  lines: Lines,
): RawRow[] {
  const plain = (values as Record<string, unknown[]>)[section] ?? []
  return items.map((node, index) => {
    const [start, end] = [startOf(node), node?.range?.[1] ?? 0]
    const twice = lines.repeated.find((offset) => offset >= start && offset < end)
    return {
      section,
      file,
      position: index + 1,
      value: plain[index],
      lineOf: (path) => lines.line(startOf(nodeAt(node, path) ?? node)),
      ...(twice !== undefined && { fault: { line: lines.line(twice), ...writtenTwice } }),
    }
  })
}

const writtenTwice = { what: '同一条里有一个字段写了两次', cure: '请删去多余的一个' }

// The deepest node there is on the way: a missing field is shown at the place where it should stand.
function nodeAt(node: Node | null, path: Path): Node | undefined {
  let found: Node | undefined = node ?? undefined
  for (const step of path) {
    if (!isMap(found) && !isSeq(found)) return found
    const next: unknown = found.get(step, true)
    if (typeof next !== 'object' || next === null) return found
    found = next as Node
  }
  return found
}

const startOf = (node: unknown): number =>
  (node as { range?: readonly [number, number, number] } | null)?.range?.[0] ?? 0
