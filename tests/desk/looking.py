"""What a page measures in a browser: how wide it is, how large its targets, where the keyboard leads, what is left of it
on paper and in forced colours. Each answers with what is wrong, in lines; with nothing where all is right."""

from playwright.sync_api import Page

NARROW = (320, 360, 640)  # the least that is asked for, a telephone, and 1280 at 200 % zoom

# What reaches over the right edge though it does not stand in a frame that scrolls by itself.
_BEYOND = """() => {
  const over = document.scrollingElement.scrollWidth - innerWidth;
  const which = [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.scroll'))
    .map(one => one.outerHTML.slice(0, 120));
  return over > 0 ? [`${over} px too wide`, ...which.slice(-3)] : [];
}"""


def sideways(page: Page, height: int = 900) -> list[str]:
    """Of each narrow width, what makes the page scroll sideways."""
    found = []
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"{width}: {line}" for line in page.evaluate(_BEYOND)]
    return found


# As WCAG 2.5.8 counts: at least 24 by 24 px, but not links within a line of text.
_SMALL = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
  .filter(one => one.checkVisibility() && !one.closest('.unseen') && !one.matches('.skip'))
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.width && (box.width < 24 || box.height < 24))
  .filter(([one]) => !(one.matches('a') && getComputedStyle(one).display === 'inline'
                       && one.closest('p, li, td, th, dd, h1, h2, h3, h4, caption, figcaption, summary')))
  .map(([one, box]) => `${Math.round(box.width)} x ${Math.round(box.height)}: ${one.outerHTML.slice(0, 120)}`)"""


def small_targets(page: Page) -> list[str]:
    return page.evaluate(_SMALL)


# Whatever takes focus is written down, and whether one sees that: by an outline.
_LISTEN = """() => {
  window.reached = [];
  document.addEventListener('focusin', event => {
    const style = getComputedStyle(event.target);
    const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    window.reached.push([event.target.outerHTML.slice(0, 160), seen]);
  });
  const first = document.createElement('a');
  first.tabIndex = -1;
  document.body.prepend(first);
  first.focus();
  window.reached = [];
}"""
# What is to be reached, in the order of the page. Of the buttons of one choice only one takes focus.
_STOPS = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter(one => one.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true}) && !one.disabled)
  .filter(one => one.type !== 'radio' || one === (document.querySelector(`input[name="${one.name}"]:checked`)
                                                  || document.querySelector(`input[name="${one.name}"]`)))
  .map(one => one.outerHTML.slice(0, 160))"""


# Within a field for a day the key stops at day, month, year and the calendar, and no event tells of it.
_DATES = "() => document.querySelectorAll('input[type=date]').length"


def unreached(page: Page, most: int = 1_000) -> list[str]:
    """Of the first so many stops: where the tab key, pressed once for each thing that can be used, leads elsewhere or one does not see where."""
    stops = page.evaluate(_STOPS)[:most]
    presses = len(stops) + 3 * page.evaluate(_DATES)
    page.evaluate(_LISTEN)
    for _ in range(presses):
        page.keyboard.press("Tab")
    reached = page.evaluate("window.reached")[: len(stops)]
    wrong = [
        f"wanted {stop}, came to {came}"
        for stop, (came, _) in zip(stops, reached, strict=False)
        if stop != came
    ]
    short = [f"{len(reached)} of {len(stops)} were reached"] if len(reached) < len(stops) else []
    return [*short, *wrong[:1], *(f"focus is not seen: {came}" for came, seen in reached if not seen)]


def left_on_paper(page: Page) -> list[str]:
    """What can only be pressed, and is printed all the same; and a heading that is not printed."""
    page.emulate_media(media="print")
    pressed = page.evaluate(
        "() => [...document.querySelectorAll('button, input, select, textarea, nav a, .skip')]"
        ".filter(one => one.checkVisibility()).map(one => one.outerHTML.slice(0, 120))"
    )
    heading = [] if page.locator("h1").is_visible() else ["the heading is not printed"]
    page.emulate_media(media="screen")
    return [*pressed, *heading]


_EDGES = """() => [...document.querySelectorAll('button, input:not([type=hidden]), select, textarea')]
  .filter(one => one.checkVisibility() && one.type !== 'checkbox' && one.type !== 'radio')
  .filter(one => { const style = getComputedStyle(one);
                   return !parseFloat(style.borderTopWidth) || style.borderTopColor === style.backgroundColor; })
  .map(one => one.outerHTML.slice(0, 120))"""


def without_edge(page: Page) -> list[str]:
    """In forced colours, where grounds are gone: what can be pressed or filled in and has no border."""
    page.emulate_media(forced_colors="active")
    found = page.evaluate(_EDGES)
    page.emulate_media(forced_colors="none")
    return found


# Each letter's colour against the next ground below it, as WCAG 1.4.3 counts: 4.5 to 1, large letters 3 to 1. It may be
# counted so simply because the one sheet lays nothing over anything, and has neither pictures nor gradients as grounds.
_FAINT = """() => {
  const parts = colour => { const found = colour.match(/^rgba?\\((\\d+), (\\d+), (\\d+)(?:, ([\\d.]+))?\\)$/);
    return found ? [+found[1], +found[2], +found[3], found[4] === undefined ? 1 : +found[4]] : null; };
  const light = ([red, green, blue]) => [red, green, blue].map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const ratio = (one, other) => { const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05); };
  const grounds = new Map();
  const ground = one => {
    if (!one) return [255, 255, 255, 1];
    if (!grounds.has(one)) { const own = parts(getComputedStyle(one).backgroundColor);
      grounds.set(one, own && own[3] === 1 ? own : ground(one.parentElement)); }
    return grounds.get(one);
  };
  const bearers = new Set(document.querySelectorAll('input:not([type=hidden]), select, textarea'));
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) if (walk.currentNode.data.trim()) bearers.add(walk.currentNode.parentElement);
  const found = new Set();
  for (const one of bearers) {
    if (!one.checkVisibility() || one.closest('.unseen, .skip, option, :disabled')) continue;
    const style = getComputedStyle(one), size = parseFloat(style.fontSize);
    const ink = parts(one instanceof SVGElement ? style.fill : style.color);
    const least = size >= 24 || (size >= 18.66 && +style.fontWeight >= 700) ? 3 : 4.5;
    const seen = ink && ink[3] === 1 ? ratio(ink, ground(one)) : 0;
    if (seen < least) found.add(`${seen.toFixed(2)} to 1: ${one.outerHTML.slice(0, 120)}`);
  }
  return [...found];
}"""


def faint(page: Page) -> list[str]:
    """What is written in a colour too near to that of its ground."""
    return page.evaluate(_FAINT)
