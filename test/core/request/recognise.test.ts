// Handing a duty off, complaining, and the buttons that decide.
import { expect, test } from 'vitest'
import { instantOf } from '../../../src/core/calendar/civil.ts'
import { readComplaint } from '../../../src/core/request/complaint.ts'
import { readHandOff } from '../../../src/core/request/reassign.ts'
import { decisionKey, decisionOf, type Request } from '../../../src/core/request/types.ts'

const NOW = instantOf('2021-04-26', '10:00')

test.each([
  ['不是我负责，找何丽', 'none', { named: '何丽' }],
  ['不是我负责', 'none', {}],
  ['这事找李建工', 'none', { named: '李建工' }],
  ['我已经调走了', 'none', {}],
  ['不归我管，找康定市局长', 'none', { named: '康定市局长' }],
  ['这块不是我负责，找何丽', 'monthly-progress', { named: '何丽' }],
] as const)('%s for %s hands off', (text, form, expected) => {
  expect(readHandOff(text, { form }, NOW)).toEqual(expected)
})

test.each([
  ['材料已交给王科长', 'none'],
  ['已联系李主任，文件已报送', 'none'],
  ['本阶段成立专班，由张局长负责，召开动员会2次', 'stage-report'],
  ['本月完成320万，累计1.5亿，征地找何丽协调', 'monthly-progress'],
  ['收到', 'none'],
] as const)('%s for %s does not', (text, form) => {
  expect(readHandOff(text, { form }, NOW)).toBeUndefined()
})

test.each([
  ['投诉：天天催，一件事发三遍', '天天催，一件事发三遍'],
  ['我要投诉', ''],
  ['不该问我', '不该问我'],
  ['别再催我了', '别再催我了'],
  ['群众投诉3件，已办结', undefined],
  ['已报送', undefined],
])('%s complains: %s', (text, expected) => {
  expect(readComplaint(text)).toBe(expected)
})

test('a button names the request, what was asked and the choice', () => {
  const request = { id: '12', revision: 2 } as Request
  expect(decisionKey('grant', request)).toBe('grant:12:2')
  expect(decisionOf('grant:12:2')).toEqual({ verb: 'grant', id: '12', revision: 2 })
  expect(decisionOf(decisionKey('assign', request, 3))).toEqual({
    verb: 'assign',
    id: '12',
    revision: 2,
    choice: 3,
  })
  for (const other of ['ack', 'choose:12', 'grant', 'grant:x:1', 'grant:1'])
    expect(decisionOf(other)).toBeUndefined()
})
