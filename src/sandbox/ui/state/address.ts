// The open chat in the page's address, after the #: a reload keeps it, and a phone's back key leaves it.

/** Writes a chat's key, or nothing; the same key again leaves no trace in the history. */
export function addressChat(key: string): void {
  if (addressedChat() !== key) window.location.hash = encodeURIComponent(key)
}

/** The key in the address, empty when there is none or it can't be read. */
export function addressedChat(): string {
  try {
    return decodeURIComponent(window.location.hash.slice(1))
  } catch {
    return ''
  }
}
