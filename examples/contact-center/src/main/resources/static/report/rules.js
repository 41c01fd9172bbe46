import { make } from './dom.js';

// The page of the rules has a heading for each rule of hangupby's. Rules of an application's own have none.

const PAGE = 'report/rules';
const described = new Set();

/** Fulfilled once it is known which rules the page describes; without the page, none. */
export const rulesAreKnown = fetch(PAGE)
  .then((response) => (response.ok ? response.text() : ''))
  .then((html) => new DOMParser().parseFromString(html, 'text/html').querySelectorAll('h3[id]').forEach(({ id }) => described.add(id)))
  .catch(() => {});

/** A rule's id, as a link to what the rule says. The link opens a new tab, so that the report keeps what it shows. */
export function ruleName(id) {
  const name = make('code', {}, id);
  return described.has(id)
    ? make('a', { href: `${PAGE}#${id}`, target: '_blank', rel: 'noopener', title: 'Opens the rule in a new tab' }, name)
    : name;
}
