"""Every page that somebody of the cast reaches by its links: axe, widths, structure, keyboard, both themes."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import As, axe, no_sideways_scroll, targets_large_enough, well_formed

# The roles whose spaces differ; the others share a place that « formatrice » stands for.
ROLES = ["infirmiere", "residente", "fille", "tuteur", "cadre", "directrice", "administrateur", "formatrice"]
MOST = 40
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


def shape(address: str) -> str:
    """Two records are the same page; two parts of one page too."""
    return ID.sub("…", re.sub(r"[?#].*", "", address))


def links(page: Page) -> list[str]:
    found = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    return [
        address
        for address in found
        if address.startswith("/")
        and not any(f"/{kind}/" in address for kind in ("pdf", "piece", "export", "fichier"))
        if ".pdf" not in address and not address.startswith(("/static/", "/connexion/deconnexion"))
    ]


def reached(page: Page) -> Iterator[Page]:
    """The page, on each address that its links lead to, once for each kind of page."""
    seen: set[str] = set()
    waiting = [page.url]
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        if shape(address) in seen:
            continue
        seen.add(shape(address))
        page.goto(address)
        yield page
        waiting += [link for link in links(page) if shape(link) not in seen]


def open_details(page: Page) -> None:
    page.eval_on_selector_all("details:not([open])", "all => all.forEach(each => each.open = true)")


def check(page: Page) -> None:
    # After a button, the page is there before its style sheets: nothing is measured without them.
    page.wait_for_load_state("load")
    well_formed(page)
    targets_large_enough(page)
    axe(page)
    open_details(page)
    no_sideways_scroll(page)
    page.emulate_media(color_scheme="dark")
    axe(page, ["color-contrast", "link-in-text-block"])
    page.set_viewport_size({"width": 320, "height": 800})
    page.emulate_media(color_scheme="light")
    no_sideways_scroll(page)
    axe(page)
    page.set_viewport_size({"width": 1280, "height": 900})


@pytest.mark.parametrize("slug", [None, *ROLES])
def test_every_page_reached_is_sound(as_: As, slug: str | None) -> None:
    page = as_(slug)
    if slug is None:
        page.goto("/")
    faults = []
    for each in reached(page):
        try:
            check(each)
        except AssertionError as fault:
            faults.append(str(fault).split("\nassert")[0])
            each.set_viewport_size({"width": 1280, "height": 900})
            each.emulate_media(color_scheme="light")
    assert not faults, "\n\n".join(faults)


@pytest.mark.parametrize("slug", ["infirmiere", "residente"])
def test_everything_is_reached_with_the_keyboard(as_: As, slug: str) -> None:
    """Tab goes through every link and control, in the order of the page, and shows where it is."""
    page = as_(slug)
    wanted = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
          .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.tabIndex >= 0).length"""
    )
    met, hidden = set(), []
    for _ in range(wanted + 5):
        page.keyboard.press("Tab")
        state = page.evaluate(
            """() => {
              const e = document.activeElement;
              if (!e || e === document.body) return null;
              const style = getComputedStyle(e), box = e.getBoundingClientRect();
              const ring = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
              const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
              const shown = !top || e.contains(top) || top.contains(e) || (top.closest('label') !== null);
              e.dataset.met = e.dataset.met || String(Math.random());
              return [e.dataset.met, ring && shown, e.outerHTML.slice(0, 100)];
            }"""
        )
        if state is None:
            continue
        met.add(state[0])
        if not state[1]:
            hidden.append(state[2])
    # Radio buttons of one group are one stop.
    assert len(met) >= wanted * 0.9, f"{len(met)} stops for {wanted} controls"
    assert not hidden, f"no visible focus on {hidden}"


def test_the_first_stop_leads_past_the_menu(as_: As) -> None:
    page = as_("infirmiere")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#contenu"


@pytest.mark.parametrize("slug", ["infirmiere", "residente"])
def test_the_text_can_be_twice_as_large(as_: As, slug: str) -> None:
    page = as_(slug, width=640)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    no_sideways_scroll(page)


def test_a_form_works_without_scripts(as_: As) -> None:
    page = as_("residente", scripts=False)
    page.goto("/mon-espace/dire/?comment=ecrire")
    page.locator("textarea").first.fill("Je voudrais entendre la messe le dimanche.")
    for group in ("kind", "importance", "level"):
        if page.locator(f'input[name="{group}"]').count():
            page.locator(f'label:has(input[name="{group}"])').first.click()
    page.locator("main form button[type=submit], main form button:not([type])").first.click()
    page.goto("/mon-espace/ce-que-j-ai-dit/")
    assert page.get_by_text("entendre la messe").count()
