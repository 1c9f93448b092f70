import type { Clock } from '../../core/clock.ts'
import type { ServedFile } from '../../core/files.ts'
import type { Guards } from '../../core/guards.ts'
import type { Router } from '../../core/router.ts'
import type { WriteKeyGuard } from '../../core/write-key-guard.ts'
import type { Ingestion } from '../service.ts'
import { describedCompatible as told } from './descriptions.ts'
import {
  getPixel,
  getRudderSourceConfig,
  getSegmentSettings,
  postClientMetrics,
  postCompatible,
} from './handlers.ts'
import {
  BATCH_PATHS,
  EVENT_PATHS,
  METRICS_PATHS,
  PIXEL_PATHS,
  SCRIPT_FILE,
  SCRIPT_PATH,
  SETTINGS_PATHS,
  SOURCE_CONFIG_PATHS,
} from './paths.ts'
import { pixelRules, postRules, QUESTION_RULES } from './request.ts'

interface CompatibleDeps {
  readonly writeKey: WriteKeyGuard
  readonly anyone: Guards['anyone']
  readonly ingestion: Pick<Ingestion, 'ingest' | 'leaveOut'>
  /** The build's, Segment's script among them. */
  readonly files: ReadonlyMap<string, ServedFile>
  readonly publicUrl: URL
  readonly now: Clock
}

/** The routes of Segment's, RudderStack's and Jitsu's clients, each with its guard. */
export function addCompatibleRoutes(router: Router, deps: CompatibleDeps): void {
  const { writeKey, anyone, files, publicUrl, now } = deps
  const post = postCompatible(deps)

  for (const [path, type] of EVENT_PATHS) {
    router.post(path, writeKey(postRules(type)), post, told(path))
  }
  for (const path of BATCH_PATHS) {
    router.post(path, writeKey(postRules(undefined)), post, told(path))
  }
  for (const [path, type] of PIXEL_PATHS) {
    router.get(path, writeKey(pixelRules(type)), getPixel(deps), told(path))
  }
  for (const path of SETTINGS_PATHS) {
    router.get(path, writeKey(QUESTION_RULES), getSegmentSettings(publicUrl), told(path))
  }
  for (const path of SOURCE_CONFIG_PATHS) {
    router.get(path, writeKey(QUESTION_RULES), getRudderSourceConfig(now), told(path))
  }
  for (const path of METRICS_PATHS) router.post(path, anyone, postClientMetrics, told(path))
  const script = files.get(SCRIPT_FILE)
  if (script !== undefined) router.get(SCRIPT_PATH, anyone, ({ call }) => script.answer(call))
}
