import { isbot } from 'isbot'

const MAX_KNOWN = 1_000

/** Whether a user agent is a bot's; none at all is one. Remembers, for few are in use and the pattern is long. */
export function createBotCheck(): (userAgent: string) => boolean {
  const known = new Map<string, boolean>()
  return (userAgent) => {
    const remembered = known.get(userAgent)
    if (remembered !== undefined) return remembered
    const isBot = userAgent === '' || isbot(userAgent)
    const [oldest] = known.keys()
    if (oldest !== undefined && known.size >= MAX_KNOWN) known.delete(oldest)
    known.set(userAgent, isBot)
    return isBot
  }
}
