import { TAG_PATH } from '#protocol/names.ts'

interface Snippet {
  /** Where this server is. */
  readonly server: string
  readonly shopKey: string
}

/** The line that goes into each page. */
export function tagOf({ server, shopKey }: Snippet): string {
  return `<script async src="${server}${TAG_PATH}" data-shop="${shopKey}"></script>`
}

/** For tag managers, which take attributes like `data-shop` away from script elements. */
export function tagByScript({ server, shopKey }: Snippet): string {
  return `<script>
(function () {
  var tag = document.createElement('script');
  tag.async = true;
  tag.src = '${server}${TAG_PATH}';
  tag.setAttribute('data-shop', '${shopKey}');
  document.head.appendChild(tag);
})();
</script>`
}
