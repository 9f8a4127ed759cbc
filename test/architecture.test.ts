// The rules of the house as tests: who imports whom, how big things get, and what is never written.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { cruise, type ICruiseResult } from 'dependency-cruiser'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { importRules } from './support/import-rules.ts'
import { findings, lineCount, type SourceFile, sourceFiles, spanOf } from './support/source-files.ts'

const FILE_LINES = 250
const FUNCTION_LINES = 40

const sources = sourceFiles('src')
const tests = sourceFiles('test')
const core = sources.filter((file) => file.path.startsWith('src/core/'))

const paths = (files: readonly SourceFile[]): string[] => files.map((file) => file.path)

describe('imports', () => {
  it('go one way', { timeout: 120_000 }, async () => {
    const { output } = await cruise(['src'], {
      ruleSet: { forbidden: importRules },
      validate: true,
      doNotFollow: { path: 'node_modules' },
      tsPreCompilationDeps: 'specify',
      tsConfig: { fileName: 'tsconfig.json' },
      enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'default'] },
    })
    const { modules, summary } = output as ICruiseResult
    const seen = modules.map(({ source }) => source)
    expect(paths(sources).filter((file) => !seen.includes(file))).toEqual([])
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([])
  })
})

describe('sizes', () => {
  it(`no file has more than ${FILE_LINES} lines`, () => {
    const long = [...sources, ...tests].filter((file) => lineCount(file.text) > FILE_LINES)
    expect(paths(long)).toEqual([])
  })

  it(`no function of the program has more than ${FUNCTION_LINES} lines`, () => {
    expect(
      findings(sources, (node) =>
        ts.isFunctionLike(node) && spanOf(node) > FUNCTION_LINES ? `${spanOf(node)} lines` : undefined,
      ),
    ).toEqual([])
  })
})

describe('names and openings', () => {
  it('files and folders are in kebab-case, components in PascalCase', () => {
    const isGood = (file: string): boolean => {
      const folders = path.posix.dirname(file).split('/')
      const name = path.posix.basename(file)
      const word = /^[a-z0-9]+(-[a-z0-9]+)*$/
      const isName = name.endsWith('.vue') ? /^([A-Z][a-z0-9]*)+\.vue$/ : /^[a-z0-9]+([-.][a-z0-9]+)*\.ts$/
      return folders.every((folder) => word.test(folder)) && isName.test(name)
    }
    expect(paths([...sources, ...tests]).filter((file) => !isGood(file))).toEqual([])
  })

  it('a file opens with a sentence that says what it is for', () => {
    const opens = (file: SourceFile): boolean => /^(#!.*\n)?\/\/ \S.{10,}[.:,;?)]?\n/.test(file.script)
    expect(paths([...sources, ...tests].filter((file) => !opens(file)))).toEqual([])
  })
})

describe('what is never written', () => {
  it('any, a non-null assertion, an enum, a default export', () => {
    const forbidden = (node: ts.Node): string | undefined => {
      if (node.kind === ts.SyntaxKind.AnyKeyword) return 'any'
      if (ts.isNonNullExpression(node)) return 'non-null assertion'
      if (ts.isEnumDeclaration(node)) return 'enum'
      if (ts.isExportAssignment(node) || node.kind === ts.SyntaxKind.DefaultKeyword) return 'default'
      return undefined
    }
    const isClause = (node: ts.Node): boolean => ts.isCaseOrDefaultClause(node.parent)
    expect(
      findings(sources, (node) => (node.parent && isClause(node) ? undefined : forbidden(node))),
    ).toEqual([])
  })

  it('console', () => {
    expect(
      findings(sources, (node) =>
        ts.isPropertyAccessExpression(node) && node.expression.getText() === 'console'
          ? 'console'
          : undefined,
      ),
    ).toEqual([])
  })

  it('a clock, chance or waiting in the core', () => {
    const impure = (node: ts.Node): string | undefined => {
      if (ts.isAwaitExpression(node) || node.kind === ts.SyntaxKind.AsyncKeyword) return 'async'
      if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length)
        return 'new Date()'
      if (!ts.isPropertyAccessExpression(node)) return undefined
      return /^(Date\.now|Math\.random|performance\.now|crypto\..*|process\..*|Temporal\.Now)$/.test(
        node.getText(),
      )
        ? node.getText()
        : undefined
    }
    expect(core.length).toBeGreaterThan(0)
    expect(findings(core, impure)).toEqual([])
  })

  it('a note to do it later, a test left out', () => {
    const later = [...sources, ...tests].filter((file) => /\b(TO[D]O|FIX[M]E|XX[X])\b/.test(file.text))
    expect(paths(later)).toEqual([])
    const isLeftOut = (node: ts.Node): boolean =>
      ts.isPropertyAccessExpression(node) &&
      /^(it|test|describe)(\.\w+)*\.(only|skip|todo|fails)$/.test(node.getText())
    expect(findings(tests, (node) => (isLeftOut(node) ? node.getText() : undefined))).toEqual([])
  })

  it('what is generated is not kept', () => {
    const ignored = readFileSync('.gitignore', 'utf8').split('\n')
    expect(ignored).toEqual(
      expect.arrayContaining(['node_modules/', 'dist/', 'src/generated/', 'data/', '.env']),
    )
    if (!existsSync('.git')) return
    const kept = execFileSync('git', ['ls-files', 'dist', 'src/generated', 'data', '.env', 'node_modules'])
    expect(kept.toString()).toBe('')
  })
})
