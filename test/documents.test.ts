// What the documents name exists: paths, npm scripts, commands and variables.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { emptySnapshot, planImport } from '../src/app/import/index.ts'
import { readConfig, VARIABLES } from '../src/config.ts'

const DOCUMENTS = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'cards/README.md',
  'cards/dingtalk/README.md',
  'prisma/seed/README.md',
]

const read = (file: string): string => readFileSync(file, 'utf8')

/** Inline code and the lines of code blocks, where names stand. */
const codeIn = (text: string): string[] =>
  [...text.matchAll(/```[\s\S]*?```|`[^`\n]+`/g)].map(([code]) => code)

/** Paths from the top (`src/core/`, `.ci/run`, `README.md`) in code, and the targets of links, relative to the document. */
function pathsIn(file: string): string[] {
  const text = read(file)
  const named = codeIn(text).flatMap((code) => [
    ...[...code.matchAll(/(?<![\w/.-])(?:src|test|cards|prisma|\.ci)\/[\w./-]*/g)].map(([found]) => found),
    ...(/^`[A-Za-z.-]+\.(?:md|json|example|config\.ts)`$/.test(code) ? [code.slice(1, -1)] : []),
  ])
  const linked = [...text.matchAll(/(?:\]\(|src=")(?!https?:|#)([^)"#\s]+)/g)].map(([, target = '']) =>
    path.join(path.dirname(file), target),
  )
  return [...named.map((name) => name.replace(/\.$/, '')), ...linked]
}

const matches = (pattern: RegExp): { file: string; name: string }[] =>
  DOCUMENTS.flatMap((file) =>
    codeIn(read(file)).flatMap((code) =>
      [...code.matchAll(pattern)].map(([, name = '']) => ({ file, name })),
    ),
  )

const label = ({ file, name }: { file: string; name: string }): string => `${file}: ${name}`

describe('documents', () => {
  it.each(DOCUMENTS)('%s names only what is there', (file) => {
    const named = pathsIn(file)
    expect(named.filter((name) => !existsSync(name))).toEqual([])
  })

  it('name enough paths that a blind test would be noticed', () => {
    expect(pathsIn('ARCHITECTURE.md').length).toBeGreaterThan(30)
    expect(pathsIn('README.md').length).toBeGreaterThan(5)
  })

  it('ARCHITECTURE.md says of every folder of src what it is for', () => {
    const kept = execFileSync('git', ['ls-files', 'src'], { encoding: 'utf8' }).split('\n')
    const folders = kept.map((file) => /^src\/(?:core\/\w+|channels\/\w+|\w+)\//.exec(file)?.[0])
    const missing = [...new Set(folders)].filter(
      (folder) => folder && !read('ARCHITECTURE.md').includes(folder),
    )
    expect(missing).toEqual([])
  })

  it('name only npm scripts that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const named = matches(/npm run (?:--?[a-z]+ )*([a-z:]+)/g)
    expect(named.length).toBeGreaterThan(3)
    expect(named.filter(({ name }) => !(name in scripts)).map(label)).toEqual([])
  })

  it('name only commands of duban that exist', () => {
    const commands = [...read('src/main.ts').matchAll(/\.command\('([a-z]+)'\)/g)].map(([, name]) => name)
    const named = matches(/(?:npx |`|^|\n)duban ([a-z]+)/g)
    expect(named.length).toBeGreaterThan(3)
    expect(named.filter(({ name }) => !commands.includes(name)).map(label)).toEqual([])
  })

  it('name only variables that are read', () => {
    const named = matches(
      /\b((?:DUBAN|WECOM|DINGTALK)_[A-Z_]+|DATABASE_URL|PUBLIC_URL|BOT_NAME|LOG_LEVEL)\b/g,
    )
    expect(named.length).toBeGreaterThan(VARIABLES.length / 2)
    expect(named.filter(({ name }) => !VARIABLES.includes(name)).map(label)).toEqual([])
  })

  it('.env.example holds every variable once, and no other', () => {
    const given = [...read('.env.example').matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name)
    expect(given).toHaveLength(VARIABLES.length)
    expect(new Set(given)).toEqual(new Set(VARIABLES))
  })

  it('.env.example as it is asks for nothing but a platform', () => {
    const env = Object.fromEntries(
      [...read('.env.example').matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]),
    )
    expect(readConfig(env)).toEqual(readConfig({}))
  })

  it('README’s example of an import file is one', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'duban-readme-'))
    try {
      const file = path.join(folder, 'example.yaml')
      writeFileSync(file, /```yaml\n([\s\S]*?)```/.exec(read('README.md'))?.[1] ?? '')
      const { problems, next } = await planImport([file], emptySnapshot)
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
      expect(next.plans.flatMap(({ rules }) => rules)).toHaveLength(1)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('README shows the words of the two commands', () => {
    expect(read('README.md')).toContain('npm ci && npm run demo')
    expect(read('README.md')).toContain('npm ci && npm test')
  })
})
