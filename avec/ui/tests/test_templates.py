"""Every template of the project keeps to the content policy and to the sprite."""

import re
from pathlib import Path

import pytest

ROOM = Path(__file__).parents[1]
TEMPLATES = sorted(ROOM.parent.glob("*/templates/**/*.html"))
SPRITES = [ROOM / "templates/ui/sprite.html", ROOM / "static/ui/pictograms/pictograms.svg"]
SPRITE = {
    name for path in SPRITES for name in re.findall(r'<(?:symbol|pattern) id="([^"]+)"', path.read_text())
}
# In a component, icon="" is the default of an attribute: no name to check.
NAMED = {
    "i": re.compile(
        r'<c-ui\.icon [^>]*?(?<!:)\bname="([a-z-]+)"|\b(?<![:-])(?:icon|after)="([a-z-]+)"|#i-([a-z-]+)"'
    ),
    "k": re.compile(
        r'<c-ui\.picto [^>]*?(?<!:)\bname="([a-z-]+)"|\b(?<![:-])picto="([a-z-]+)"|#k-([a-z-]+)"'
    ),
    "v": re.compile(r'#v-([a-z-]+)"'),
    "p": re.compile(r'#p-([a-z-]+)"'),
}
ids = [str(path.relative_to(ROOM.parent)) for path in TEMPLATES]
each_template = pytest.mark.parametrize("path", TEMPLATES, ids=ids)


@each_template
def test_no_inline_style_or_script(path):
    text = path.read_text()
    assert not re.search(r"<style\b", text)
    assert not re.search(r"<[^>!]*\sstyle\s*=", text)
    assert not re.search(r"<[^>!]*\son[a-z]+\s*=", text)
    assert not re.search(r"javascript:", text)
    # A block of data runs nothing: the browser's policy leaves it alone.
    run = [tag for tag in re.findall(r"<script\b[^>]*>", text) if 'type="application/json"' not in tag]
    assert all("src=" in tag and "nonce=" in tag for tag in run)


@each_template
def test_nothing_is_asked_of_another_site(path):
    assert not re.search(
        r'<(?:script|link|img|iframe|form|use)\b[^>]*(?:src|href|action)="(?:https?:)?//', path.read_text()
    )


@each_template
def test_every_symbol_exists(path):
    text = path.read_text()
    used = {
        f"{kind}-{name}"
        for kind, names in NAMED.items()
        for found in names.findall(text)
        for name in ([found] if isinstance(found, str) else found)
        if name
    }
    assert used <= SPRITE


@each_template
def test_the_typography_of_the_font(path):
    assert "\u202f" not in path.read_text()


def components() -> list[str]:
    return sorted(path.stem for path in (ROOM / "templates/cotton/ui").glob("*.html"))


@pytest.mark.parametrize("name", components())
def test_a_component_says_what_it_accepts_and_stands_in_the_gallery(name):
    assert (ROOM / f"templates/cotton/ui/{name}.html").read_text().startswith("{# ")
    assert f"<c-ui.{name.replace('_', '-')}" in (ROOM / "templates/ui/gallery.html").read_text()


@each_template
def test_components_that_are_called_exist(path):
    called = set(re.findall(r"<c-ui\.([a-z_-]+)", path.read_text()))
    assert {name.replace("-", "_") for name in called} <= set(components())
