import { createRandom } from '../e2e/support/random.ts'
import { someVisitor, type Visitor } from './support/bench-visitors.ts'
import {
  closures,
  growthBook,
  jsonLogicEngine,
  jsonRulesEngine,
  ours,
  oursUnshared,
  type ConditionEngine,
} from './support/condition-engines.ts'
import { someTargeted, type Size } from './support/experience-catalogue.ts'
import { median } from './support/percentiles.ts'
import { LOAD_CORE, pinTo } from './support/pinning.ts'
import { printTable } from './support/table.ts'

// Deciding for one visitor against 200 experiences. Processor time, engines in turn, the median of the rounds.

const EXPERIENCES = 200
const VISITORS = 50
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 9)
const ROUND_MS = 400

const MAKERS = [ours, oursUnshared, growthBook, jsonLogicEngine, jsonRulesEngine, closures]
const SIZES: readonly Size[] = [
  { all: 2, any: 2 },
  { all: 4, any: 3 },
]
const AIMS: Readonly<Record<string, string>> = {
  ours: '40 µs',
  '@growthbook/growthbook evalCondition': '4 times',
  'json-rules-engine': '200 times',
}

interface Measured {
  readonly engine: ConditionEngine
  readonly costs: number[]
}

if (!pinTo(LOAD_CORE)) console.log('Not pinned: trust ratios more than figures.')
for (const size of SIZES) await compare(size)

async function compare(size: Size): Promise<void> {
  const random = createRandom(20_261_122)
  const experiences = someTargeted(EXPERIENCES, size, random)
  const visitors = Array.from({ length: VISITORS }, () => someVisitor(random))
  const engines = MAKERS.map((make): Measured => ({ engine: make(experiences), costs: [] }))
  const shown = await agree(engines, visitors)
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const { engine, costs } of engines) {
      const cost = await costOf(engine, visitors)
      // The first round warms up.
      if (round > 0) costs.push(cost)
    }
  }
  console.log(
    `${EXPERIENCES} experiences of about ${size.all + size.any} questions, ${shown.toFixed(1)} of them for a visitor`,
  )
  print(engines)
}

function print(engines: readonly Measured[]): void {
  const own = median(engines[0]?.costs ?? [])
  printTable(
    ['engine', 'a decision', 'to ours', 'aim'],
    engines.map(({ engine: { name }, costs }) => [
      name,
      `${median(costs).toFixed(1)} µs`,
      `${(median(costs) / own).toFixed(1)} times`,
      AIMS[name] ?? '',
    ]),
  )
}

/** A quick engine that decides otherwise proves nothing. Gives how many experiences are for a visitor. */
async function agree(engines: readonly Measured[], visitors: readonly Visitor[]): Promise<number> {
  let shown = 0
  for (const visitor of visitors) {
    const decisions: number[][] = []
    for (const { engine } of engines) decisions.push(await engine.decide(visitor))
    const [first = '', ...others] = decisions.map((decision) => decision.join(' '))
    const odd = others.findIndex((other) => other !== first)
    if (odd >= 0) throw new Error(`${engines[odd + 1]?.engine.name} decides otherwise than ours`)
    shown += decisions[0]?.length ?? 0
  }
  return shown / visitors.length
}

/** Microseconds of processor time a decision. */
async function costOf({ decide }: ConditionEngine, visitors: readonly Visitor[]): Promise<number> {
  // Else each pays for what the one before it left behind: some leave a thousand times as much as others.
  globalThis.gc?.()
  const before = process.cpuUsage()
  const end = performance.now() + ROUND_MS
  let decisions = 0
  while (performance.now() < end) {
    for (const visitor of visitors) {
      const decision = decide(visitor)
      // Waiting for what is no promise would cost more than some engines do.
      if (decision instanceof Promise) await decision
      decisions += 1
    }
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / decisions
}
