export const byId = (id) => document.getElementById(id);

/** An element with attributes (those that are false or missing are left out) and children. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== undefined && value !== null) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children);
  return element;
}

/** Says it only if it is new: a screen reader, and a selection, are left alone. */
export function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** A coloured mark beside words that say the same. */
export const mark = (group) => make('span', { class: `mark ${group}`, 'aria-hidden': 'true' });

/** Makes these the children; those that stay are not moved, or get the focus back that a move takes. */
export function place(parent, elements) {
  const focused = document.activeElement;
  const wanted = new Set(elements);
  for (const present of [...parent.children]) if (!wanted.has(present)) present.remove();
  elements.forEach((element, i) => {
    if (parent.children[i] !== element) parent.insertBefore(element, parent.children[i] ?? null);
  });
  if (document.activeElement !== focused && parent.contains(focused)) focused.focus({ preventScroll: true });
}

const SVG = 'http://www.w3.org/2000/svg';

/** An element of a drawing. */
export function shape(tag, attributes, text) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

/** Says above each table that goes on at the side that it does. */
export function signs() {
  const watch = new ResizeObserver((changed) => changed.forEach(({ target }) => {
    const wide = target.closest('.wide');
    wide.previousElementSibling.hidden = wide.scrollWidth <= wide.clientWidth + 1;
  }));
  for (const wide of document.querySelectorAll('.wide')) {
    wide.before(make('p', { class: 'aside sideways', hidden: true }, 'The table goes on at the right: scroll sideways →'));
    watch.observe(wide);
    watch.observe(wide.firstElementChild);
  }
}
