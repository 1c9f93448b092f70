/** Why a feed could not be read, in a sentence for people. */
export class FeedFault extends Error {
  override readonly name = 'FeedFault'
}
