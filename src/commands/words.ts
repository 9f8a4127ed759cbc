// Reads the words of cards/ at start; a broken file stops the start, not a message.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parse } from 'yaml'
import { parseWords, type Words } from '../core/message/words.ts'

/** The folder of the installation: the same from src/ and from dist/. */
export const INSTALLATION = path.join(import.meta.dirname, '../..')

export const loadWords = (): Words =>
  parseWords(parse(readFileSync(path.join(INSTALLATION, 'cards/messages.yaml'), 'utf8')))
