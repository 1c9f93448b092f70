import { FIRST_RUN_PATH } from '../../first-run/addresses.ts'
import { navigate } from '../../router.ts'
import { useSession } from '../../session.ts'
import { sentenceCase } from '../../settings/sentence-case.ts'
import { Icon } from '../../ui/icon.tsx'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { useWords } from '../../words.ts'

const NEW_SHOP_PATH = `${FIRST_RUN_PATH}?new`

/** Which shop is looked at, and one click to each other. */
export function ShopSwitcher({ onSwitch }: { readonly onSwitch: (key: string) => void }) {
  const { t, list, language } = useWords()
  const { shop, account } = useSession()
  const newShop: MenuItem = {
    key: 'new',
    label: t('switcher.new'),
    icon: 'plus',
    isApart: true,
    onSelect: () => navigate(NEW_SHOP_PATH),
  }
  return (
    <Menu
      class="switcher"
      placement="bottom-start"
      name={t('switcher.label', { shop: shop.name })}
      label={
        <>
          <span class="shop-mark" data-initial={initialOf(shop.name)} />
          <span class="switcher-name">{shop.name}</span>
          <Icon name="chevrons" />
        </>
      }
      items={[
        ...account.shops.map(({ key, name, roles }) => ({
          key,
          label: name,
          hint: sentenceCase(list(roles.map((role) => t(`role.${role}`))), language),
          isChecked: key === shop.key,
          onSelect: () => onSwitch(key),
        })),
        ...(shop.roles.includes('owner') ? [newShop] : []),
      ]}
    />
  )
}

/** The first letter, whatever it is made of: a picture of the shop, which nobody needs to hear. */
function initialOf(name: string): string {
  const [first] = new Intl.Segmenter().segment(name.trim())
  return first?.segment.toUpperCase() ?? '?'
}
