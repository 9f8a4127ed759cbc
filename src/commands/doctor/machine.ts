// The machine and the settings: free disk, clock, addresses.
import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import path from 'node:path'
import { bad, type Finding, good } from '../../app/finding.ts'
import type { Config } from '../../config.ts'
import { formatInstant, type Instant } from '../../core/calendar/civil.ts'

const GIB = 1024 ** 3
const LEAST_FREE_GIB = 1

/** Free space where the data lives; of a folder that does not exist yet, of the nearest one above it. */
export async function freeDisk(directory: string, leastGib: number = LEAST_FREE_GIB): Promise<Finding> {
  let place = path.resolve(directory)
  while (!existsSync(place)) place = path.dirname(place)
  const { bavail, bsize } = await statfs(place)
  const free = (bavail * bsize) / GIB
  const seen = `${place} 还剩 ${free.toFixed(1)} GB`
  if (free >= leastGib) return good('磁盘', seen)
  return bad('磁盘', seen, `清理磁盘或换一个目录（DUBAN_DATA），至少留出 ${leastGib} GB`)
}

/** A rehearsal's clock is wrong on purpose, and must not be left in by accident. */
export function rehearsal({ startAt }: Config): Finding[] {
  if (startAt === undefined) return []
  return [
    bad(
      '演练时间',
      `时钟从 ${formatInstant(startAt)} 走起`,
      '正式使用前删去 .env 里的 DUBAN_NOW，再重新启动',
    ),
  ]
}

/** Half of what WeCom and DingTalk tolerate in signed requests is time enough to be warned. */
const MOST_SKEW_MS = 60_000

/** `theirs`: the Date header of a platform's answer. Signatures and tokens fail when both clocks differ by minutes. */
export function clockSkew(platform: string, theirs: Instant, ours: Instant): Finding {
  const seconds = Math.round((ours - theirs) / 1000)
  const check = `时钟（${platform}）`
  if (Math.abs(ours - theirs) <= MOST_SKEW_MS) return good(check, `相差 ${Math.abs(seconds)} 秒`)
  return bad(
    check,
    `本机比平台${seconds > 0 ? '快' : '慢'} ${Math.abs(seconds)} 秒`,
    '在本机打开自动对时（NTP），如 timedatectl set-ntp true',
  )
}
