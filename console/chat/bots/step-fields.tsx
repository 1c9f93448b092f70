import { saidIn } from '#protocol/bot-script.ts'
import type { ChatbotAnswer, ChatbotStep } from '#protocol/chatbots.ts'
import { Button } from '../../ui/button.tsx'
import { CheckField, SelectField, TextField } from '../../ui/field.tsx'
import { useWords } from '../../words.ts'
import {
  ANSWER_CHARS,
  ATTRIBUTE_CHARS,
  LEADS,
  MOST_ANSWERS,
  POTENTIAL,
  TEXT_CHARS,
} from './bounds.ts'
import { useBotWords } from './bot-words.ts'
import { newAnswer, textWith, withAnswer, type Question } from './script.ts'

interface StepFieldsProps {
  readonly step: ChatbotStep
  readonly at: number
  readonly language: string
  /** Those before it. */
  readonly questions: readonly Question[]
  readonly onChange: (step: ChatbotStep) => void
}

/** All of one step: what it says, what it asks for, when it comes, what it means. */
export function StepFields(props: StepFieldsProps) {
  const { step, at, language, questions, onChange } = props
  const b = useBotWords()
  return (
    <>
      <TextField
        name={`text-${at}`}
        label={b('text')}
        rows={3}
        maxLength={TEXT_CHARS}
        value={step.text[language] ?? ''}
        placeholder={saidIn(step.text, [language])}
        onInput={(text) => onChange({ ...step, text: textWith(step.text, language, text) })}
        isRequired
      />
      {step.kind === 'question' && <Answers {...props} step={step} />}
      {'attribute' in step && (
        <TextField
          name={`attribute-${at}`}
          label={b('attribute')}
          hint={b('attributeHint')}
          maxLength={ATTRIBUTE_CHARS}
          isCode
          value={step.attribute ?? ''}
          onInput={(typed) => onChange({ ...step, attribute: typed.trim() || null })}
        />
      )}
      {questions.length > 0 && (
        <fieldset class="bot-when">
          <legend>{b('when')}</legend>
          <p class="control-hint">
            {b(Object.keys(step.when).length === 0 ? 'always' : 'whenHint')}
          </p>
          {questions.map((question) => (
            <fieldset class="bot-when-question" key={question.id}>
              <legend dir="auto">{saidIn(question.text, [language])}</legend>
              {question.answers.map(({ id: answer, text }) => (
                <CheckField
                  key={answer}
                  name={`when-${at}-${question.id}-${answer}`}
                  label={saidIn(text, [language])}
                  isChecked={step.when[question.id]?.includes(answer) === true}
                  onChange={(isWanted) =>
                    onChange(withAnswer(step, { question: question.id, answer, isWanted }))
                  }
                />
              ))}
            </fieldset>
          ))}
        </fieldset>
      )}
      <details class="bot-more" open={step.leadState !== null || step.potential !== null}>
        <summary>{b('qualify')}</summary>
        <Qualification
          name={`step-${at}`}
          labels={[b('lead'), b('potential')]}
          value={step}
          onChange={(changed) => onChange({ ...step, ...changed })}
        />
      </details>
    </>
  )
}

interface AnswersProps extends StepFieldsProps {
  readonly step: Question
}

function Answers({ step, at, language, onChange }: AnswersProps) {
  const b = useBotWords()
  const { answers } = step
  const put = (place: number, changed: Partial<ChatbotAnswer>) =>
    onChange({
      ...step,
      answers: answers.map((one, other) => (other === place ? { ...one, ...changed } : one)),
    })
  return (
    <fieldset class="bot-answers">
      <legend>{b('answers')}</legend>
      {answers.map((answer, place) => {
        const n = place + 1
        return (
          <div class="bot-answer" key={answer.id}>
            <TextField
              name={`answer-${at}-${n}`}
              label={b('answer', { n })}
              maxLength={ANSWER_CHARS}
              value={answer.text[language] ?? ''}
              placeholder={saidIn(answer.text, [language])}
              onInput={(text) => put(place, { text: textWith(answer.text, language, text) })}
              isRequired
            >
              {answers.length > 1 && (
                <Button
                  kind="quiet"
                  icon="close"
                  name={b('removeAnswer', { n })}
                  onClick={() =>
                    onChange({ ...step, answers: answers.filter((_, other) => other !== place) })
                  }
                />
              )}
            </TextField>
            <details class="bot-more" open={isMore(answer)}>
              <summary aria-label={`${b('more')}: ${b('answer', { n })}`}>{b('more')}</summary>
              <TextField
                name={`link-${at}-${n}`}
                label={b('link', { n })}
                hint={b('linkHint')}
                type="url"
                maxLength={2048}
                value={answer.url ?? ''}
                onInput={(url) => put(place, { url: url.trim() || null })}
                fault={isLink(answer.url) ? undefined : b('fault.link')}
              />
              <Qualification
                name={`answer-${at}-${n}`}
                labels={[b('leadOf', { n }), b('potentialOf', { n })]}
                value={answer}
                onChange={(changed) => put(place, changed)}
              />
            </details>
          </div>
        )
      })}
      {answers.length < MOST_ANSWERS && (
        <Button
          icon="plus"
          onClick={() =>
            onChange({ ...step, answers: [...answers, newAnswer(answers.map(({ id }) => id))] })
          }
        >
          {b('addAnswer')}
        </Button>
      )}
    </fieldset>
  )
}

function isMore({ url, leadState, potential }: ChatbotAnswer): boolean {
  return url !== null || leadState !== null || potential !== null
}

function isLink(url: string | null): boolean {
  return url === null || (/^https?:\/\//.test(url) && URL.canParse(url))
}

type Qualified = Pick<ChatbotAnswer, 'leadState' | 'potential'>

interface QualificationProps {
  readonly name: string
  readonly labels: readonly [lead: string, potential: string]
  readonly value: Qualified
  readonly onChange: (changed: Partial<Qualified>) => void
}

function Qualification({ name, labels, value, onChange }: QualificationProps) {
  const { t } = useWords()
  const b = useBotWords()
  const unchanged = { value: '', label: b('unchanged') }
  return (
    <div class="channel-pair">
      <SelectField
        name={`lead-${name}`}
        label={labels[0]}
        value={value.leadState ?? ''}
        options={[
          unchanged,
          ...LEADS.map((one) => ({ value: one, label: t(`inbox.lead.${one}`) })),
        ]}
        onChange={(chosen) => onChange({ leadState: LEADS.find((one) => one === chosen) ?? null })}
      />
      <SelectField
        name={`potential-${name}`}
        label={labels[1]}
        value={value.potential ?? ''}
        options={[
          unchanged,
          ...POTENTIAL.map((one) => ({ value: one, label: t(`inbox.potential.${one}`) })),
        ]}
        onChange={(chosen) =>
          onChange({ potential: POTENTIAL.find((one) => one === chosen) ?? null })
        }
      />
    </div>
  )
}
