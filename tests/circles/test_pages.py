"""The page of who takes part: what the lead does there, and what others read of it."""


def test_an_organisation_is_invited_and_taken_out(world, client, led):
    legal, women = client("legal"), client("women")
    target = {"organisation": str(world.organisations["women"])}
    women.get(f"/positions/{led.id}", 404)
    legal.post(f"/positions/{led.id}/circle", target)
    women.get(f"/positions/{led.id}")
    legal.post(f"/positions/{led.id}/circle", target, status=422)
    legal.post(f"/positions/{led.id}/circle/remove", target, page=f"/positions/{led.id}/circle")
    women.get(f"/positions/{led.id}", 404)


def test_neither_donor_nor_observer_is_offered(world, client, led):
    page = client("legal").get(f"/positions/{led.id}/circle")
    assert str(world.organisations["women"]) in page
    for name in ("donor", "observer", "relief", "legal"):
        assert f'<option value="{world.organisations[name]}"' not in page, name


def test_one_that_takes_part_reads_who_leads_and_is_given_no_form(world, client, led):
    page = client("relief").get(f"/positions/{led.id}/circle")
    assert "The lead does not list those it invited." in page
    assert 'name="organisation"' not in page
    for name in ("women", "rights", "forum"):
        assert str(world.organisations[name]) not in page, name
