import type { WordKey } from './words.js'

export const zh: Record<WordKey, string> = {
  'calendar.cancelled': '已取消：{title}',
  'calendar.silence': '默许程序截止：{title}',
  'calendar.report': '报告到期：{title}',
  'agenda.title': '临时议程和工作方案',
  'agenda.corrigendum': '更正',
  'agenda.correction': '“{before}”应改为“{after}”。',
  'agenda.place': '{title}，{when}，{venue}',
  'mail.choose': '选择接收哪些通知',
  'mail.stop': '停止所有邮件',
  'mail.digest': '新消息：{count}',
  'mail.until': '截止时间：{when}',
}
