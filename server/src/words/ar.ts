import type { WordKey } from './words.js'

export const ar: Record<WordKey, string> = {
  'calendar.cancelled': 'ملغاة: {title}',
  'calendar.silence': 'انتهاء إجراء الموافقة الصامتة: {title}',
  'calendar.report': 'موعد تقديم التقرير: {title}',
  'agenda.title': 'جدول الأعمال المؤقت وبرنامج العمل',
  'agenda.corrigendum': 'تصويب',
  'agenda.correction': 'يستعاض عن «{before}» بما يلي: «{after}».',
  'agenda.place': '{title}، {when}، {venue}',
  'mail.choose': 'اختيار ما تُبلَّغون به',
  'mail.stop': 'إيقاف جميع الرسائل البريدية',
  'mail.digest': 'مستجدات: {count}',
  'mail.until': 'حتى {when}',
}
