import type { ExperienceInput } from '#protocol/experiences.ts'
import type { SqliteConnection } from '#server/db/sqlite-connection.ts'
import { TEMPLATES } from '#server/experiences/templates/templates.ts'

const EXPERIENCES = 50
const DAYS = 365
/** Of so many events one is a form that was sent, one a goal that was reached. */
const EVENTS_A_FORM = 50
const EVENTS_A_GOAL = 25
const DAY_MS = 86_400_000

/** Experiences as a shop may have them, to be sent to the server. */
export function benchExperiences(): ExperienceInput[] {
  return Array.from({ length: EXPERIENCES }, (_, at) => {
    const template = TEMPLATES[at % TEMPLATES.length]
    if (template === undefined) throw new Error('There is no template')
    return { ...template.experience, key: `bench-${at}`, state: 'draft' }
  })
}

/** What would have come of them in a year of so many events. */
export function fillExperienceHistory(connection: SqliteConnection, events: number): void {
  const ids = connection
    .prepare<[], { id: number; shop: number }>(
      `SELECT id, shop_id AS shop FROM experiences WHERE key LIKE 'bench-%' ORDER BY id`,
    )
    .all()
  const now = Date.now()
  const at = (place: number, of: number) => now - Math.floor((place / of) * DAYS) * DAY_MS
  const one = (place: number) => ids[place % ids.length] ?? { id: 0, shop: 0 }
  connection.exec('BEGIN')
  const day = connection.prepare(
    `INSERT INTO experience_days (shop_id, experience_id, variant_id, day_on, impressions, clicks,
      closes, submissions, conversions) VALUES (?, ?, 'a', ?, 100, 20, 30, 5, 5)`,
  )
  for (const { id, shop } of ids) {
    for (let back = 0; back < DAYS; back += 1) {
      day.run(shop, id, new Date(now - back * DAY_MS).toISOString().slice(0, 10))
    }
  }
  const goal = connection.prepare(
    `INSERT INTO conversions (shop_id, experience_id, variant_id, reached_key, at, amount, currency)
     VALUES (?, ?, 'a', ?, ?, 1990, 'EUR')`,
  )
  const goals = Math.ceil(events / EVENTS_A_GOAL)
  for (let n = 0; n < goals; n += 1) {
    goal.run(one(n).shop, one(n).id, `order ${n}`, at(n, goals))
  }
  const form = connection.prepare(
    `INSERT INTO form_submissions (shop_id, submission_id, experience_id, variant_id, visitor_row,
      fields, url, at) VALUES (?, randomblob(16), ?, 'a', NULL, ?, 'https://shop.example/', ?)`,
  )
  const forms = Math.ceil(events / EVENTS_A_FORM)
  for (let n = forms; n > 0; n -= 1) {
    const fields = JSON.stringify({ nps: String(n % 11), comment: 'It came on time' })
    form.run(one(n).shop, one(n).id, fields, at(n, forms))
  }
  connection.exec('COMMIT')
  connection.exec('ANALYZE')
}
