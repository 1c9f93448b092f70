import { NumberField } from '../../experiences/parts/number-field.tsx'
import { CheckField } from '../../ui/field.tsx'
import { useWords } from '../../words.ts'
import type { OptionsProps } from './options-props.ts'

const USUAL_SECONDS = 120

/** Who gets a chat, and what becomes of one that nobody answers. */
export function RoutingOptions({ options, change }: OptionsProps) {
  const { t } = useWords()
  const seconds = options.offerAgainSeconds
  return (
    <>
      <NumberField
        name="chats-per-operator"
        label={t('channel.chats_per_operator')}
        hint={t('channel.chats_per_operator.hint')}
        value={options.chatsPerOperator}
        min={1}
        max={50}
        onChange={(many) => change({ chatsPerOperator: Math.round(many) })}
      />
      <CheckField
        name="offers-again"
        label={t('channel.offers_again')}
        hint={t('channel.offers_again.hint')}
        isChecked={seconds !== null}
        onChange={(isOn) => change({ offerAgainSeconds: isOn ? USUAL_SECONDS : null })}
      />
      {seconds !== null && (
        <NumberField
          name="offer-again-seconds"
          label={t('channel.offer_again_seconds')}
          value={seconds}
          min={15}
          max={3_600}
          onChange={(next) => change({ offerAgainSeconds: Math.round(next) })}
        />
      )}
      <CheckField
        name="rejoins"
        label={t('channel.rejoins')}
        hint={t('channel.rejoins.hint')}
        isChecked={options.rejoins}
        onChange={(rejoins) => change({ rejoins })}
      />
      <CheckField
        name="asks-rating"
        label={t('channel.asks_rating')}
        isChecked={options.asksRating}
        onChange={(asksRating) => change({ asksRating })}
      />
      <CheckField
        name="takes-files"
        label={t('channel.takes_files')}
        hint={t('channel.takes_files.hint')}
        isChecked={options.takesFiles}
        onChange={(takesFiles) => change({ takesFiles })}
      />
    </>
  )
}
