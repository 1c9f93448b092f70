import { describe, expect, it } from 'vitest'
import { readConfig } from '#server/config.ts'

describe('the settings', () => {
  it('have defaults that work on a fresh machine', () => {
    expect(readConfig({}, '/srv/granplaza')).toEqual({
      port: 4780,
      host: '127.0.0.1',
      publicUrl: undefined,
      dataDir: '/srv/granplaza/data',
      databaseUrl: undefined,
      trustedProxies: [],
      logLevel: 'info',
      outboundAllow: [],
    })
  })

  it('that are set to nothing count as not set', () => {
    const names = ['PORT', 'HOST', 'PUBLIC_URL', 'DATA_DIR', 'DATABASE_URL', 'REDIS_URL']
    const empty = Object.fromEntries(
      [...names, 'TRUSTED_PROXIES', 'LOG_LEVEL', 'SMTP_URL', 'MAIL_FROM', 'OUTBOUND_ALLOW'].map(
        (name) => [name, ''],
      ),
    )

    expect(readConfig(empty, '/srv/granplaza')).toEqual(readConfig({}, '/srv/granplaza'))
  })

  it('are read from the environment', () => {
    const config = readConfig(
      {
        PORT: '0',
        HOST: '0.0.0.0',
        PUBLIC_URL: 'https://gp.shop.example/',
        DATA_DIR: 'elsewhere',
        DATABASE_URL: 'postgres://gp:secret@db:5432/gp',
        REDIS_URL: 'rediss://gp:secret@redis:6380',
        TRUSTED_PROXIES: '10.0.0.0/8, ::1',
        LOG_LEVEL: 'warn',
      },
      '/srv/granplaza',
    )

    expect(config.publicUrl?.origin).toBe('https://gp.shop.example')
    expect(config).toMatchObject({
      port: 0,
      host: '0.0.0.0',
      dataDir: '/srv/granplaza/elsewhere',
      databaseUrl: 'postgres://gp:secret@db:5432/gp',
      redisUrl: 'rediss://gp:secret@redis:6380',
      trustedProxies: ['10.0.0.0/8', '::1'],
      logLevel: 'warn',
    })
  })

  it.each([
    { CLAMD_URL: 'tcp://clamav', clamd: { host: 'clamav', port: 3310 } },
    { CLAMD_URL: 'tcp://[::1]:3311', clamd: { host: '::1', port: 3311 } },
    { CLAMD_URL: 'unix:///run/clamav/clamd.ctl', clamd: { path: '/run/clamav/clamd.ctl' } },
  ])('find clamd at $CLAMD_URL', ({ CLAMD_URL, clamd }) => {
    expect(readConfig({ CLAMD_URL }, '/srv/granplaza').clamd).toEqual(clamd)
  })

  it('of mail are an address with its password, and a sender', () => {
    const { mail } = readConfig(
      {
        SMTP_URL: 'smtps://me%40shop.example:p%40ss@mail.shop.example',
        MAIL_FROM: 'My Shop <mail@shop.example>',
      },
      '/srv/granplaza',
    )

    expect(mail).toEqual({
      host: 'mail.shop.example',
      port: 465,
      isSecure: true,
      login: { user: 'me@shop.example', password: 'p@ss' },
      from: { address: 'mail@shop.example', name: 'My Shop' },
      dkim: undefined,
    })
  })

  it('of files are a bucket with its keys, in the region that its host names', () => {
    const { files } = readConfig(
      {
        FILES_URL: 'https://s3.eu-central-1.amazonaws.com/my-bucket/chat/',
        S3_ACCESS_KEY_ID: 'id',
        S3_SECRET_ACCESS_KEY: 'secret',
      },
      '/srv/granplaza',
    )

    expect(files).toMatchObject({ accessKeyId: 'id', region: 'eu-central-1' })
    expect(files?.url.href).toBe('https://s3.eu-central-1.amazonaws.com/my-bucket/chat')
  })

  it.each([
    { env: { FILES_URL: 'https://s3.example' }, told: /FILES_URL must be like/ },
    {
      env: { FILES_URL: 'https://s3.example/bucket', S3_SECRET_ACCESS_KEY: 'secret' },
      told: /FILES_URL needs S3_ACCESS_KEY_ID/,
    },
    {
      env: { SMTP_URL: 'https://me:secret@mail.example' },
      told: /MAIL_FROM is missing.*\n.*SMTP_URL/,
    },
    { env: { SMTP_URL: 'smtp://me:secret@mail.example' }, told: /MAIL_FROM is missing/ },
    { env: { MAIL_FROM: 'nobody' }, told: /MAIL_FROM is "nobody"/ },
    { env: { DKIM_DOMAIN: 'shop.example' }, told: /DKIM needs all of/ },
    { env: { REDIS_URL: 'http://me:secret@redis' }, told: /REDIS_URL must be like/ },
    { env: { CLAMD_URL: 'http://clamav:3310' }, told: /CLAMD_URL must be like/ },
    { env: { CLAMD_URL: 'tcp://me:secret@clamav' }, told: /CLAMD_URL must be like/ },
    { env: { CLAMD_URL: 'unix://clamd.ctl' }, told: /CLAMD_URL must be like/ },
    { env: { CLAMD_URL: 'unix:///run/%zz' }, told: /CLAMD_URL must be like/ },
    { env: { OUTBOUND_ALLOW: '10.0.0.0/8, inside' }, told: /OUTBOUND_ALLOW has "inside"/ },
  ])('refuse $env', ({ env, told }) => {
    const read = () => readConfig(env, '/srv/granplaza')

    expect(read).toThrow(told)
    expect(read).not.toThrow(/secret/)
  })

  it('that are wrong are told all at once, without their secrets', () => {
    const read = () =>
      readConfig(
        {
          PORT: '70000',
          PUBLIC_URL: 'https://gp.shop.example/path',
          DATABASE_URL: 'mysql://root:secret@db/gp',
          TRUSTED_PROXIES: '10.0.0.0/8,proxy.example',
          METRICS_TOKEN: 'secret',
          LOG_LEVEL: 'loud',
        },
        '/srv/granplaza',
      )

    expect(read).toThrow(
      /PORT.*\n.*PUBLIC_URL.*\n.*DATABASE_URL.*\n.*TRUSTED_PROXIES.*proxy\.example.*\n.*METRICS_TOKEN.*16.*\n.*LOG_LEVEL/,
    )
    expect(read).not.toThrow(/secret/)
  })
})
