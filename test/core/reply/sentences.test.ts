// What liaisons write in all their moods is read as it was meant.
import { describe, expect, it } from 'vitest'
import { read } from '../../../src/core/reply/read.ts'
import { faults } from './compare.ts'
import { sentences } from './fixtures.ts'

const ALL = sentences()

describe('sentences', () => {
  it('are many, of every intent', () => {
    expect(ALL.length).toBeGreaterThanOrEqual(1030)
    expect([...new Set(ALL.map(({ intent }) => intent))].sort((a, b) => a.localeCompare(b))).toEqual([
      'ack',
      'correction',
      'delegate',
      'extension',
      'no-change',
      'other',
      'question',
      'rectified',
      'report',
    ])
  })

  it('stand once each, in a file of their intent', () => {
    const keys = ALL.map(({ text, context }) => JSON.stringify([text, context]))
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([])
    expect(ALL.filter(({ name, intent }) => !name.startsWith(intent)).map(({ name }) => name)).toEqual([])
  })

  it('are read without a fault', () => {
    expect(ALL.flatMap((wanted) => faults(wanted, read(wanted.text, wanted.context)))).toEqual([])
  })

  it('give for every value words of the message', () => {
    for (const { text, context } of ALL) {
      for (const { fields } of read(text, context).reports) {
        for (const { source } of Object.values(fields)) {
          expect(source.length, text).toBeGreaterThan(0)
          // A source joined from two places names both.
          for (const part of source.split('；')) expect(part.length, text).toBeGreaterThan(0)
        }
      }
    }
  })

  it('are read alike every time', () => {
    const once = ALL.map(({ text, context }) => JSON.stringify(read(text, context)))
    const again = [...ALL].reverse().map(({ text, context }) => JSON.stringify(read(text, context)))
    expect(again.reverse()).toEqual(once)
  })
})
