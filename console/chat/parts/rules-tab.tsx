import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Channel } from '#protocol/chat-channels.ts'
import type { ChannelRules, ChatRule } from '#protocol/chat-rules.ts'
import { CHANNELS_PATH, SHOP_PATH } from '#protocol/names.ts'
import type { ShopAnswer } from '#protocol/shop.ts'
import { useReading } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { faultText, type FormFault } from '../../settings/faults.ts'
import { FormActions } from '../../settings/parts/form-actions.tsx'
import { useSettingsForm } from '../../settings/use-settings-form.ts'
import { Button } from '../../ui/button.tsx'
import { Empty } from '../../ui/empty.tsx'
import { SelectField } from '../../ui/field.tsx'
import { Form } from '../../ui/form.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Notice } from '../../ui/notice.tsx'
import { say } from '../../ui/toasts.tsx'
import { CHATBOTS, rulesPath } from '../addresses.ts'
import { replaceRules, type Items } from '../requests.ts'
import { inserted, MAX_RULES, moved, NEW_RULE, replaced, shadowOf, without } from '../rule-list.ts'
import { ruleSentence, type NamedBot } from '../rule-sentence.ts'
import { useRuleWords, type RuleWords } from '../rule-words.ts'
import { RuleDialog } from './rule-dialog.tsx'
import { RuleRow } from './rule-row.tsx'
import { RulesTester } from './rules-tester.tsx'
import '../rules.css'

interface RulesTabProps {
  readonly channel: Channel
  readonly mayEdit: boolean
}

/** What the channel's launcher does on which page, in order, and who would see what. */
export function RulesTab({ channel, mayEdit }: RulesTabProps) {
  const rules = useReading<ChannelRules>(rulesPath(channel.id))
  return (
    <Loaded reading={rules} rows={4}>
      {(found) => <RulesEditor key={channel.id} {...{ channel, mayEdit, found }} />}
    </Loaded>
  )
}

interface Fields {
  readonly rules: readonly ChatRule[]
  readonly isLauncherShown: boolean | null
}

function RulesEditor({ channel, mayEdit, found }: RulesTabProps & { found: ChannelRules }) {
  const words = useRuleWords()
  const { r, t } = words
  const { may } = useSession()
  const { id } = channel
  const { version, knowsCountries } = found
  const bots = useReading<Items<NamedBot>>(CHATBOTS).value?.items ?? []
  const shop = useReading<ShopAnswer>(may('shop', 'read') ? SHOP_PATH : undefined)
  // Of what is being changed: whatever is read meanwhile, another's change is not saved over.
  const versionRef = useRef(version)
  const form = useSettingsForm<Fields>({
    stored: {
      // In one order of their fields, by which forms know what was changed.
      rules: found.rules.map((rule) => ({ ...NEW_RULE, ...rule })),
      isLauncherShown: found.isLauncherShown,
    },
    save: (fields) => replaceRules({ id, version: versionRef.current, ...fields }),
    renews: [CHANNELS_PATH],
  })
  const isChanged = form.isChanged.value
  useEffect(() => {
    if (!isChanged) versionRef.current = version
  }, [isChanged, version])
  const { rules, isLauncherShown } = form.fields.value
  const set = (next: readonly ChatRule[]) => form.write('rules', next)
  /** The place of the rule in the dialog; that of the next: a new one. */
  const [edited, setEdited] = useState<number | undefined>(undefined)
  const [told, setTold] = useState('')
  const root = useRef<HTMLDivElement>(null)
  const focusAtRef = useRef<number | undefined>(undefined)

  // The handle goes with its rule, and the focus with the handle.
  useLayoutEffect(() => {
    if (focusAtRef.current === undefined) return
    root.current?.querySelectorAll<HTMLElement>('.grip')[focusAtRef.current]?.focus()
    focusAtRef.current = undefined
  })

  function move(from: number, to: number): void {
    if (to < 0 || to >= rules.length) return
    focusAtRef.current = to
    set(moved(rules, from, to))
    setTold(r('moved', { place: to + 1, of: rules.length }))
  }

  function remove(at: number): void {
    const rule = rules[at]
    if (rule === undefined) return
    focusAtRef.current = Math.min(at, rules.length - 2)
    set(without(rules, at))
    say(r('removed'), {
      // What else was changed since stays.
      undo: () => set(inserted(form.fields.value.rules, at, rule)),
    })
  }

  function duplicate(at: number): void {
    const rule = rules[at]
    if (rule === undefined || rules.length >= MAX_RULES) return
    focusAtRef.current = at + 1
    set(inserted(rules, at + 1, rule))
    setTold(r('duplicated'))
  }

  const isAdding = edited === rules.length
  return (
    <div class="rules" ref={root}>
      {!knowsCountries && rules.some(({ countries }) => countries.length > 0) && (
        <Notice tone="warn" title={r('warn.geo')}>
          <p>{r('warn.geo.text')}</p>
        </Notice>
      )}
      <Form onSubmit={() => void form.save()} isBusy={form.isBusy.value}>
        <p class="control-hint">{r('intro')}</p>
        {rules.length === 0 ? (
          <Empty title={r('none')} text={r('none.text')} />
        ) : (
          <ol class="rule-list" aria-label={r('list')}>
            {rules.map((rule, at) => (
              <RuleRow
                // What is in a place changes, the place stays: the focus is put where it belongs above.
                key={at}
                at={at}
                sentence={ruleSentence(rule, { ...words, bots })}
                warning={warningOf(rules, at, r)}
                isFixed={!mayEdit}
                onOpen={() => setEdited(at)}
                onMove={move}
                onDuplicate={() => duplicate(at)}
                onRemove={() => remove(at)}
              />
            ))}
          </ol>
        )}
        {mayEdit &&
          (rules.length < MAX_RULES ? (
            <span>
              <Button icon="plus" onClick={() => setEdited(rules.length)}>
                {r('add')}
              </Button>
            </span>
          ) : (
            <p class="control-hint">{r('many', { n: MAX_RULES })}</p>
          ))}
        <SelectField
          name="otherwise"
          label={r('otherwise')}
          isRequired
          isDisabled={!mayEdit}
          value={OTHERWISE.find(([, value]) => value === isLauncherShown)?.[0] ?? 'auto'}
          options={OTHERWISE.map(([value]) => ({ value, label: r(`otherwise.${value}`) }))}
          onChange={(chosen) =>
            form.write(
              'isLauncherShown',
              OTHERWISE.find(([value]) => value === chosen)?.[1] ?? null,
            )
          }
        />
        {mayEdit && (
          <div class="rule-save">
            {isChanged && <p class="control-hint">{r('unsaved')}</p>}
            <FormActions form={form} />
            <p class="control-fault" role="alert">
              {faultOf(form.fault.value, words)}
            </p>
          </div>
        )}
        <output class="visually-hidden">{told}</output>
      </Form>
      <RulesTester {...{ channel, rules, isLauncherShown, bots }} />
      <RuleDialog
        isOpen={edited !== undefined}
        title={r(isAdding ? 'dialog.new' : 'dialog.edit')}
        rule={rules[edited ?? -1] ?? NEW_RULE}
        channelId={id}
        bots={bots}
        languages={shop.value?.languages ?? [words.language]}
        onClose={() => setEdited(undefined)}
        onDone={(rule) => {
          if (edited === undefined) return
          set(isAdding ? [...rules, rule] : replaced(rules, edited, rule))
          if (isAdding) setTold(r('added'))
          setEdited(undefined)
        }}
      />
    </div>
  )

  function faultOf(fault: FormFault | undefined, own: RuleWords): string | undefined {
    if (fault?.refused?.refusal === 'conflict') return r('changed')
    const [, place, why] = /rules\.(\d+)\.\w+: (.*)/.exec(fault?.refused?.detail ?? '') ?? []
    if (place !== undefined) return r('fault.rule', { n: Number(place) + 1, why: why ?? '' })
    return faultText(fault, fault?.field, { ...own, t })
  }
}

const OTHERWISE = [
  ['auto', null],
  ['show', true],
  ['hide', false],
] as const

function warningOf(rules: readonly ChatRule[], at: number, r: RuleWords['r']): string | undefined {
  const rule = rules[at]
  const shadow = shadowOf(rules, at)
  if (shadow !== undefined) return r('warn.never', { n: shadow + 1 })
  const isMute = rule?.action === 'notify' && Object.keys(rule.texts).length === 0
  return isMute ? r('warn.no_text') : undefined
}
