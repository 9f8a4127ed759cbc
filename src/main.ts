#!/usr/bin/env node
// The `duban` command: picks a command, nothing else.
import { existsSync } from 'node:fs'
import { Command } from 'commander'
import type { Config } from './config.ts'

if (existsSync('.env')) process.loadEnvFile('.env')

const { readConfig } = await import('./config.ts')
const { createLog } = await import('./commands/log.ts')
const { explain } = await import('./commands/explain.ts')

const config = (): Config => readConfig(process.env)
const log = (level?: Config['logLevel']) => createLog(level ?? config().logLevel)

const program = new Command('duban')
  .description('督办助手：企业微信和钉钉工作群里的督办机器人')
  .helpOption('-h, --help', '显示帮助')

program
  .command('serve')
  .description('正式运行')
  .action(async () => (await import('./commands/serve.ts')).serve(config(), log()))

program
  .command('demo')
  .description('不用账号试用：模拟两个平台和整个办公室')
  .option('--story', '在终端里自动演完整个方案')
  .option('--quiet', '只打印总结')
  .action(async (options: { story?: true; quiet?: true }) => {
    const { demo, story } = await import('./commands/demo/demo.ts')
    if (options.story) process.exitCode = await story(process.env, { quiet: options.quiet === true })
    else await demo(process.env)
  })

program
  .command('import')
  .description('导入单位、人员、群、项目和方案（YAML）')
  .argument('[paths...]', '文件或文件夹')
  .option('--dry-run', '只看会改什么，不写入')
  .option('--schema', '打印格式的 JSON Schema')
  .action(async (paths: string[], options: { dryRun?: true; schema?: true }) => {
    const { printImportSchema, runImport } = await import('./commands/import.ts')
    if (options.schema) return printImportSchema()
    const { UsageError } = await import('./commands/explain.ts')
    if (paths.length === 0)
      throw new UsageError('请写明要导入的文件或文件夹，例如：duban import 名册.yaml 方案.yaml --dry-run')
    process.exitCode = await runImport(config(), log('warn'), paths, { dryRun: options.dryRun === true })
  })

program
  .command('forecast')
  .description('若无人报送，将会发出哪些消息')
  .requiredOption('--from <日期>', '起始日期，如 2021-04-12')
  .requiredOption('--to <日期>', '截止日期（含）')
  .option('--json', '每行一个 JSON 对象')
  .action(async (options: { from: string; to: string; json?: true }) => {
    const { runForecast } = await import('./commands/forecast.ts')
    const { checkedDate } = await import('./commands/explain.ts')
    const range = { from: checkedDate(options.from, '--from'), to: checkedDate(options.to, '--to') }
    await runForecast(config(), log('warn'), { ...range, json: options.json === true })
  })

program
  .command('ledger')
  .description('导出台账。punctuality：报送时效，每份报告按时、逾期或未报，得分和理由')
  .argument('<名称>', '台账名称，如 punctuality')
  .option('--out <文件>', '写入 .csv 文件，Excel 可直接打开（.xlsx 以后提供）；不写则打印在屏幕上')
  .option('--as-of <日期>', '截至哪一天（含），如 2021-05-31；不写则到现在')
  .action(async (name: string, options: { out?: string; asOf?: string }) => {
    const { runLedger } = await import('./commands/ledger.ts')
    const { checkedDate } = await import('./commands/explain.ts')
    const asOf = options.asOf === undefined ? {} : { asOf: checkedDate(options.asOf, '--as-of') }
    const out = options.out === undefined ? {} : { out: options.out }
    await runLedger(config(), log('warn'), name, { ...out, ...asOf })
  })

program
  .command('reply')
  .description('读懂回复：标准输入每行一个 JSON，标准输出每行一个结果')
  .option('--json', '按 JSON 行读写（目前唯一的方式）')
  .action(async () => (await import('./commands/reply.ts')).runReply(process.stdin, process.stdout))

program
  .command('audit')
  .description('审计')
  .command('verify')
  .description('核对记录链是否被改动')
  .action(async () => {
    process.exitCode = await (await import('./commands/audit.ts')).verifyAudit(config(), log('warn'))
  })

program
  .command('doctor')
  .description('自检：凭证、可信IP、回调、权限、卡片模板、群和人员、时钟、数据库、日历、磁盘')
  .action(async () => {
    process.exitCode = await (await import('./commands/doctor/doctor.ts')).runDoctor(config(), log('silent'))
  })

program
  .command('bench')
  .description('性能测量')
  .argument('[name]', '只测一项')
  .action(async (name: string | undefined) =>
    (await import('./commands/bench/bench.ts')).bench(name, process.env),
  )

try {
  await program.parseAsync()
} catch (error) {
  process.stderr.write(`${explain(error)}\n`)
  process.exitCode = 1
}
