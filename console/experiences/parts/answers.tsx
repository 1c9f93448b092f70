import type { Experience, Submission } from '#protocol/experiences.ts'
import { useReading } from '../../queries.ts'
import { useSession } from '../../session.ts'
import { Ago } from '../../ui/ago.tsx'
import { BarTable } from '../../ui/bar-table.tsx'
import { useWords } from '../../words.ts'
import { questionsIn, wordsIn, type Question } from '../answers-in.ts'
import { readIn } from '../local-texts.ts'
import { experiencePath } from '../requests.ts'

/** The most of one page of the server's. */
const READ = 200
const SHOWN_WORDS = 20

/** What was answered in its form, of the newest answers. */
export function Answers({ experience }: { readonly experience: Experience }) {
  const { t } = useWords()
  const { may } = useSession()
  const { id, content } = experience
  const asks = questionsIn(content, []).length > 0 && may('customers', 'read')
  const reading = useReading<{ readonly items: readonly Submission[] }>(
    asks ? `${experiencePath(id)}/submissions?limit=${READ}` : undefined,
  )
  const submissions = reading.value?.items ?? []
  const questions = questionsIn(content, submissions).filter(({ count }) => count > 0)
  if (questions.length === 0) return null
  const written = wordsIn(content, submissions).slice(0, SHOWN_WORDS)
  return (
    <section class="answers" aria-label={t('answers.title')}>
      <h2>{t('answers.title')}</h2>
      <p class="editor-hint">{t('answers.of', { n: submissions.length })}</p>
      {questions.map((question) => (
        <Answered key={question.name} question={question} />
      ))}
      {written.length > 0 && (
        <ul class="answers-words" aria-label={t('answers.words')}>
          {written.map(({ answer, text }) => (
            <li key={answer.id}>
              <p dir="auto">{text}</p>
              <Ago at={answer.at} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Answered({ question }: { readonly question: Question }) {
  const { t, number, language } = useWords()
  const { score, choices } = question
  const label = readIn(question.label, language)
  return (
    <div class="answers-question">
      {score !== undefined && (
        <p class="answers-score">
          <strong>{number(score)}</strong> {t('answers.score')}
        </p>
      )}
      <BarTable
        label={label}
        title={label}
        rows={choices}
        keyOf={({ value }) => value}
        nameOf={(choice) => readIn(choice.label, language)}
        lengthOf={({ count }) => count}
        columns={[{ key: 'count', title: t('answers.count'), cell: ({ count }) => number(count) }]}
      />
    </div>
  )
}
