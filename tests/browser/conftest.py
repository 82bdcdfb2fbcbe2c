"""What the journeys share: the server, the browser, a way in as somebody, and what every page must hold."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.found import chromium
from tests.browser.server import running

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
As = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/browser" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)
            # The crawls read and change nothing: any worker takes the next one. Other journeys of a file share
            # the demo of one worker, in their order.
            if item.path.name != "test_pages.py":
                item.add_marker(pytest.mark.xdist_group(item.path.name))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": chromium(), "args": FLAGS}


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the served demo keeps its database and its files."""
    return str(tmp_path_factory.mktemp("avec-journeys"))


@pytest.fixture(scope="session")
def site(data: str) -> Iterator[str]:
    with running(data) as address:
        yield address


class Watch:
    """What went wrong in a page without showing: console errors, refused or foreign requests."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.faults: list[str] = []
        # Answers that a journey expects to be refused: « 403 », « 404 ».
        self.expected: set[int] = set()

    def follow(self, context: BrowserContext) -> None:
        context.on("console", self.hear)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("request", lambda request: self.check_address(request.url))
        context.on("requestfailed", self.failed)
        context.on("response", self.answered)

    def hear(self, message: Any) -> None:
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self.faults.append(f"console: {message.text}")

    def check_address(self, url: str) -> None:
        if not url.startswith((self.site, "data:", "blob:", "about:")):
            self.faults.append(f"another site: {url}")

    def failed(self, request: Any) -> None:
        # Leaving a page, or starting a download, stops what it was loading.
        if "ERR_ABORTED" not in (request.failure or ""):
            self.faults.append(f"failed: {request.url} {request.failure}")

    def answered(self, response: Any) -> None:
        if response.status >= 400 and response.status not in self.expected:
            self.faults.append(f"{response.status}: {response.url}")


@pytest.fixture
def watch(site: str) -> Iterator[Watch]:
    watch = Watch(site)
    yield watch
    assert not watch.faults


@pytest.fixture
def as_(site: str, browser: Browser, watch: Watch) -> Iterator[As]:
    """as_("infirmiere"): a page of a new browser, entered through the cast. as_(None): nobody."""
    contexts = []

    def enter(slug: str | None, *, width: int = 1280, dark: bool = False, scripts: bool = True) -> Page:
        context = browser.new_context(
            base_url=site,
            locale="fr-FR",
            timezone_id="Europe/Paris",
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        contexts.append(context)
        watch.follow(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        if slug is not None:
            page.goto("/")
            page.locator(f'button[name="qui"][value="{slug}"]').or_(
                page.locator(f'form:has(input[name="qui"][value="{slug}"]) button')
            ).first.click()
            page.wait_for_load_state()
        return page

    yield enter
    for context in contexts:
        context.close()


def axe(page: Page, rules: list[str] | None = None) -> None:
    """No fault that axe finds: against WCAG 2.0 to 2.2, A and AA, or these rules only."""
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": WCAG}
    found = Axe().run(page, options={"runOnly": only, "resultTypes": ["violations"]})
    faults = [
        f"{fault['id']} ({fault['impact']}): {node['target']} {node['html'][:120]}"
        for fault in found.response["violations"]
        for node in fault["nodes"]
    ]
    assert not faults, f"{page.url}\n" + "\n".join(faults)


def no_sideways_scroll(page: Page) -> None:
    wide = page.evaluate(
        """() => {
          const limit = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= limit) return [];
          return [...document.querySelectorAll('body *')]
            .filter(e => e.getBoundingClientRect().right > limit + 1 && getComputedStyle(e).position !== 'absolute')
            .slice(-5).map(e => e.tagName + '.' + e.className + ' ' + Math.round(e.getBoundingClientRect().right));
        }"""
    )
    assert not wide, f"{page.url} is wider than the screen: {wide}"


def well_formed(page: Page) -> None:
    """What a screen reader starts from: language, title, one h1, one main, a way past the menu."""
    assert page.evaluate("document.documentElement.lang") == "fr"
    assert re.search(r"\S.* · Avec$", page.title()), f"{page.url}: title « {page.title()} »"
    assert page.locator("h1").count() == 1, f"{page.url} has {page.locator('h1').count()} h1"
    assert page.locator("main").count() == 1
    assert page.locator("a.skip").count() == 1


def targets_large_enough(page: Page) -> None:
    """At least 24 px each way (WCAG 2.5.8), links inside a sentence aside."""
    small = page.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]
          .filter(e => e.checkVisibility({visibilityProperty: true}) && !e.matches('.skip, .vh'))
          .filter(e => !(e.matches('a') && getComputedStyle(e).display === 'inline'))
          .map(e => [e, (e.closest('label') || e).getBoundingClientRect()])
          .filter(([e, r]) => r.width > 1 && r.height > 1 && (r.width < 24 || r.height < 24))
          .map(([e, r]) => e.outerHTML.slice(0, 90) + ' ' + Math.round(r.width) + '×' + Math.round(r.height))"""
    )
    assert not small, f"{page.url}: {small}"
