// The people and chats of the imitated platforms, from the same directory that the product uses.
import type { Directory } from '../../core/people/directory.ts'
import type { Chat, Persona } from '../../sandbox/world.ts'

export type Cast = { readonly personas: readonly Persona[]; readonly chats: readonly Chat[] }

/** Everybody has written to the bot once before; groups hold whoever works in their units, or everybody where they name none. */
export function castOf(directory: Directory): Cast {
  const personas = directory.people.flatMap((person) =>
    person.accounts.map(
      ({ channel, id }): Persona => ({ platform: channel, account: id, name: person.name, hasSpoken: true }),
    ),
  )
  const direct = personas.map(
    ({ platform, account, name }): Chat => ({
      platform,
      id: account,
      kind: 'direct',
      title: name,
      members: [account],
    }),
  )
  const groups = directory.groups.map(
    (group): Chat => ({
      platform: group.channel,
      id: group.chatId,
      kind: 'group',
      title: group.name,
      members: personas
        .filter(
          ({ platform, account }) => platform === group.channel && isMember(directory, group.units, account),
        )
        .map(({ account }) => account),
    }),
  )
  return { personas, chats: [...groups, ...direct] }
}

function isMember(directory: Directory, units: readonly string[], account: string): boolean {
  if (units.length === 0) return true
  const person = directory.people.find(({ accounts }) => accounts.some(({ id }) => id === account))
  const posts = directory.holdings.filter((holding) => holding.person === person?.key).map(({ post }) => post)
  return directory.posts.some((post) => posts.includes(post.key) && units.includes(post.unit))
}
