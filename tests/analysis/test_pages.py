"""Adding what one knows, by the pages: without script, in part, and seen by others."""

import re

REGISTER = "/threats/in/testland"


def edition(page: str) -> str:
    return re.search(r'name="based_on"[^>]*value="(\d+)"', page).group(1)


def remove_paths(page: str) -> list[str]:
    return re.findall(r'action="([^"]*/remove)"', page)


def test_an_owner_adds_what_is_known_and_others_read_their_part(client, report):
    threat = f"/threats/{report('observers')}"
    relief = client("relief")
    assert "Add what you know" in relief.get(threat)

    def add(part, **typed):
        page = relief.get(f"{threat}/analysis")
        relief.post(f"{threat}/analysis{part}", {"based_on": edition(page), **typed})

    add("", kinds=["violence"], context="A new front line.", subtype="Checkpoints")
    add("/places", area="tst0302", place_name="Old mill", latitude="33,5", longitude="٣٦.٢٥")
    add("/parties", role="perpetrator", category="militia", basis="reported", party_name="Guard")
    figure = {"kind": "detained", "low": "1200", "population": "IDP", "sex": "f", "age": "0-17"}
    add("/figures", **figure, disability="all", method="counted")

    ours, legal, observer = (client(name).get(threat) for name in ("relief", "legal", "observer"))
    assert all(word in ours for word in ("Violence", "Old mill", "33.5, 36.25", "Guard", "1,200"))
    assert all(word in legal for word in ("A new front line", "Old mill", "militia", "1,200"))
    assert not any(word in legal for word in ("33.5", "Guard", "Add what you know"))
    assert "Violence" in observer
    assert "Harbour" in observer
    assert not any(w in observer for w in ("front line", "mill", "1,200", "Checkpoints</dd>"))
    told = relief.get(f"{threat}/history")
    assert all(word in told for word in ("Old mill", "front line", "33.5", "Detained: 1,200"))

    for path in remove_paths(relief.get(f"{threat}/analysis")):
        relief.post(path, {"based_on": edition(relief.get(f"{threat}/analysis"))})
    assert "Old mill" not in relief.get(threat)


def test_what_is_faulty_comes_back_in_words_with_what_was_typed(client, report):
    threat = f"/threats/{report()}"
    relief = client("relief")
    now = {"based_on": edition(relief.get(f"{threat}/analysis"))}
    for part, typed, sentence in (
        ("/places", {"area": "Nowhere", "place_name": "Kept"}, "No place of this country"),
        ("/places", {"place_name": "Kept"}, "one of the two"),
        ("/places", {"area": "TST01", "is_country": "y", "place_name": "Kept"}, "one of the two"),
        ("/places", {"area": "TST01", "latitude": "north", "place_name": "Kept"}, "such as 36.2"),
        ("/places", {"area": "TST01", "latitude": "nan", "longitude": "1", "place_name": "Kept"},
         "No place has this"),
        ("/parties", {"role": "perpetrator", "category": "service-provider", "basis": "reported",
                      "party_name": "Kept"}, "Use the channel against"),
        ("", {"kinds": ["unkindness"], "context": "Kept"}, "not a valid choice"),
        ("", {"context": "Kept" + "x" * 4_000}, "4000"),
    ):  # fmt: skip
        answer = relief.post(f"{threat}/analysis{part}", {**now, **typed}, status=422)
        text = answer.get_data(as_text=True)
        assert sentence in text, (part, typed)
        assert "Kept" in text
    assert "Kept" not in relief.get(threat)


def test_a_stale_form_keeps_what_was_typed_and_shows_what_is_there(client, report):
    threat = f"/threats/{report()}"
    relief = client("relief")
    old = edition(relief.get(f"{threat}/analysis"))
    relief.post(f"{threat}/analysis", {"based_on": old, "context": "Theirs, in between."})
    answer = relief.post(
        f"{threat}/analysis", {"based_on": old, "context": "Mine, kept."}, status=409
    )
    text = answer.get_data(as_text=True)
    assert "Somebody changed this meanwhile" in text
    assert "Mine, kept." in text
    assert "Theirs" in text
    assert "Mine" not in relief.get(threat)


def test_a_form_that_names_a_record_of_another_threat_changes_nothing(client, report):
    mine, other = f"/threats/{report()}", f"/threats/{report()}"
    relief = client("relief")
    page = relief.get(f"{other}/analysis")
    relief.post(f"{other}/analysis/places", {"based_on": edition(page), "area": "TST0302"})
    (path,) = remove_paths(relief.get(f"{other}/analysis"))
    before = relief.get(other)
    based_on = edition(relief.get(f"{mine}/analysis"))
    relief.post(path.replace(other, mine), {"based_on": based_on}, status=404)
    based_on = edition(relief.get(f"{other}/analysis"))
    relief.post(path.replace("places", "figures"), {"based_on": based_on}, status=404)
    assert relief.get(other).count("Harbour") == before.count("Harbour")
    client("legal").get(f"{mine}/analysis", status=404)


def test_the_page_is_for_its_owner_alone(client, report):
    threat = f"/threats/{report('members')}"
    legal = client("legal")
    legal.get(f"{threat}/analysis", status=403)
    legal.post(f"{threat}/analysis", {"based_on": "1", "context": "x"}, status=403)
