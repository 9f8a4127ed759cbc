// The sources as syntax trees, for the tests that judge their shape.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

export type SourceFile = {
  /** From the top of the repository, with `/`. */
  readonly path: string
  readonly text: string
  /** The script of a .vue file, the whole of a .ts file. */
  readonly script: string
  readonly tree: ts.SourceFile
}

/** Every .ts and .vue file below `folder`, what Prisma generates excepted. */
export function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
    .filter((file) => /\.(ts|vue)$/.test(file) && !file.startsWith('src/generated/'))
    .sort()
    .map(readSource)
}

function readSource(file: string): SourceFile {
  const text = readFileSync(file, 'utf8')
  const script = file.endsWith('.vue')
    ? (/<script[^>]*>\r?\n([\s\S]*?)<\/script>/.exec(text)?.[1] ?? '')
    : text
  return { path: file, text, script, tree: ts.createSourceFile(file, script, ts.ScriptTarget.Latest, true) }
}

/** Lines of text, a final line break not counted. */
export const lineCount = (text: string): number => text.replace(/\n$/, '').split('\n').length

/** `path:line …` for every node that `judge` has something to say about. The line counts from the start of the script. */
export function findings(
  files: readonly SourceFile[],
  judge: (node: ts.Node) => string | undefined,
): string[] {
  return files.flatMap((file) => {
    const found: string[] = []
    const visit = (node: ts.Node): void => {
      const complaint = judge(node)
      if (complaint !== undefined)
        found.push(`${file.path}:${lineOf(file.tree, node.getStart())} ${complaint}`)
      ts.forEachChild(node, visit)
    }
    visit(file.tree)
    return found
  })
}

const lineOf = (tree: ts.SourceFile, position: number): number =>
  tree.getLineAndCharacterOfPosition(position).line + 1

/** How many lines a node spans. */
export function spanOf(node: ts.Node): number {
  const tree = node.getSourceFile()
  return lineOf(tree, node.getEnd()) - lineOf(tree, node.getStart()) + 1
}
