"""Rich text and its Markdown: there and back without a word lost."""

from hypothesis import given
from hypothesis import strategies as st

from advocacy.text.rich import Block, Run, address, parse, tidy, write

SIGNS = "ab 1.*_`[]()<>&!#-+\\~é😀عh:/;=\n"
runs = st.builds(
    Run,
    st.text(alphabet=SIGNS, min_size=1, max_size=14),
    st.sets(st.sampled_from(["strong", "em"])).map(frozenset),
    st.sampled_from(["", "", "https://x.org/a_%28b%29", "mailto:a@b.c"]),
)
paragraphs = st.lists(runs, min_size=1, max_size=4).map(lambda r: Block("paragraph", tuple(r)))


def _more(inside: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    first = Block("paragraph", (Run("i"),))
    blocks = st.lists(inside, min_size=1, max_size=2)
    items = blocks.map(lambda b: Block("list_item", (), (first, *b)))
    lists = st.lists(items, min_size=1, max_size=3)
    return st.one_of(
        lists.map(lambda b: Block("bullet_list", (), tuple(b))),
        lists.map(lambda b: Block("ordered_list", (), tuple(b))),
        blocks.map(lambda b: Block("quote", (), tuple(b))),
    )


texts = st.lists(st.recursive(paragraphs, _more, max_leaves=4), max_size=3).map(tuple)


def _words(blocks: tuple[Block, ...]) -> list[object]:
    return [(b.kind, b.words, b.start, _words(b.blocks)) for b in blocks]


@given(texts)
def test_what_is_written_reads_back_the_same(text: tuple[Block, ...]) -> None:
    written = write(text)
    assert _words(parse(written)) == _words(tidy(text))
    assert write(parse(written)) == written


def test_looks_links_and_lists_stay() -> None:
    text = "**a** *b* ***c*** `d` [e](https://x.org/)\nnext\n\n- one\n- two\n    1. deep\n\n> said"
    assert write(parse(text)) == text


def test_a_link_to_elsewhere_is_no_link() -> None:
    for href in ("javascript:alert(1)", "data:x", "//x.org", "/here", "https://", "", None, 3):
        assert address(href) == ""
