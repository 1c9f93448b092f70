import { useEffect, useMemo } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { FormEnd } from '../../ui/form.tsx'
import { Icon } from '../../ui/icon.tsx'
import { useWords } from '../../words.ts'

interface RecoveryCodesProps {
  readonly codes: readonly string[]
  readonly onDone: () => void
}

/** The only time they are seen. */
export function RecoveryCodes({ codes, onDone }: RecoveryCodesProps) {
  const { t } = useWords()
  const text = codes.join('\n')
  const file = useMemo(
    () => URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/plain' })),
    [text],
  )
  useEffect(() => () => URL.revokeObjectURL(file), [file])
  return (
    <>
      <p>{t('second_factor.codes.text')}</p>
      <ol class="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div class="recovery-actions">
        <CopyButton text={text} label={t('second_factor.codes.copy')} />
        <a class="button" href={file} download={t('second_factor.codes.file')}>
          <Icon name="download" />
          {t('second_factor.codes.download')}
        </a>
      </div>
      <FormEnd>
        <Button kind="primary" onClick={onDone}>
          {t('second_factor.codes.done')}
        </Button>
      </FormEnd>
    </>
  )
}
