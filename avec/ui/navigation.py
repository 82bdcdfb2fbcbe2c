"""What a page needs to know about who looks at it, as plain values.

The design system comes before sign-in and before any business word, so it asks
nobody: a later room sets these attributes on the request (a middleware does it)
and the context processor hands them to the frames.

    request.navigation = [Item(reverse("home:day"), "day", "Ma journée"), …]
    request.place = Place("Les Tilleuls", "Unité Les Acacias")
    request.account = Account("Sonia Benali", reverse("home:account"))
    request.display = Display(theme="dark", size="large", easy=False)

None of them is needed: without them the frames show no menu, no place, no
account, and follow the browser's theme.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """One entry of the menu: `icon` names a symbol i-… of the sprite, `act` the button under the thumb."""

    url: str
    icon: str
    long: str
    short: str = ""
    current: bool = False
    act: bool = False


@dataclass(frozen=True)
class Place:
    """Where we are: the establishment, then the unit when there is one."""

    establishment: str
    unit: str = ""


@dataclass(frozen=True)
class Account:
    """Who is signed in, under the name they chose, and the page of their account."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Display:
    """What was chosen in « Affichage », "" where nothing was.

    theme "light" or "dark"; size "large" or "larger"; contrast "more"; spacing "wide"; speech "slow",
    "fast" or "off" (no « Écouter » button); reading "easy" or "full". `easy` is what applies: show the
    easy version first, where there are two. `large`: targets and text of the own space.
    """

    theme: str = ""
    size: str = ""
    contrast: str = ""
    spacing: str = ""
    speech: str = ""
    reading: str = ""
    easy: bool = False
    large: bool = False
