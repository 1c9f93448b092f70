import { parseArgs } from 'node:util'
import type { ChainFault } from '#protocol/audit.ts'
import type { Audit } from './audit/service.ts'
import { StartError } from './core/errors.ts'
import type { Shop } from './core/guards.ts'

export const AUDIT_USAGE = `Checks that the audit log still is what it was, and prints where it ends.

  npm run audit-log
  npm run audit-log -- --end 1200:<hash>

  --end <end>   what this command printed earlier, and you kept elsewhere: it must be in the log still
`

const FAULTS: Readonly<Record<ChainFault, string>> = {
  missing: 'The entry is missing',
  changed: 'The entry was changed',
  cut: 'The newest entries are missing',
  rewritten: 'The log is not the one that ended so',
}

interface AuditCommandDeps {
  readonly audit: Audit
  readonly shop: Shop
}

/** What to print; a log that is not whole is an error, so that a script sees it. */
export async function checkAuditLog(
  { audit, shop }: AuditCommandDeps,
  args: string[],
): Promise<string> {
  const report = await audit.verify(shop.id, endOf(args))
  if (!report.isWhole) throw new StartError(`Entry ${report.seq}: ${FAULTS[report.fault]}.`)
  const count = report.entries === 1 ? 'entry is' : 'entries are'
  return `${report.entries} ${count} as they were written. The log ends with\n\n${report.end}\n`
}

function endOf(args: string[]): string | undefined {
  try {
    return parseArgs({ args, options: { end: { type: 'string' } }, strict: true }).values.end
  } catch (cause) {
    throw new StartError(AUDIT_USAGE, { cause })
  }
}
