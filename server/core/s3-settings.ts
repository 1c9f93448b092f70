/** Where people's files are kept instead of on our disk. */
export interface S3Settings {
  /** With the bucket, and what each name begins with, in its path; without a final slash. */
  readonly url: URL
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly region: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** AWS names it in its hosts; most others take any. */
const REGION = /^s3[.-]([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com$/
const USUAL_REGION = 'us-east-1'

/** Settings of a store that speaks S3; undefined without `FILES_URL`. Never repeats a secret in `complaints`. */
export function readS3Settings(env: Environment, complaints: string[]): S3Settings | undefined {
  const { FILES_URL: address = '', S3_REGION: region = '' } = env
  const { S3_ACCESS_KEY_ID: accessKeyId = '', S3_SECRET_ACCESS_KEY: secretAccessKey = '' } = env
  if (address === '') return undefined
  const url = URL.canParse(address) ? new URL(address) : undefined
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
  const isPlain = url?.search === '' && url.hash === '' && url.username === ''
  if (url === undefined || !isWeb || !isPlain || !/^(\/[\w.-]+)+\/?$/.test(url.pathname)) {
    complaints.push('FILES_URL must be like https://s3.eu-central-1.amazonaws.com/my-bucket')
    return undefined
  }
  if (accessKeyId === '' || secretAccessKey === '') {
    complaints.push('FILES_URL needs S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY')
    return undefined
  }
  url.pathname = url.pathname.replace(/\/$/, '')
  const named = region || REGION.exec(url.hostname)?.[1]
  return { url, accessKeyId, secretAccessKey, region: named ?? USUAL_REGION }
}
