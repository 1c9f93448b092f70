import type { NumberComparison, TextComparison, ValueComparison } from '#protocol/comparison.ts'
import { useWords } from '../../words.ts'
import { useBuilder } from '../builder-context.ts'
import type { Suggested } from '../slots.ts'
import { isClosed } from '../suggestions.ts'
import { InlineNumber } from './inline-number.tsx'
import { InlineSelect } from './inline-select.tsx'
import { InlineText } from './inline-text.tsx'
import { NamesControl } from './names-control.tsx'
import { NumberOperand, withOp } from './number-control.tsx'
import { TextOperand, withTextOp } from './text-control.tsx'
import { TimeOperand } from './time-control.tsx'

interface ValueControlProps {
  readonly value: ValueComparison
  readonly onChange: (value: ValueComparison) => void
  readonly suggested?: Suggested | undefined
  /** Its type is known. */
  readonly isText?: boolean
}

const TEXT_OPS = ['contains', 'starts', 'ends', 'glob', 'regex'] as const
const NUMBER_OPS = ['atLeast', 'greater', 'atMost', 'less', 'between'] as const
const TIME_OPS = ['before', 'after', 'last'] as const
const MAX_CHARS = 500
/** A value's type decides what it equals: the text `5` is no number. */
const TYPES = ['text', 'number', 'boolean'] as const

/** For values whose type the shop chose. */
export function ValueControl(props: ValueControlProps) {
  const { value: test, onChange } = props
  const { t } = useWords()
  const ops = [
    { value: 'equals', label: t('text.equals') },
    { value: 'oneOf', label: t('text.oneOf') },
    { value: 'includes', label: t('text.includes') },
    ...TEXT_OPS.map((op) => ({ value: op, label: t(`text.${op}`) })),
    ...NUMBER_OPS.map((op) => ({ value: op, label: t(`is.${op}`) })),
    ...TIME_OPS.map((op) => ({ value: op, label: t(`value.${op}`) })),
    ...(['isSet', 'isNotSet'] as const).map((op) => ({ value: op, label: t(`is.${op}`) })),
  ]
  return (
    <>
      <InlineSelect
        label={t('slot.comparison')}
        value={test.op}
        options={ops}
        onChange={(op) => onChange(withValueOp(test, op))}
      />
      <Operand {...props} />
    </>
  )
}

/** What it is compared with; its own comparison is chosen before it. */
function Operand({ value: test, onChange, suggested, isText = false }: ValueControlProps) {
  switch (test.op) {
    case 'equals':
    case 'includes':
      return (
        <ScalarControl
          value={test.value}
          suggested={suggested}
          isText={isText}
          onChange={(value) => onChange({ ...test, value })}
        />
      )
    case 'oneOf':
      return (
        <NamesControl
          values={test.values.map(String)}
          suggested={suggested}
          onChange={(values) => onChange({ ...test, values: kept(test.values, values) })}
        />
      )
    case 'contains':
    case 'starts':
    case 'ends':
    case 'glob':
    case 'regex':
      return (
        <TextOperand
          value={test}
          onChange={(next) => onChange(ofText(next))}
          suggested={suggested}
        />
      )
    case 'greater':
    case 'atLeast':
    case 'less':
    case 'atMost':
    case 'between':
      return <NumberOperand value={test} least={-Infinity} onChange={onChange} />
    case 'before':
    case 'after':
    case 'last':
      return <TimeOperand value={test} onChange={onChange} />
    case 'isSet':
    case 'isNotSet':
      return null
  }
}

type Scalar = string | number | boolean

function ScalarControl(props: {
  readonly value: Scalar
  readonly onChange: (value: Scalar) => void
  readonly suggested: Suggested | undefined
  readonly isText: boolean
}) {
  const { value, onChange, suggested, isText } = props
  const { t } = useWords()
  const { suggestions } = useBuilder()
  const type = typeof value === 'string' ? 'text' : typeof value
  const offered = suggestions.of(suggested)
  return (
    <>
      {!isClosed(suggested) && !(isText && type === 'text') && (
        <InlineSelect
          label={t('slot.type')}
          value={type}
          options={TYPES.map((it) => ({ value: it, label: t(`type.${it}`) }))}
          onChange={(next) => onChange(ofType(value, next))}
        />
      )}
      {typeof value === 'string' && isClosed(suggested) && (
        <InlineSelect
          label={t('slot.value')}
          value={value}
          options={offered}
          prompt={t('slot.choose')}
          onChange={onChange}
        />
      )}
      {typeof value === 'string' && !isClosed(suggested) && (
        <InlineText
          label={t('slot.value')}
          value={value}
          suggestions={offered}
          maxLength={MAX_CHARS}
          onInput={onChange}
        />
      )}
      {typeof value === 'number' && (
        <InlineNumber label={t('slot.value')} value={value} onChange={onChange} />
      )}
      {typeof value === 'boolean' && (
        <InlineSelect
          label={t('slot.value')}
          value={String(value)}
          options={[
            { value: 'true', label: t('value.true') },
            { value: 'false', label: t('value.false') },
          ]}
          onChange={(text) => onChange(text === 'true')}
        />
      )}
    </>
  )
}

function ofType(value: Scalar, type: string): Scalar {
  if (type === 'boolean') return value === true || value === 'true'
  if (type !== 'number') return String(value)
  const number = Number(value)
  return Number.isFinite(number) ? number : 0
}

/** Those that were numbers or flags stay so. */
function kept(before: readonly Scalar[], texts: readonly string[]): Scalar[] {
  return texts.map((text) => before.find((it) => String(it) === text) ?? text)
}

/** Another comparison, with the same value where it can have it. */
function withValueOp(test: ValueComparison, op: string): ValueComparison {
  const scalar = scalarOf(test)
  const text = typeof scalar === 'string' ? scalar : String(scalar)
  switch (op) {
    case 'equals':
    case 'includes':
      return { op, value: scalar }
    case 'oneOf':
      return { op, values: scalar === '' ? [] : [scalar] }
    case 'before':
    case 'after':
      return { op, at: startOfToday() }
    case 'last':
      return { op, window: { last: 30, unit: 'days' } }
  }
  const asText: TextComparison = { op: 'equals', value: text }
  const asNumber: NumberComparison = {
    op: 'equals',
    value: typeof scalar === 'number' ? scalar : 1,
  }
  const isOfNumbers = NUMBER_OPS.some((it) => it === op)
  return isOfNumbers ? withOp(asNumber, op) : ofText(withTextOp(asText, op))
}

/** Every comparison of texts is one of values. */
function ofText(test: TextComparison): ValueComparison {
  return test.op === 'oneOf' ? { op: test.op, values: test.values } : test
}

function scalarOf(test: ValueComparison): Scalar {
  if ('value' in test) return test.value
  if ('values' in test) return test.values[0] ?? ''
  if ('pattern' in test) return test.pattern
  return test.op === 'between' ? test.from : ''
}

function startOfToday(): number {
  return new Date().setHours(0, 0, 0, 0)
}
