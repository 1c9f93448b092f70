/** @jsxRuntime classic */
/** @jsx h */
import { h, type VNode } from '../kit/h.ts'
import type { Scene } from './scene.ts'

/** What only the emoji need, fetched with them. */
export const styles = `
.emoji{border:0;min-width:0;position:absolute;inset-inline:16px;inset-block-end:100%;display:grid;grid-template-columns:repeat(auto-fill,minmax(44px,1fr));max-height:240px;overflow-y:auto;padding:6px;border-radius:16px;background:var(--gp-background);box-shadow:0 0 0 1px rgb(0 0 0/.1),0 8px 24px rgb(0 0 0/.18)}
.window .emoji button{height:44px;border-radius:8px;font-size:24px;line-height:1}
`

/** Those that people write most, by the count of Unicode's; a screen reader says what each is. */
const emoji: readonly string[] = (
  '😀 😁 😂 🤣 😊 🙂 😉 😍 🥰 😘 😎 🤩 🤔 😅 😇 🙃 😋 😜 🤗 😐 🙄 😏 😌 😴 😕 😟 🙁 😮 😳 🥺 😢 😭 😤 😡 🤯 🤒 ' +
  '👍 👎 👌 ✌️ 🤞 🙏 👏 🙌 💪 👋 🤝 👀 ❤️ 🧡 💛 💚 💙 💜 🖤 💔 ✨ 🎉 🔥 ⭐ ✅ ❌ ❓ ❗ 💯 🎁 🛒 📦 🚚 💳 ☕ 🌞 🌧️ 📷'
).split(' ')

export function panel({ t, insert }: Scene): VNode {
  return (
    <fieldset class="emoji" aria-label={t('emoji')} id="gp-chat-emoji">
      {emoji.map((one) => (
        <button type="button" key={one} onClick={() => insert(one)}>
          {one}
        </button>
      ))}
    </fieldset>
  )
}
