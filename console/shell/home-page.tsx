import { PageFrame } from '../ui/page-frame.tsx'
import { useWords } from '../words.ts'

export function Page() {
  const { t } = useWords()
  return <PageFrame title={t('home.title')}>{null}</PageFrame>
}
