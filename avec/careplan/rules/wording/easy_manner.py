"""How an easy sentence speaks: to the person (« vous »), in the active voice, in the present, without « ne … pas ».

Sources: RLS 7.1 to 7.4. A grammar made of expressions is sometimes wrong: all
this is advice. What stands between « » is somebody's words: it is left alone.
"""

import re
from collections.abc import Iterator, Sequence

from .easy_hint import EasyHint, EasyKind, advice
from .reading import folded

QUOTED = re.compile("«[^»]*+»?")
# « par semaine » says how often, not who does it.
HOW_OFTEN = (
    "(?:semaines?|jours?|mois|ans?|annees?|heures?|minutes?|fois|personnes?|repas|exemple|terre|coeur|ici|la)"
)
PASSIVE = re.compile(
    r"(?<!\w)(?:est|sont|etes|sera|serez|seront|etait|etiez|etaient|soit|soient|etre|ete) "
    r"(?:[\w’-]{1,30} ){0,2}?[\w’-]{1,30}(?:e|i|u|it|is|ert|int)e?s? "
    rf"(?:[\w’-]{{1,30}} ){{0,3}}?par (?!{HOW_OFTEN}(?!\w))"
)
BEEN = re.compile(
    r"(?<!\w)(?:a|as|ont|avez|avait|avaient|aura|auront) (?:\w{1,20} )?ete (?:\w{1,20} )?\w{2,30}(?:e|i|u|it|is)e?s?(?!\w)"
)
NEGATION = re.compile(
    r"(?<!\w)(?:ne |n’)(?:[^ ]{1,30} ){1,4}?(?:pas|plus|jamais|rien|aucune?|personne)(?!\w)"
)
# Accents are kept: « vous gérez » is now, « vous gèrerez » is later.
FUTURE = re.compile(r"(?<!\w)vous (?:[^ ]{1,20} ){0,2}?\w{1,30}erez(?!\w)")
FUTURES = re.compile(
    r"(?<!\w)(?:irez|serez|aurez|pourrez|devrez|saurez|verrez|viendrez|voudrez|recevrez|prendrez|mettrez|direz)(?!\w)"
)
NOT_VOUS = re.compile(
    r"(?<![\w-])(?:[jmt]’|(?:je|moi|me|mon|ma|mes|tu|toi|te|ton|ta|tes)(?!\w)"
    r"|l’usagere?(?!\w)"
    r"|(?:le|la) (?:personne(?! de confiance| qui| que)|residente?|patiente?|beneficiaire)(?!\w))"
)


def manner(said: Sequence[str]) -> Iterator[EasyHint]:
    """What could be said more directly in the sentences of one line."""
    own = [" ".join(QUOTED.sub(" ", sentence).split()) for sentence in said]
    plain = [folded(sentence) for sentence in own]
    if any(NOT_VOUS.search(sentence) for sentence in plain):
        yield advice(EasyKind.VOUS, "Parlez à la personne qui lit : dites « vous ».")
    if any(PASSIVE.search(f"{sentence} ") or BEEN.search(sentence) for sentence in plain):
        yield advice(EasyKind.PASSIVE, "Dites d’abord qui le fait : « Malik ouvre la porte ».")
    if any(NEGATION.search(sentence) for sentence in plain):
        yield advice(EasyKind.NEGATION, "Phrase avec « ne… pas » : dites plutôt ce qui se fait.")
    if any(FUTURE.search(sentence.lower()) or FUTURES.search(folded(sentence)) for sentence in own):
        yield advice(EasyKind.TENSE, "Dites-le au présent : « vous allez », pas « vous irez ».")
