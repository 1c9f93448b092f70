import { PeoplePage } from './people-page.tsx'

export function Page() {
  return <PeoplePage kind="visitor" />
}
