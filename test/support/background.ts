import { randomBytes } from 'node:crypto'
import type { ChatFacts } from '#server/chat/service.ts'
import { createBus, type Bus } from '#server/core/bus.ts'
import type { FileStore } from '#server/core/file-store.ts'
import { createJobs, type Jobs } from '#server/core/jobs/jobs.ts'
import { createLog } from '#server/core/log.ts'
import { createMail, type Mail } from '#server/core/mail/mail.ts'
import { createOutbound, type Outbound } from '#server/core/outbound.ts'
import { createSecretBox, type SecretBox } from '#server/core/secret-box.ts'
import type { Database } from '#server/db/database.ts'

interface Background {
  readonly jobs: Jobs
  readonly mail: Mail
  readonly outbound: Outbound
  readonly box: SecretBox
  readonly chatBus: Bus<ChatFacts>
  readonly files: FileStore
}

/** What slices need to work in the background; nothing begins by itself. */
export function backgroundOf(db: Database, now: () => number): Background {
  const log = createLog('silent')
  const jobs = createJobs({ db, now, log })
  return {
    jobs,
    mail: createMail({ db, jobs, now, settings: undefined }),
    outbound: createOutbound({ allowed: [] }),
    box: newSecretBox(),
    chatBus: createBus<ChatFacts>({ log }),
    files: filesInMemory(),
  }
}

function filesInMemory(): FileStore {
  const files = new Map<string, Buffer>()
  return {
    write: async (name, content) => void files.set(name, Buffer.from(content)),
    read: async (name) => files.get(name),
    remove: async (name) => void files.delete(name),
    async *olderThan() {
      yield* files.keys()
    },
  }
}

/** One that opens what it has sealed itself. */
export function newSecretBox(): SecretBox {
  return createSecretBox(randomBytes(32))
}
