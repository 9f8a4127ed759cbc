// 我的任务 as a phone page: what is owed, nearest due first, and what was handed in lately.
import type { MyRecord, MyTask, MyTasks } from '../../app/my-tasks.ts'
import type { Calendar } from '../../core/calendar/workdays.ts'
import { dueText, leftText, momentText, workdaysLate } from '../../core/message/compose/phrases.ts'
import { type PageFrame, whole } from './frame.ts'
import { type Html, html } from './html.ts'

/** `logout`: where the button for that sends to. */
export function tasksPage(frame: PageFrame, tasks: MyTasks, calendar: Calendar, logout: string): string {
  const { person, open, done } = tasks
  const late = open.filter(({ task }) => frame.now > task.dueAt).length
  const count =
    open.length === 0 ? '没有待办' : `${open.length}项待办${late > 0 ? `，其中${late}项已逾期` : ''}`
  return whole(
    frame,
    '我的任务',
    html`<header><h1>我的任务</h1><p>${person.name}：${count}</p></header>
${open.length === 0 && html`<div class="box good"><h2>现在没有要办的任务</h2><p>有新任务会在对话里告诉您。</p></div>`}
${open.map((task) => openItem(task, calendar, frame))}
${done.length > 0 && html`<h2 class="part">最近报送</h2>${done.map(doneItem)}`}
<form method="post" action="${logout}"><button type="submit" class="plain">退出登录</button></form>`,
  )
}

function openItem(
  { task, title, unit, url, insteadOf }: MyTask,
  calendar: Calendar,
  { now }: PageFrame,
): Html {
  const isLate = now > task.dueAt
  const left = isLate ? `已逾期${workdaysLate(task, calendar, now)}个工作日` : leftText(task, calendar, now)
  return html`<a class="item${isLate && ' late'}" href="${url}"><b>${title}</b>
<span class="small">截止：${dueText(task.dueAt)}，<em>${left}</em><br>${unit}${insteadOf && `，代${insteadOf}办理`}</span></a>
`
}

function doneItem({ title, unit, at, late, url }: MyRecord): Html {
  const body = html`<b>✔ ${title}</b><span class="small">${momentText(at)}报送${late && '（逾期）'}，${unit}</span>`
  return url === undefined
    ? html`<div class="item done">${body}</div>`
    : html`<a class="item done" href="${url}">${body}</a>`
}
