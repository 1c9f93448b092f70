import type { FormModel } from '../form-model.ts'
import { Button } from '../../ui/button.tsx'
import { FormEnd } from '../../ui/form.tsx'
import { useWords } from '../../words.ts'

/** At the end of a form of settings: nothing to press while nothing was changed. */
export function FormActions<Fields extends object>({ form }: { readonly form: FormModel<Fields> }) {
  const { t } = useWords()
  const isChanged = form.isChanged.value
  return (
    <FormEnd>
      <Button type="submit" kind="primary" isBusy={form.isBusy.value} isDisabled={!isChanged}>
        {t('ui.save')}
      </Button>
      {isChanged && (
        <Button kind="quiet" onClick={form.discard}>
          {t('settings.discard')}
        </Button>
      )}
    </FormEnd>
  )
}
