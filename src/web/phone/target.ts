// Where a visitor goes once he is signed in: to a page of ours, whatever the address asked for.

/** Printable ASCII without a backslash, which browsers read as a slash. */
const PATH = /^\/[\x21-\x5b\x5d-\x7e]{0,600}$/

/** The asked path when it lies below `home` and is no sign-in itself, else `home`. Never another host. */
export function targetOf(home: string, asked: unknown): string {
  if (typeof asked !== 'string' || !PATH.test(asked)) return home
  const here = 'http://here'
  if (!URL.canParse(asked, here)) return home
  const { origin, pathname, search } = new URL(asked, here)
  const isOurs = origin === here && pathname.startsWith(home) && !pathname.startsWith(`${home}log`)
  return isOurs ? pathname + search : home
}
