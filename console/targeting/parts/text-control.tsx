import type { TextComparison } from '#protocol/comparison.ts'
import { useWords } from '../../words.ts'
import { useBuilder } from '../builder-context.ts'
import type { Suggested } from '../slots.ts'
import { isClosed } from '../suggestions.ts'
import { InlineSelect } from './inline-select.tsx'
import { InlineText } from './inline-text.tsx'
import { NamesControl } from './names-control.tsx'

interface TextControlProps {
  readonly value: TextComparison
  readonly onChange: (value: TextComparison) => void
  readonly suggested?: Suggested | undefined
}

const OPS = ['equals', 'oneOf', 'contains', 'starts', 'ends', 'glob', 'regex'] as const
const MAX_CHARS = 500
const MAX_REGEX_CHARS = 200

/** “contains “/sale””, “is one of Spain, Italy”. */
export function TextControl({ value: test, onChange, suggested }: TextControlProps) {
  const { t } = useWords()
  const ops = [
    ...OPS.map((op) => ({ value: op, label: t(`text.${op}`) })),
    ...(['isSet', 'isNotSet'] as const).map((op) => ({ value: op, label: t(`is.${op}`) })),
  ]
  return (
    <>
      <InlineSelect
        label={t('slot.comparison')}
        value={test.op}
        options={ops}
        onChange={(op) => onChange(withTextOp(test, op))}
      />
      <TextOperand value={test} onChange={onChange} suggested={suggested} />
    </>
  )
}

/** The text, the texts or the pattern behind the comparison. */
export function TextOperand({ value: test, onChange, suggested }: TextControlProps) {
  const { t } = useWords()
  const { suggestions } = useBuilder()
  const offered = suggestions.of(suggested)
  return (
    <>
      {test.op === 'oneOf' && (
        <NamesControl
          values={test.values}
          suggested={suggested}
          onChange={(values) => onChange({ ...test, values: [...values] })}
        />
      )}
      {test.op === 'equals' && isClosed(suggested) && (
        <InlineSelect
          label={t('slot.value')}
          value={test.value}
          options={offered}
          prompt={t('slot.choose')}
          onChange={(value) => onChange({ ...test, value })}
        />
      )}
      {'value' in test && !(test.op === 'equals' && isClosed(suggested)) && (
        <InlineText
          label={t('slot.value')}
          value={test.value}
          suggestions={offered}
          maxLength={MAX_CHARS}
          onInput={(value) => onChange({ ...test, value })}
        />
      )}
      {'pattern' in test && (
        <InlineText
          label={t('slot.pattern')}
          value={test.pattern}
          maxLength={test.op === 'regex' ? MAX_REGEX_CHARS : MAX_CHARS}
          isCode
          placeholder={test.op === 'glob' ? '/sale/*' : ''}
          onInput={(pattern) => onChange({ ...test, pattern })}
        />
      )}
    </>
  )
}

/** Another comparison with the same text. */
export function withTextOp(test: TextComparison, op: string): TextComparison {
  const text = textOf(test)
  switch (op) {
    case 'equals':
    case 'contains':
    case 'starts':
    case 'ends':
      return { op, value: text }
    case 'oneOf':
      return { op, values: text === '' ? [] : [text] }
    case 'glob':
    case 'regex':
      return { op, pattern: text }
    case 'isSet':
    case 'isNotSet':
      return { op }
    default:
      return test
  }
}

function textOf(test: TextComparison): string {
  if ('value' in test) return test.value
  if ('pattern' in test) return test.pattern
  return 'values' in test ? (test.values[0] ?? '') : ''
}
