/* Gives `drawers`: whether one stands on the screen, and what its control says about it. */
() => {
  const links = (drawer) => [...document.querySelectorAll(`${drawer} a[href], ${drawer} input:not([type=hidden])`)];
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    return element.checkVisibility({ visibilityProperty: true }) && box.width > 0
      && box.right > 1 && box.left < innerWidth - 1;
  };
  let control = null;
  window.drawers = {
    open: (drawer) => links(drawer).some(shown),
    closed: (drawer) => links(drawer).length > 0 && !links(drawer).some(shown),
    inside: (drawer) => Boolean(document.activeElement.closest(drawer)),
    /* Whether the element with the focus offers to open something that may be this drawer; it is the control from then on. */
    offered(drawer) {
      control = document.activeElement;
      const controlled = document.getElementById(control.getAttribute('aria-controls'));
      const other = controlled && !controlled.matches(drawer) && !controlled.closest(drawer) && !controlled.querySelector(drawer);
      return drawers.expanded() === 'false' && !other;
    },
    expanded: () => control.getAttribute('aria-expanded'),
    atControl: () => document.activeElement === control,
    async becomes(drawer, state, limit) {
      const end = performance.now() + limit;
      while (!drawers[state](drawer)) {
        if (performance.now() > end) return false;
        await new Promise(requestAnimationFrame);
      }
      return true;
    },
    /* Puts the start of the next Tab at the top of the page. */
    restart() {
      document.activeElement?.blur();
      document.body.tabIndex = -1;
      document.body.focus({ preventScroll: true });
      document.body.removeAttribute('tabindex');
    },
  };
}
