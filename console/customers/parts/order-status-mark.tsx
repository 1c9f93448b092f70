import type { OrderStatus } from '#protocol/customers.ts'
import { StateMark, type StateTone } from '../../settings/parts/state-mark.tsx'
import { useWords } from '../../words.ts'

const TONES: Partial<Record<OrderStatus, StateTone>> = {
  cancelled: 'bad',
  returned: 'warn',
}

export function OrderStatusMark({ status }: { readonly status: OrderStatus }) {
  const { t } = useWords()
  return <StateMark tone={TONES[status] ?? 'good'} text={t(`orders.status.${status}`)} />
}
