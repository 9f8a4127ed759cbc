// Commands as an operator runs them: what is wrong is said in one Chinese sentence with its cure, without a stack, and nothing is written.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { programFile } from '../support/programs.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'duban-command-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
})

type Ended = { readonly code: number; readonly stdout: string; readonly stderr: string }

async function run(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const child = spawn(process.execPath, ['--liftoff-only', await programFile('duban'), ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, DUBAN_DATA: path.join(folder, 'data'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ])
  return { code: code as number, stdout, stderr }
}

function isExplained({ code, stderr }: Ended, ...words: readonly string[]): void {
  expect(code).toBe(1)
  for (const word of words) expect(stderr).toContain(word)
  expect(stderr).not.toMatch(/\n\s+at /)
}

const WECOM = { WECOM_BOT_ID: 'bot', WECOM_BOT_SECRET: 'secret', WECOM_WS_URL: 'ws://127.0.0.1:9' }

describe('commands', { timeout: 120_000 }, () => {
  test('serve without a platform, and with a wrong configuration', async () => {
    isExplained(await run(['serve']), '还没有接入任何平台', 'npm run demo')
    isExplained(
      await run(['serve'], { PORT: 'eighty', DATABASE_URL: 'mysql://somewhere', WECOM_BOT_ID: 'bot' }),
      '配置有2处问题',
      'PORT',
      'DATABASE_URL',
    )
    expect(await readdir(folder)).toEqual([])
  })

  test('a wrong DATABASE_URL names the place and the cure, never the password', async () => {
    const wrong = { DATABASE_URL: 'postgresql://duban:geheim@127.0.0.1:9/duban' }
    const ended = await run(['forecast', '--from', '2021-04-12', '--to', '2021-04-30'], wrong)
    isExplained(ended, '127.0.0.1:9')
    expect(ended.stderr).not.toContain('geheim')
    expect(ended.stderr).toMatch(/[\u4e00-\u9fff]/)
  })

  test('a taken port', async () => {
    const server = net.createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as net.AddressInfo
    isExplained(await run(['serve'], { ...WECOM, PORT: String(port) }), String(port), '端口')
    isExplained(await run(['demo'], { PORT: String(port) }), String(port), '端口')
  })

  test('dates that do not exist', async () => {
    isExplained(await run(['forecast', '--from', '2021-02-30', '--to', '2021-04-30']), '--from', '2021-02-30')
  })

  test('an import in which two people share an account names it and keeps the rest', async () => {
    const file = path.join(folder, 'people.yaml')
    await writeFile(
      file,
      `units:
  - { key: kangding, name: 康定市经信局 }
people:
  - { key: zhang, name: 康定市联络员, wecom: kangding }
  - { key: li, name: 泸定县联络员, wecom: KANGDING }
  - { key: wang, name: 丹巴县联络员, wecom: danba }
`,
    )
    const ended = await run(['import', file])
    expect(ended.code).toBe(1)
    expect(ended.stdout).toContain('people.yaml')
    expect(ended.stdout).toMatch(/KANGDING/i)
    expect(`${ended.stdout}${ended.stderr}`).not.toMatch(/\n\s+at /)
    const again = await run(['import', file, '--dry-run'])
    expect(again.stdout).not.toContain('danba')
  })
})
