// Conversations in which somebody asks for something, of us or of somebody else: more time, another person, a look, an answer.
import { press, say, type Talk } from './talk-script.ts'

const PAPER = '报送动员部署文件'

export const REQUESTS: readonly Talk[] = [
  {
    about: 'an extension granted on the owner’s card',
    duty: 'paper',
    steps: [
      say(
        'liaison',
        '申请延期到6月18日，材料还在走签批',
        ['liaison', '延期申请已送', '申请延至6月18日'],
        ['officer', `延期申请：${PAPER}`, '材料还在走签批'],
      ),
      press(
        'officer',
        '同意',
        '延期申请',
        ['officer', '已同意延期', '首次截止6月10日不变'],
        ['liaison', '同意延期至6月18日', '首次截止6月10日'],
      ),
      say('liaison', '已报送', ['liaison', '已登记，请核对']),
    ],
  },
  {
    about: 'an extension to another date, which the owner says in words',
    duty: 'paper',
    steps: [
      say('liaison', '申请延期到6月18日', ['liaison', '延期申请已送'], ['officer', '延期申请']),
      press('officer', '另定日期', '延期申请', ['officer', '请回复新的截止日期']),
      say('officer', '再说吧', ['officer', '没看出是哪一天']),
      say('officer', '6月16日', ['officer', '已同意延期'], ['liaison', '同意延期至6月16日']),
    ],
  },
  {
    about: 'an extension refused with a reason, and asked again',
    duty: 'paper',
    steps: [
      say('liaison', '申请延期到6月18日', ['liaison', '延期申请已送'], ['officer', '延期申请']),
      press('officer', '不同意', '延期申请', ['officer', '请回复不同意的理由']),
      say(
        'officer',
        '省里等着汇总，不能再晚',
        ['officer', '未同意延期'],
        ['liaison', '没有同意延期', '省里等着汇总'],
      ),
      say('liaison', '申请延期到6月11日', ['liaison', '延期申请已送'], ['officer', '申请延至：6月11日']),
    ],
  },
  {
    about: 'an extension whose date is missing, chosen by a button',
    duty: 'paper',
    steps: [
      say('liaison', '申请延期，还在会签', ['liaison', '请问延到哪一天？']),
      press(
        'liaison',
        '6月18日',
        '请问延到哪一天',
        ['liaison', '延期申请已送', '申请延至6月18日'],
        ['officer', '申请延至：6月18日', '还在会签'],
      ),
      press('officer', '同意', '延期申请', ['officer', '已同意延期'], ['liaison', '同意延期至6月18日']),
    ],
  },
  {
    about: 'an extension whose date is missing, told in words after a wrong one',
    duty: 'paper',
    steps: [
      say('liaison', '申请延期，还在会签', ['liaison', '请问延到哪一天？']),
      say('liaison', '6月8日', ['liaison', '这个日期不比现在的晚']),
      say('liaison', '6月17日', ['liaison', '延期申请已送'], ['officer', '申请延至：6月17日']),
    ],
  },
  {
    about: 'a duty handed to the one who was named, who then does it',
    duty: 'paper',
    steps: [
      say(
        'liaison',
        '不是我负责，找{clerk}',
        ['liaison', '改派申请已送'],
        ['head', `改派申请：${PAPER}`, '找{clerk}'],
      ),
      press(
        'head',
        '改派给{clerk}',
        '改派申请',
        ['head', '已改派', '由{clerk}负责'],
        ['clerk', `新任务：${PAPER}`],
        ['liaison', '已改派给{clerk}'],
      ),
      press('clerk', '已报送', '新任务', ['clerk', '已登记，请核对']),
    ],
  },
  {
    about: 'a name that comes after 不是我负责, and a head who keeps the holder',
    duty: 'paper',
    steps: [
      say(
        'liaison',
        '这项工作不是我负责',
        ['liaison', '改派申请已送', '请回复“找”加全名'],
        ['head', '改派申请'],
      ),
      say('liaison', '找{clerk}', ['liaison', '改派申请已送'], ['head', '改派申请', '{clerk}']),
      press('head', '仍由', '改派申请', ['head', '不改派'], ['liaison', '仍由您负责']),
    ],
  },
  {
    about: 'a registration asked for piece by piece, and confirmed by the head',
    duty: 'registration',
    steps: [
      say('liaison', '登记联络员', ['liaison', '还差联络员姓名、联系电话']),
      say('liaison', '何丽，办公室主任', ['liaison', '还差联系电话', '何丽']),
      say(
        'liaison',
        '电话 13800001234',
        ['liaison', '已登记，请核对', '13800001234'],
        ['head', '请确认联络员', '何丽', '办公室主任'],
      ),
      press('head', '确认', '请确认联络员', ['head', '已确认'], ['liaison', '联络员登记已确认：何丽']),
    ],
  },
  {
    about: 'a registration returned with a reason, and another one',
    duty: 'registration',
    steps: [
      say(
        'liaison',
        '登记 联络员何丽 职务办公室主任 电话13800001234',
        ['liaison', '已登记，请核对'],
        ['head', '请确认联络员'],
      ),
      press('head', '退回', '请确认联络员', ['head', '请回复退回的理由']),
      say(
        'head',
        '请换一位副科级干部',
        ['head', '已退回：登记联络员'],
        ['liaison', '联络员登记被退回', '请换一位副科级干部'],
      ),
      say(
        'liaison',
        '登记 李明 副科长 13900005678',
        ['liaison', '已登记，请核对'],
        ['head', '请确认联络员', '李明'],
      ),
    ],
  },
  {
    about: 'leave whose stand-in is asked for; he answers, and it is taken back',
    duty: 'paper',
    steps: [
      say('liaison', '请假，6月7日到6月11日', ['liaison', '请问由谁代理？', '6月7日到6月11日']),
      press(
        'liaison',
        '{clerk}',
        '请问由谁代理',
        ['liaison', '已登记代理：{clerk}'],
        ['clerk', '请您代理', '现有1项未办'],
        ['head', '请{clerk}代理'],
      ),
      say('clerk', '已报送', ['clerk', '已登记，请核对'], ['liaison', '已代您报送']),
      say('liaison', '取消代理', ['liaison', '代理已结束'], ['clerk', '代理已结束']),
    ],
  },
  {
    about: 'leave asked for piece by piece',
    duty: 'paper',
    steps: [
      say('liaison', '我要请假', ['liaison', '还差起止日期、代理人']),
      say('liaison', '6月7日到6月11日', ['liaison', '请问由谁代理？', '6月7日到6月11日']),
      say(
        'liaison',
        '由{clerk}代',
        ['liaison', '已登记代理：{clerk}'],
        ['clerk', '请您代理'],
        ['head', '请{clerk}代理'],
      ),
    ],
  },
  {
    about: 'a complaint, which goes to the leader',
    duty: 'paper',
    steps: [
      say('liaison', '我要投诉', ['liaison', '请写明要投诉什么']),
      say(
        'liaison',
        '周末也发消息',
        ['liaison', '投诉已登记', '已转给'],
        ['leader', '有人投诉督办工作', '周末也发消息'],
      ),
      say('liaison', '不该问我', ['liaison', '投诉已登记'], ['leader', '不该问我']),
    ],
  },
  {
    about: 'three helpful answers a day, then a person is told',
    duty: 'paper',
    steps: [
      say('liaison', '食堂几点开饭', ['liaison', '没看懂，还没有登记']),
      say('liaison', '哈哈哈哈', ['liaison', '没看懂，还没有登记']),
      say('liaison', '食堂在哪', ['liaison', '没看懂，还没有登记']),
      say(
        'liaison',
        '到底怎么弄',
        ['liaison', '先不用再发，会有人联系您'],
        ['officer', '打个电话', '食堂几点开饭', '到底怎么弄'],
      ),
    ],
  },
  {
    about: 'an acknowledgement by button is no progress; the same card still takes the report',
    duty: 'paper',
    steps: [
      press('liaison', '收到', '新任务', ['liaison', '已记下您收到了', '收到不等于报送']),
      say('liaison', '还没有完成，正在走流程', ['liaison', '已记下']),
      press('liaison', '已报送', '新任务', ['liaison', `已登记，请核对：${PAPER}`]),
    ],
  },
  {
    about: 'questions answered from the record, before and after a report',
    duty: 'two months',
    steps: [
      say('liaison', '{one}什么时候截止', ['liaison', '截止时间', '{one}·项目进展月报：6月8日截止']),
      say('liaison', '{one}累计1.2亿', ['liaison', '已登记，请核对：{one}']),
      say('liaison', '{one}上个月报了多少', ['liaison', '以前报的数', '累计完成投资：1.2亿元']),
      say('liaison', '凭什么要我报', ['liaison', '为什么由您填报', '责任：']),
    ],
  },
]
