import type { LEAD_STATES, POTENTIALS } from '#protocol/chat-conversations.ts'
import type { CHATBOT_LIMITS } from '#protocol/chatbots.ts'

/** What the server takes; named here once more, so that the console is without its schemas. */
export const MOST_STEPS: (typeof CHATBOT_LIMITS)['steps'] = 100
export const MOST_ANSWERS: (typeof CHATBOT_LIMITS)['answers'] = 10
export const TEXT_CHARS: (typeof CHATBOT_LIMITS)['textChars'] = 2_000
export const ANSWER_CHARS: (typeof CHATBOT_LIMITS)['answerChars'] = 120
export const ATTRIBUTE_CHARS: (typeof CHATBOT_LIMITS)['attributeChars'] = 64
export const LEADS: typeof LEAD_STATES = ['none', 'open', 'qualified', 'unqualified', 'won', 'lost']
export const POTENTIAL: typeof POTENTIALS = ['none', 'low', 'medium', 'high']
