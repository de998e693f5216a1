"""Other forms of a word that somebody asks for: plurals, verbs and their nouns, the Arabic article.

The index holds words as they were written, folded. A word that is asked for stands for all words
of its family; a "quoted" one for itself. So exact phrases stay exact, nothing has to be indexed
again, and both databases are asked for the same list of words.

The rule is light, on purpose: an ending is taken away, and every ending is put on what is left. A
form that nobody writes finds nothing and harms nobody. English, French and Spanish share one list
of endings, since the language of what is asked is not known; Arabic loses the article, and what
is written together with it, and the endings of number and gender. What no rule can know stands in
`_FAMILIES`: words of this field first. *Not taken*: stems in the index, which phrases would then
be compared by; and the beginnings of words (human would find humanitarian).
"""

from functools import lru_cache

_SHORTEST, _SHORTEST_ARABIC = 4, 3
# English, French and Spanish, as they stand once accents and the plural s are gone.
_ENDINGS = (
    *("", "e", "d", "r", "ed", "er", "ing", "ion", "ment", "ement", "ant", "ent", "ee", "ive"),
    *("ate", "ated", "ating", "ation", "ator", "ity", "ite"),
    *("o", "a", "ar", "ir", "ado", "ada", "ido", "ida", "ando", "iendo", "acion", "acione"),
    *("cion", "cione", "ione", "idad", "idade", "miento"),
)
_LONGEST_FIRST = sorted(_ENDINGS, key=len, reverse=True)
_FAMILIES = (
    ("woman", "women"),
    ("man", "men"),
    ("child", "children"),
    ("person", "people"),
    ("detain", "detainee", "detained", "detaining", "detention"),
    ("detenu", "detenue", "detention", "detenir"),
    ("detenido", "detenida", "detencion", "detencione", "detener"),
    ("abduct", "abducted", "abduction"),
    ("kidnap", "kidnapped", "kidnapping", "kidnapper"),
    ("flee", "fled", "fleeing"),
    ("steal", "stole", "stolen", "theft"),
    ("die", "died", "dying", "dead", "death"),
    ("violent", "violence"),
)
_KIN: dict[str, set[str]] = {}
for _family in _FAMILIES:
    for _word in _family:
        _KIN.setdefault(_word, set()).update(_family)

_ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
_BEFORE = ("", *_ARTICLES, "و", "ب", "ل", "ف")
_AFTER = ("", "ه", "ات", "ون", "ين", "ان", "ي", "يه", "ها", "هم")
_AFTER_LONGEST_FIRST = sorted(_AFTER, key=len, reverse=True)


@lru_cache(maxsize=4_096)
def family(word: str) -> tuple[str, ...]:
    """The forms that a folded word is found by, itself first; short words and numbers alone."""
    if any("\u0600" <= letter <= "\u06ff" for letter in word):
        forms = _arabic(word)
    elif word.isascii() and word.isalpha():
        forms = _KIN.get(word) or _latin(word)
    else:
        forms = set()
    return (word, *sorted(forms - {word}))


def _latin(word: str) -> set[str]:
    stem = _without(word, _LONGEST_FIRST, _SHORTEST)
    if len(stem) < _SHORTEST:
        return set()
    found = {stem + ending for ending in _ENDINGS}
    if stem[-1] == stem[-2] and stem[-1] not in "aeiousl":  # stopped: stop
        found |= {stem[:-1] + ending for ending in _ENDINGS}
    if word.endswith("aux"):  # tribunaux: tribunal; tableaux: tableau
        found |= {f"{word[:-2]}l", word[:-1]}
    if word.endswith(("al", "eau")):
        found |= {f"{word[:-1]}ux", f"{word}x"}
    if word.endswith("y"):  # identify: identified
        found |= {f"{word[:-1]}ied", f"{word[:-1]}ication"}
    return found


def _arabic(word: str) -> set[str]:
    """Without the article and what stands together with it; the vowel signs are folded already."""
    core = next((word[len(a) :] for a in _ARTICLES if word.startswith(a)), word)
    if len(core) < _SHORTEST_ARABIC:
        core = word
    stem = _without(core, _AFTER_LONGEST_FIRST, _SHORTEST_ARABIC)
    return {before + of + after for of in {stem, core} for before in _BEFORE for after in _AFTER}


def _without(word: str, endings: list[str], shortest: int) -> str:
    fits = (e for e in endings if e and word.endswith(e) and len(word) - len(e) >= shortest)
    ending = next(fits, "")
    return word[: len(word) - len(ending)]
