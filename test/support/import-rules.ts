// Who may import whom: core ← app ← {channels, store, files, documents, web, sandbox} ← commands ← main.
import type { IFlattenedRuleSet } from 'dependency-cruiser'

type Rule = NonNullable<IFlattenedRuleSet['forbidden']>[number]

const CHANNELS = ['channels/wecom', 'channels/dingtalk']
const SIBLINGS = [...CHANNELS, 'store', 'files', 'documents', 'web', 'sandbox']

/** Files right in `channels/`, beside the platforms' folders. */
const SHARED_BY_CHANNELS = '^src/channels/[^/]+\\.ts$'

const LIBRARIES_OF_CORE = 'node_modules/(temporal-polyfill|zod|pinyin-pro)/'

/** Files of `from` may import those of our own files that match one of `allowed`, and any library. */
function only(name: string, from: string, ...allowed: string[]): Rule {
  return {
    name,
    severity: 'error',
    from: { path: from },
    to: { path: '^(src|test|prisma)/', pathNot: allowed },
  }
}

const sibling = (folder: string): Rule =>
  only(
    `${folder} knows core and app, none of its siblings`,
    `^src/${folder}/`,
    `^src/${folder}/`,
    '^src/(core|app)/',
    ...(CHANNELS.includes(folder) ? [SHARED_BY_CHANNELS] : []),
    ...(folder === 'store' ? ['^src/generated/'] : []),
  )

export const importRules: Rule[] = [
  {
    name: 'core imports only core and three pure libraries',
    severity: 'error',
    from: { path: '^src/core/' },
    to: { pathNot: ['^src/core/', LIBRARIES_OF_CORE] },
  },
  only('app knows core only', '^src/app/', '^src/(core|app)/'),
  ...SIBLINGS.map(sibling),
  only('what channels share knows no platform', SHARED_BY_CHANNELS, SHARED_BY_CHANNELS, '^src/(core|app)/'),
  only('config knows core only', '^src/config\\.ts$', '^src/core/'),
  only('commands know everything but main', '^src/commands/', '^src/(?!main\\.ts$|generated/)'),
  only('main picks a command', '^src/main\\.ts$', '^src/(commands/|config\\.ts$)'),
  {
    name: 'no circles at run time',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/generated/' },
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'every import leads somewhere',
    severity: 'error',
    from: { path: '^src/', pathNot: '^src/generated/' },
    to: { couldNotResolve: true },
  },
]
