// The one table of what can go wrong for a person in a conversation: a code, what happened, and what to do about it.

export type ProblemWords = { readonly code: string; readonly title: string; readonly cure: string }

/** {slots} are filled where the problem is told. Codes never change their meaning; they are what people read out on the phone. */
export const PROBLEMS = {
  'unknown-sender': {
    code: 'D101',
    title: '还不认识您，本条没有登记',
    cure: '请把编号 {account} 报给督办办公室登记，之后再发一次。',
  },
  'unknown-group': {
    code: 'D102',
    title: '本群还没有登记',
    cure: '请督办办公室把群编号 {chat} 加入名册；现在请到与我的对话里报送。',
  },
  'empty-text': { code: 'D103', title: '没有收到内容', cure: '请写上办理情况再发，例如：1 已报送。' },
  'too-long': {
    code: 'D104',
    title: '内容太长，没有登记',
    cure: '一条请不超过{limit}字；材料请用文件报送，这里只写办理情况。',
  },
  unsupported: { code: 'D105', title: '这种消息我看不懂', cure: '请用文字写明办理情况；{what}暂不能登记。' },
  'card-unknown': { code: 'D106', title: '这张卡片已经失效', cure: '请回复“我的任务”，从新卡片办理。' },
  'already-done': { code: 'D107', title: '这一步已经办过了', cure: '{what}，不用再点。' },
  'not-entitled': {
    code: 'D108',
    title: '这项任务不在您名下',
    cure: '应由{who}办理；要由您代办，请先办理委托。',
  },
  'task-closed': {
    code: 'D109',
    title: '该任务已经办结：{title}',
    cure: '本条没有登记。确需修改请联系督办办公室。',
  },
  'not-understood': {
    code: 'D110',
    title: '没看懂，还没有登记',
    cure: '{how}',
  },
  'no-such-number': { code: 'D111', title: '没有第{number}项', cure: '请回复“我的任务”，看清序号再发。' },
  'handed-to-person': {
    code: 'D112',
    title: '还是没看准，已转给督办办公室',
    cure: '您已报的内容都保留着，会有人与您联系，不用重复发送。',
  },
  'undo-too-late': {
    code: 'D113',
    title: '现在不能撤回了',
    cure: '“{title}”只能在登记后5分钟内撤回。要改请回复“更正：……”，原来的一版会保留备查。',
  },
  'person-will-call': {
    code: 'D114',
    title: '先不用再发，会有人联系您',
    cure: '您今天发的内容已转给督办办公室，由工作人员与您电话联系。',
  },
  'month-over': {
    code: 'D115',
    title: '没有收到文字，本条没有登记',
    cure: '平台本月用量已满，消息到这里只剩空壳。请用手机表单填报，或请督办办公室购买用量后再发。',
  },
  'not-decider': { code: 'D121', title: '这件事不由您决定', cure: '应由{who}决定，已经送给他了。' },
  'until-past': {
    code: 'D122',
    title: '这个日期已经过了',
    cure: '{date}已经过去。请写一个以后的日期，如：5月20日。',
  },
  'until-not-later': {
    code: 'D123',
    title: '这个日期不比现在的晚',
    cure: '现在的截止时间是{due}，{date}不晚于它。请写更晚的日期。',
  },
  'until-unknown-year': {
    code: 'D124',
    title: '{year}年还定不了日期',
    cure: '{year}年的放假和上班安排还没有公布。请先定到{last}年年底以前。',
  },
  'date-not-read': {
    code: 'D125',
    title: '没看出是哪一天',
    cure: '请写明日期，如：5月20日；不办了请回复“算了”。',
  },
  'nobody-to-decide': {
    code: 'D126',
    title: '没有人可以批',
    cure: '督办办公室还没有登记可以联系的人，本条没有登记。请直接与督办办公室电话联系。',
  },
  'nobody-named': {
    code: 'D127',
    title: '名册里没有找到{name}',
    cure: '只能由本单位登记在册的人代理。请写全名；还没登记的，请督办办公室先加入名册。',
  },
  'no-post': { code: 'D128', title: '您名下没有岗位', cure: '没有岗位就没有要代理的任务，不用办理。' },
  'period-wrong': {
    code: 'D129',
    title: '代理的起止日期不对',
    cure: '{what}。请重新写明，如：7月1日到7月5日由×××代。',
  },
  'no-stand-in': { code: 'D130', title: '您现在没有代理人', cure: '没有要取消的代理。' },
  'no-registration': {
    code: 'D131',
    title: '您名下没有联络员登记任务',
    cure: '本条没有登记。联络员有变动，请联系督办办公室。',
  },
  'no-such-record': {
    code: 'D132',
    title: '没有找到要更正的数',
    cure: '没有{what}的报送，本条没有登记。请写明项目和月份，如：更正：供水工程4月累计1.52亿。',
  },
  'reported-already': {
    code: 'D133',
    title: '已经报过，这几个数没有登记',
    cure: '{what}。要改或补充，请回复“更正：”加项目名和数。',
  },
  'nothing-to-repeat': {
    code: 'D134',
    title: '没有上期的数，还没有登记',
    cure: '{title}是第一次报，没有可以照抄的数。请直接报数，如：累计完成投资1.5亿，形象进度64%。',
  },
  'stranger-project': {
    code: 'D135',
    title: '看着不是您名下的项目，没有登记',
    cure: '您名下等着报的是{names}。是它的数，请写上项目名再报一次。',
  },
  'link-broken': {
    code: 'D201',
    title: '这个链接打不开',
    cure: '链接可能不完整。请回到与我的对话，从最新的任务卡片重新点开；也可以直接在对话里回复办理情况。',
  },
  'link-expired': {
    code: 'D202',
    title: '这个链接已经过期',
    cure: '请在与我的对话里回复“我的任务”，从新的卡片办理。',
  },
  'link-not-yours': {
    code: 'D203',
    title: '这项任务现在不在您名下',
    cure: '现由{who}负责，请由他从自己的卡片打开；要由您代办，请先办理委托。',
  },
  'form-too-large': {
    code: 'D204',
    title: '内容太多，没有登记',
    cure: '请返回上一页精简文字后再交；材料请用文件报送。',
  },
  'form-foreign': {
    code: 'D205',
    title: '没有登记',
    cure: '请回到与我的对话，从任务卡片打开表单，在那个页面里提交。',
  },
  'sign-in-none': {
    code: 'D211',
    title: '这里还不能登录',
    cure: '{platform}的网页登录还没有接通。请从与我的对话里最新的任务卡片打开表单，或直接在对话里回复办理情况。',
  },
  'sign-in-outsider': {
    code: 'D212',
    title: '没有登录：不是本单位的{platform}成员',
    cure: '请换用本单位的{platform}账号打开；账号没有错的，请联系督办办公室核对通讯录。',
  },
  'sign-in-unknown': {
    code: 'D213',
    title: '还不认识您，没有登录',
    cure: '请把您的{platform}账号 {account} 报给督办办公室登记，登记后再打开本页。',
  },
  'sign-in-again': {
    code: 'D214',
    title: '没有登录成功',
    cure: '登录码只能用一次，五分钟内有效，这一个已经不能用了。请重新登录。',
  },
  'sign-in-state': {
    code: 'D215',
    title: '没有登录成功',
    cure: '这次登录不是从本页开始的，或者已经超过十分钟。请重新登录。',
  },
  'sign-in-refused': {
    code: 'D216',
    title: '{platform}没有同意登录',
    cure: '请把这句话转给管理员：{cure}。急着报送的，请直接在与我的对话里回复。',
  },
  'sign-in-later': {
    code: 'D217',
    title: '{platform}没有应答，还没有登录',
    cure: '请过几分钟再试；急着报送的，请直接在与我的对话里回复。',
  },
  'our-fault': {
    code: 'D900',
    title: '系统出了问题，本条还没有登记',
    cure: '内容已保存，值班人员会处理；急事请直接联系督办办公室。',
  },
} as const satisfies Record<string, ProblemWords>

export type ProblemName = keyof typeof PROBLEMS

/** The title and cure of a problem, its code last. A slot without a value is an error of ours and throws. */
export function problemText(
  name: ProblemName,
  slots: Readonly<Record<string, string>>,
): { title: string; cure: string } {
  const put = (text: string): string =>
    text.replace(/\{([a-z]+)\}/g, (_, slot: string) => {
      const value = slots[slot]
      if (value === undefined) throw new Error(`problem "${name}" has no value for {${slot}}`)
      return value
    })
  const { code, title, cure } = PROBLEMS[name]
  return { title: put(title), cure: `${put(cure)}（${code}）` }
}
