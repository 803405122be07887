/* Gives `colours`: notes the colours of every element, then compares them with those in a chosen theme. Needs selector.js. */
() => {
  const PROPERTIES = ['color', 'backgroundColor', 'borderTopColor', 'borderBottomColor', 'fill', 'stroke'];
  const all = () => [...document.body.querySelectorAll('*')].filter((element) => element.checkVisibility());
  const look = (element) => {
    const style = getComputedStyle(element);
    return PROPERTIES.map((name) => `${name} ${style[name]}`);
  };
  let noted = new Map();
  window.colours = {
    note() { noted = new Map(all().map((element) => [element, look(element)])); },
    differences(theme) {
      const before = document.body.dataset.theme;
      document.body.dataset.theme = theme;
      const different = all().flatMap((element) => {
        const then = noted.get(element), now = look(element);
        const at = then ? now.findIndex((value, index) => value !== then[index]) : -1;
        return at < 0 ? [] : [[selector(element), then[at], now[at]]];
      });
      document.body.dataset.theme = before;
      return different.slice(0, 10);
    },
  };
}
