import type { ChannelOptions } from '#protocol/chat-channels.ts'

/** What every group of options gets. */
export interface OptionsProps {
  readonly options: ChannelOptions
  readonly change: (changed: Partial<ChannelOptions>) => void
  /** In the order in which they stand in for each other. */
  readonly languages: readonly string[]
  /** In which texts are being written. */
  readonly language: string
}
