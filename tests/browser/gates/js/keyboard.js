/* Gives `stops`: what has the focus, how it looks there, and what Tab ought to reach. Needs selector.js. */
() => {
  const seen = new Map();
  const end = document.createElement('span');
  end.tabIndex = -1;
  const log = [];
  let pending = false;
  const FOCUSABLE = 'a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, iframe, '
    + '[tabindex], [contenteditable]';
  const LOOKS = ['outlineStyle', 'outlineWidth', 'outlineColor', 'boxShadow', 'borderTopColor', 'borderBottomColor',
    'borderTopWidth', 'borderBottomWidth', 'backgroundColor', 'backgroundImage', 'color', 'fill', 'stroke',
    'textDecorationLine', 'textDecorationColor', 'textDecorationThickness', 'opacity', 'transform', 'visibility'];

  /* A ring may be drawn on the element, on its label, on a box around it or on a generated part. */
  const bearers = (element) => [element, element.parentElement, ...(element.labels || [])].filter(Boolean);
  const look = (element) => bearers(element).flatMap((node) => [null, '::before', '::after'].map((part) => {
    const style = getComputedStyle(node, part);
    const bare = style.outlineStyle === 'none' || style.outlineWidth === '0px';
    return LOOKS.map((name) => (bare && name.startsWith('outline') ? '' : style[name])).join();
  })).join(';');

  /* A link around a picture is an inline box, a line high at the picture's foot: what is in it counts as it. */
  const boxesOf = (element) => {
    const inner = getComputedStyle(element).display === 'inline' ? element.querySelectorAll('*') : [];
    return [element, ...inner].flatMap((node) => [...node.getClientRects()]);
  };

  const onScreen = (box) => Math.min(box.right, innerWidth) - Math.max(box.left, 0) >= 1
    && Math.min(box.bottom, innerHeight) - Math.max(box.top, 0) >= 1;

  /* What covers the whole of the element, if anything: asked at the centre and near the corners of each of its boxes. */
  const coveredBy = (element, boxes) => {
    let cover = null;
    for (const box of boxes) {
      const left = Math.max(box.left, 0) + 1, right = Math.min(box.right, innerWidth) - 1;
      const top = Math.max(box.top, 0) + 1, bottom = Math.min(box.bottom, innerHeight) - 1;
      for (const x of [left, (left + right) / 2, right]) {
        for (const y of [top, (top + bottom) / 2, bottom]) {
          const hit = document.elementFromPoint(x, y);
          if (!hit) continue;
          const own = element.contains(hit) || hit.contains(element)
            || [...(element.labels || [])].some((label) => label.contains(hit));
          if (own) return null;
          cover = hit;
        }
      }
    }
    return cover;
  };

  const usable = (element) => element.tabIndex >= 0 && !element.matches(':disabled') && !element.closest('[inert]')
    && element.checkVisibility({ visibilityProperty: true });
  const note = () => {
    const stop = pending ? stops.current() : undefined;
    if (stop !== undefined) log.push(stop);
  };
  const reachable = () => [...document.querySelectorAll(FOCUSABLE)].filter(usable);
  const atFirst = new Set(reachable());

  window.stops = {
    /* The element with the focus; null where the focus has left the page; undefined where it is on nothing, or on something
       that has just vanished (a "back to top" that scrolling up takes away): the next Tab goes on from that place. */
    current() {
      const element = document.activeElement;
      if ([null, end, document.body, document.documentElement].includes(element)) return document.hasFocus() ? undefined : null;
      if (!element.checkVisibility()) return undefined;
      if (!seen.has(element)) seen.set(element, { number: seen.size, focused: look(element) });
      const visible = boxesOf(element).filter((box) => box.width >= 1 && box.height >= 1);
      const shown = visible.filter(onScreen);
      const cover = shown.length ? coveredBy(element, shown) : null;
      const box = element.getBoundingClientRect();
      return {
        number: seen.get(element).number,
        selector: selector(element),
        box: [box.x, box.y, box.width, box.height].map(Math.round),
        size: visible.length > 0 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true }),
        shown: shown.length > 0,
        cover: cover && selector(cover),
      };
    },
    /* The stops since the last call, null where the focus had left the page. Each is looked at when the next Tab comes:
       the page is at rest then, and a press costs one message to the browser instead of two. */
    taken() {
      note();
      pending = false;
      return log.splice(0);
    },
    /* Puts the next Shift+Tab at the end of the page. */
    fromEnd() {
      document.body.append(end);
      end.focus({ preventScroll: true });
    },
    /* Stops that look the same with and without the focus; to be asked when the walk is over. */
    unmarked() {
      document.activeElement?.blur();
      return [...seen].filter(([element, { focused }]) => look(element) === focused).map(([element]) => selector(element));
    },
    /* What Tab ought to reach and did not; not what came up during the walk, as a "back to top" does.
       A group of radio buttons is one stop. */
    missed() {
      const group = (element) => element.type === 'radio' && element.name;
      const groups = new Set([...seen.keys()].map(group).filter(Boolean));
      const unseen = (element) => atFirst.has(element) && !seen.has(element) && !groups.has(group(element));
      return reachable().filter(unseen).map(selector);
    },
    /* How many stops a walk can have at most. */
    count: () => document.querySelectorAll('*').length,
  };

  addEventListener('keydown', (event) => {
    if (event.key !== 'Tab') return;
    note();
    pending = true;
  }, true);
}
