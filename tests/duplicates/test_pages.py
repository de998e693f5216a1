"""Finding, putting together and undoing, by a client."""

import re

LIST = "/threats/in/testland/duplicates"


def test_two_are_put_together_and_taken_apart(client, report):
    one, other = report("members"), report("members", title="Checkpoints turn back clinic team")
    relief = client("relief")
    path = re.search(r"/threats/[0-9a-f-]{36}/merge/[0-9a-f-]{36}", relief.get(LIST)).group(0)
    assert "Nobody reads more than before" in relief.get(path)
    relief.post(path, {}, status=422)
    relief.post(path, {"survivor": str(other)})
    relief.post(path, {"survivor": str(other)}, status=409)
    assert "No two records look alike" in relief.get(LIST)
    page = relief.get(f"/threats/{one}")
    assert "This is the same as another record" in page
    assert "Also reported as" in client("legal").get(f"/threats/{other}")
    after = re.search(r'name="after" value="([^"]+)"', page).group(1)
    client("legal").post(f"/threats/{one}/unmerge", {"after": after}, status=403)
    relief.post(f"/threats/{one}/unmerge", {"after": after})
    relief.post(f"/threats/{one}/unmerge", {"after": after}, status=409)
    assert "This is the same as another record" not in relief.get(f"/threats/{one}")


def test_not_the_same_takes_a_pair_off_the_list(client, report):
    ours, theirs = report("members"), report("members", by="legal")
    hidden = report("own", by="legal")
    relief = client("relief")
    page = relief.get(LIST)
    assert str(hidden) not in page
    assert "Only who owns both" in page
    relief.get(f"/threats/{ours}/merge/{theirs}", status=403)
    relief.get(f"/threats/{ours}/merge/{hidden}", status=404)
    relief.post(f"/threats/{ours}/distinct/{hidden}", {}, status=404)
    relief.post(f"/threats/{ours}/distinct/{theirs}", {})
    assert "No two records look alike" in relief.get(LIST)
    client("donor").get(LIST, status=403)
