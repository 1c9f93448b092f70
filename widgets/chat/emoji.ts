export { styles } from './emoji-styles.ts'

/** Those that people write most, by the count of Unicode's; a screen reader says what each is. */
export const emoji: readonly string[] = (
  '😀 😁 😂 🤣 😊 🙂 😉 😍 🥰 😘 😎 🤩 🤔 😅 😇 🙃 😋 😜 🤗 😐 🙄 😏 😌 😴 😕 😟 🙁 😮 😳 🥺 😢 😭 😤 😡 🤯 🤒 ' +
  '👍 👎 👌 ✌️ 🤞 🙏 👏 🙌 💪 👋 🤝 👀 ❤️ 🧡 💛 💚 💙 💜 🖤 💔 ✨ 🎉 🔥 ⭐ ✅ ❌ ❓ ❗ 💯 🎁 🛒 📦 🚚 💳 ☕ 🌞 🌧️ 📷'
).split(' ')
