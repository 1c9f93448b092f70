import { describe, expect, it } from 'vitest'
import { firstTouch, lastTouch, touchOf } from '#server/events/attribution.ts'

const SHOP = 'https://www.shop.example/shoes'

describe('where a session came from', () => {
  it.each([
    ['', '', 'direct', 'none'],
    ['', 'https://shop.example/cart', 'direct', 'none'],
    ['', 'not an address', 'direct', 'none'],
    ['', 'https://www.google.com/', 'google', 'organic'],
    ['', 'https://www.google.com.ar/search', 'google', 'organic'],
    ['', 'android-app://com.google.android.googlequicksearchbox/', 'google', 'organic'],
    ['', 'https://duckduckgo.com/', 'duckduckgo', 'organic'],
    ['', 'https://mail.google.com/mail/u/0/', 'gmail', 'email'],
    ['', 'https://outlook.live.com/', 'outlook', 'email'],
    ['', 'https://t.co/abc', 'twitter', 'social'],
    ['', 'https://l.instagram.com/', 'instagram', 'social'],
    ['', 'https://m.facebook.com/', 'facebook', 'social'],
    ['', 'https://notgoogle.com/', 'notgoogle.com', 'referral'],
    ['', 'https://google.com.evil.example/', 'google.com.evil.example', 'referral'],
    ['', 'https://www.blog.example/post', 'blog.example', 'referral'],
    ['?gclid=abc', 'https://www.google.com/', 'google', 'cpc'],
    ['?msclkid=abc', '', 'bing', 'cpc'],
    ['?fbclid=abc', 'https://m.facebook.com/', 'facebook', 'social'],
    ['?gclid=a&fbclid=b', '', 'google', 'cpc'],
    ['?utm_source=news&utm_medium=email', 'https://www.google.com/', 'news', 'email'],
    ['?utm_source=flyer', 'https://www.google.com/', 'flyer', 'campaign'],
    ['?utm_medium=cpc&gclid=abc', '', 'google', 'cpc'],
    ['?utm_source=%20', '', 'direct', 'none'],
    ['?color=red', '', 'direct', 'none'],
  ])('%s from %s is %s / %s', (query, referrer, source, medium) => {
    expect(touchOf(SHOP + query, referrer, 1)).toMatchObject({ at: 1, source, medium })
  })

  it('keeps campaign, term, content, click id, referring host and landing path', () => {
    const query = '?utm_source=s&utm_medium=m&utm_campaign=c&utm_term=t&utm_content=n&gclid=g'
    expect(touchOf(SHOP + query, 'https://www.blog.example/post?x=1', 5)).toEqual({
      at: 5,
      source: 's',
      medium: 'm',
      campaign: 'c',
      term: 't',
      content: 'n',
      clickId: { name: 'gclid', value: 'g' },
      referrer: 'blog.example',
      landing: '/shoes',
    })
  })

  it('cuts every text at 200 characters', () => {
    const long = 'x'.repeat(500)
    const touch = touchOf(`https://shop.example/${long}?utm_source=${long}`, '', 1)
    expect([touch.source.length, touch.landing.length]).toEqual([200, 200])
  })

  it('takes an address that can’t be read for a direct visit', () => {
    expect(touchOf('shop', '', 1)).toEqual({
      at: 1,
      source: 'direct',
      medium: 'none',
      landing: '/',
    })
  })
})

describe('first and last touch', () => {
  const direct = (at: number) => touchOf(SHOP, '', at)
  const google = (at: number) => touchOf(SHOP, 'https://google.com/', at)
  const mail = (at: number) => touchOf(`${SHOP}?utm_source=news&utm_medium=email`, '', at)

  it('keeps the earliest as the first, whenever it is heard of', () => {
    expect(firstTouch(null, google(2))).toEqual(google(2))
    expect(firstTouch(google(2), mail(3))).toEqual(google(2))
    expect(firstTouch(google(2), direct(1))).toEqual(direct(1))
  })

  it('keeps the newest that is not direct as the last', () => {
    expect(lastTouch(null, direct(1))).toEqual(direct(1))
    expect(lastTouch(direct(1), google(2))).toEqual(google(2))
    expect(lastTouch(google(2), direct(3))).toEqual(google(2))
    expect(lastTouch(google(2), mail(4))).toEqual(mail(4))
    expect(lastTouch(mail(4), google(2))).toEqual(mail(4))
    expect(lastTouch(direct(5), google(2))).toEqual(google(2))
  })
})
