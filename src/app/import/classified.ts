// Rows marked 涉密 never enter the system: finds the marks, wherever a clerk may have put them.

const yesNoMarks = new Set(['classified', 'secret', '涉密', '是否涉密', '涉密项目'])
const levelMarks = new Set(['密级', '保密级别', '保密等级'])
const saysNo = new Set(['', '否', '不', '不是', '无', '非涉密', '不涉密', 'no', 'n', 'false', '0'])
const saysPublic = new Set([...saysNo, '公开', '主动公开', '依申请公开', '内部', '普通', '非密'])

// In a name or note: （涉密）某项目, 【机密】…
const markInText = /[（([【〔<《]\s*(涉密|秘密|机密|绝密)/

/** True when the value carries a mark at any depth. A mark that can't be read counts as one: the safe mistake is the refusal. */
export function isClassified(value: unknown): boolean {
  if (typeof value === 'string') return markInText.test(value)
  if (Array.isArray(value)) return value.some(isClassified)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, entry]) => isMark(key, entry) || isClassified(entry))
}

function isMark(key: string, value: unknown): boolean {
  const name = key.trim().toLowerCase()
  const said = String(value ?? '')
    .trim()
    .toLowerCase()
  if (yesNoMarks.has(name)) return !saysNo.has(said)
  return levelMarks.has(name) && !saysPublic.has(said)
}

/** The top level of a file is marked, as opposed to one of its rows. */
export function isMarkedAsWhole(top: object): boolean {
  return Object.entries(top).some(([key, value]) => isMark(key, value))
}
