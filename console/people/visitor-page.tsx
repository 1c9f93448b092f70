import { PersonPage } from './person-page.tsx'

export function Page() {
  return <PersonPage kind="visitor" />
}
