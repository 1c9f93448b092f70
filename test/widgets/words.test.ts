import { describe, expect, it } from 'vitest'
import type { Known } from '#protocol/experiences.ts'
import { createWords } from '#widgets/kit/words.ts'

const GREETING = { en: 'Hello', es: 'Hola', 'pt-BR': 'Olá' }

describe('the words of a pop-up', () => {
  it.each([
    { page: ['es-CO'], shown: 'Hola', language: 'es' },
    { page: ['pt'], shown: 'Olá', language: 'pt-BR' },
    { page: ['fr', 'es'], shown: 'Hola', language: 'es' },
    { page: ['fr'], shown: 'Hello', language: 'en' },
    { page: ['EN_us'], shown: 'Hello', language: 'en' },
    { page: ['', '—'], shown: 'Hello', language: 'en' },
  ])('are $language where the page and the browser ask for $page', ({ page, shown, language }) => {
    const words = createWords(page, [GREETING], undefined)

    expect(words.text(GREETING)).toBe(shown)
    expect(words.language).toBe(language)
  })

  it('of the frame are in the language of the design, not in that of the page', () => {
    expect(createWords(['en'], [{ vi: 'Xin chào' }], undefined).t('close')).toBe('Đóng')
    expect(createWords(['es-CO'], ['Hola'], undefined).t('close')).toBe('Cerrar')
    expect(createWords(['sv'], ['Hej'], undefined).t('close')).toBe('Close')
  })

  it.each([
    { language: 'ar', direction: 'rtl' },
    { language: 'he-IL', direction: 'rtl' },
    { language: 'az-Arab', direction: 'rtl' },
    { language: 'arn', direction: 'ltr' },
    { language: 'vi', direction: 'ltr' },
  ])('in $language run $direction', ({ language, direction }) => {
    expect(createWords([language], ['…'], undefined).direction).toBe(direction)
  })

  it.each([
    { text: 'Hi {{firstName|there}}!', shown: 'Hi Ana!' },
    { text: 'Hi {{ lastName | there }}!', shown: 'Hi there!' },
    { text: 'Hi {{lastName}}!', shown: 'Hi !' },
    { text: '{{cartQuantity}} for {{cartTotal}}', shown: '1,234 for $59.90' },
    { text: '{{left}} to go', shown: '$5 to go' },
    { text: '{{constructor}}{{__proto__|x}}', shown: 'x' },
    { text: '{{firstName', shown: '{{firstName' },
  ])('fill in $text', ({ text, shown }) => {
    const known: Known = {
      pages: 1,
      firstName: 'Ana',
      cart: { quantity: 1_234, total: { amount: 5_990, currency: 'USD' }, items: [] },
    }

    expect(createWords(['en'], [], known).text(text, { amount: 500, currency: 'USD' })).toBe(shown)
  })

  it.each([
    { page: ['es', 'es-CO', 'es'], shown: '$ 42.900' },
    { page: ['es-CO', 'en-US'], shown: '$ 42.900' },
    { page: ['es', 'en-US', 'es-MX'], shown: 'COP 42,900' },
    { page: ['es', 'en-US'], shown: '42.900 COP' },
    { page: ['es', 'es--CO', 'es'], shown: '42.900 COP' },
  ])('show money as is usual where $page is spoken: $shown', ({ page, shown }) => {
    const words = createWords(page, [{ es: 'Hola', en: 'Hello' }], undefined)
    const money = { amount: 4_290_000, currency: 'COP' }

    expect(words.money(money).replaceAll(/\s/g, ' ')).toBe(shown)
    expect(words.language).toBe('es')
  })

  it.each([
    { amount: 8_990_000, currency: 'COP', shown: 'COP 89,900' },
    { amount: 1_500, currency: 'JPY', shown: '¥1,500' },
    { amount: 1_250, currency: 'KWD', shown: 'KWD 1.250' },
    { amount: 199, currency: 'HUF', shown: 'HUF 1.99' },
    { amount: 1_050, currency: 'USD', shown: '$10.50' },
    { amount: 1_000, currency: 'USD', shown: '$10' },
  ])('show $amount minor units of $currency as $shown', ({ shown, ...money }) => {
    expect(createWords(['en'], [], undefined).money(money).replaceAll(/\s/g, ' ')).toBe(shown)
  })
})
