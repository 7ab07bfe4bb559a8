// Opens all tables, then writes down what a person would see go wrong.
document.querySelectorAll('details').forEach(d => d.open = true);
const outside = [], overlapping = [], beyond = [];
let drawn = 0;

const shrunk = box => ({left: box.left + 1, right: box.right - 1,
                        top: box.top + 1.5, bottom: box.bottom - 1.5});
const meet = (a, b) => a.left < b.right && b.left < a.right &&
                       a.top < b.bottom && b.top < a.bottom;

for (const svg of document.querySelectorAll('figure svg')) {
  const box = svg.getBoundingClientRect();
  if (!box.width) continue;
  drawn++;
  const texts = [...svg.querySelectorAll('text')].filter(t => t.textContent.trim())
    .map(t => ({text: t.textContent, box: t.getBoundingClientRect()}));
  for (const {text, box: t} of texts)
    if (t.left < box.left - 1 || t.right > box.right + 1 ||
        t.top < box.top - 1 || t.bottom > box.bottom + 1)
      outside.push(text);
  texts.forEach((one, i) => texts.slice(i + 1).forEach(other => {
    if (meet(shrunk(one.box), shrunk(other.box)))
      overlapping.push(`${one.text} | ${other.text}`);
  }));
}
// What is not inside a part that scrolls on its own ends at the window's edge.
for (const e of document.querySelectorAll('h1, h2, h3, h4, p, dt, dd, li, summary, th, td'))
  if (!e.closest('.scroll') && !e.closest('.skip') && e.getBoundingClientRect().right > innerWidth + 1)
    beyond.push(e.textContent.slice(0, 40));

const focusable = [...document.querySelectorAll('a, summary, [tabindex]')];
const found = parent.document.createElement('pre');
found.textContent = JSON.stringify({
  width: innerWidth, content: document.documentElement.scrollWidth, drawn, outside,
  overlapping, beyond,
  title: document.title,
  first: focusable[0].textContent,
  reordered: focusable.filter(e => e.tabIndex !== 0).length,
  moving: document.getAnimations().length,
  ground: getComputedStyle(document.body).backgroundColor});
parent.document.body.append(found);
