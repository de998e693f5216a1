"""The child of `pdf`: draws one paper, as a script of its own.

It imports next to nothing, since its start is waited for. Arguments: where typst is installed, the
template, the folder of fonts. The paper comes on its standard input, the answer goes out as JSON.
A last argument `pictures` asks, of a paper's pictures, which can be drawn.
"""

import binascii
import os
import resource
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

# The typesetter starts threads, and maps 85 MB before its first word.
MEMORY_BYTES = 1024 * 1024 * 1024
SECONDS = 10
# Code of the reason told when no font of ours has a sign for a letter.
NO_LETTERS = "pdf.letters"
# What the typesetter says of a picture that it cannot draw.
NO_PICTURE = "failed to process image"


def drawn(packages: str, template: str, fonts: str, paper: str, asked: str = "") -> str:
    """The answer about this JSON (see `pdf.as_json`): the PDF in base64, or why there is none."""
    sys.path.append(packages)
    import typst  # noqa: PLC0415 - the path that leads to it was given as an argument

    with open(template, "rb") as file:
        source = file.read()

    def compiled(paper: str) -> bytes:
        made: object = typst.compile(  # type: ignore[misc]  # the types know files alone
            source,
            # A folder with nothing in it but our own template: whatever asks for a file finds none.
            root=os.path.dirname(template),
            font_paths=[fonts],
            ignore_system_fonts=True,
            sys_inputs={"paper": paper},
            pdf_standards=["ua-1"],
        )
        if not isinstance(made, bytes):
            raise TypeError("one PDF was asked for")
        return made

    if asked:
        return _which(paper, compiled, typst.TypstError)
    try:
        try:
            made = compiled(paper)
        except typst.TypstError as error:
            if NO_PICTURE not in str(error):
                raise
            made = compiled(_without_broken(paper, compiled, typst.TypstError))
    except typst.TypstError as error:
        if "could not be displayed" in str(error):
            return f'{{"refused": "{NO_LETTERS}", "facts": {{}}}}'
        raise
    return '{"found": "' + binascii.b2a_base64(made, newline=False).decode() + '"}'


def _without_broken(
    paper: str, compiled: "Callable[[str], bytes]", failure: type[Exception]
) -> str:
    """The paper without the pictures that cannot be drawn: each is tried on a paper of its own."""
    import json  # noqa: PLC0415 - its import is waited for, and hardly ever needed

    whole = json.loads(paper)
    for block in whole["blocks"]:
        tried = _tried(whole, block, compiled, failure)
        block["logos"] = [logo for logo, works in zip(block["logos"], tried, strict=True) if works]
    return json.dumps(whole)


def _which(paper: str, compiled: "Callable[[str], bytes]", failure: type[Exception]) -> str:
    """Which of the pictures in a paper's last block can be drawn, in their order."""
    import json  # noqa: PLC0415 - as above

    whole = json.loads(paper)
    last = whole["blocks"][-1]
    try:
        compiled(paper)
        found = [True] * len(last["logos"])
    except failure:
        found = _tried(whole, last, compiled, failure)
    return json.dumps({"found": found})


def _tried(
    whole: "dict[str, Any]",
    block: "dict[str, Any]",
    compiled: "Callable[[str], bytes]",
    failure: type[Exception],
) -> list[bool]:
    """Whether each picture of a block can be drawn, tried on a paper of its own."""
    import json  # noqa: PLC0415 - as above

    bare, found = {**whole, "notes": [], "eyebrow": ""}, []
    for logo in block["logos"]:
        alone = {**block, "runs": [], "notes": [], "logos": [logo]}
        try:
            compiled(json.dumps({**bare, "blocks": [whole["blocks"][0], alone]}))
        except failure:
            found.append(False)
        else:
            found.append(True)
    return found


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _limit()
    _paper = sys.stdin.buffer.read().decode()
    sys.stdout.write(drawn(sys.argv[1], sys.argv[2], sys.argv[3], _paper, *sys.argv[4:]))
