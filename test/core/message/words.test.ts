// The words of cards/: every message can be said, and every one of them is used.
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadWords } from '../../../src/commands/words.ts'
import { fill, parseWords, slotsOf } from '../../../src/core/message/words.ts'
import { PROBLEMS, type ProblemName, problemText } from '../../../src/core/problems.ts'

const words = loadWords()
const SOURCES = ['src/app', 'src/core/message'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(path.join(folder, file), 'utf8')),
)

describe('words', () => {
  test.each([...words.keys()])('%s is said somewhere, and every slot of it is given there', (name) => {
    const family = /^(draft|issued|answer)-/.exec(name)?.[1]
    const saying = SOURCES.filter((source) =>
      family ? source.includes(`\`${family}-$`) : source.includes(`'${name}'`),
    )
    expect(saying).not.toEqual([])
    const slots = slotsOf(words.get(name) ?? fail(name))
    for (const slot of name === 'problem' ? [] : slots)
      expect(saying.some((source) => new RegExp(`\\b${slot}\\b`).test(source))).toBe(true)
  })

  test('titles are short enough for a notification', () => {
    for (const [name, { title, fields, buttons }] of words) {
      expect([...title.replace(/\{[a-zA-Z]+\}/g, '')].length, name).toBeLessThanOrEqual(16)
      for (const { label } of fields) expect([...label].length, name).toBeLessThanOrEqual(5)
      for (const { text } of buttons) expect([...text].length, name).toBeLessThanOrEqual(10)
    }
  })

  test('an empty row is left out, a missing value is an error of ours', () => {
    const small = parseWords({
      probe: { title: '{a}', fields: [{ label: '甲', value: '{b}' }], text: '{b}' },
    })
    expect(fill(small, 'probe', { a: '一', b: ' ' })).toEqual({
      name: 'probe',
      title: '一',
      fields: [],
      buttons: [],
    })
    expect(() => fill(small, 'probe', { a: '一' })).toThrow('{b}')
    expect(() => fill(small, 'none', {})).toThrow('none')
    expect(() => parseWords({ probe: { title: '', colour: 'red' } })).toThrow('colour')
  })
})

describe('problems', () => {
  const all = Object.entries(PROBLEMS) as [ProblemName, (typeof PROBLEMS)[ProblemName]][]

  test('each has a code of its own and says what to do', () => {
    expect(new Set(all.map(([, { code }]) => code)).size).toBe(all.length)
    for (const [, { code }] of all) expect(code).toMatch(/^D\d{3}$/)
  })

  test.each(all)('%s is told with its code and nothing left open', (name, { code }) => {
    const slots = new Proxy({}, { get: () => '某某' })
    const { title, cure } = problemText(name, slots)
    expect(cure.endsWith(`（${code}）`)).toBe(true)
    expect(`${title}${cure}`).not.toMatch(/[{}]/)
  })

  test('a slot without a value is an error of ours', () => {
    expect(() => problemText('too-long', {})).toThrow('limit')
  })
})

const fail = (name: string): never => {
  throw new Error(name)
}
