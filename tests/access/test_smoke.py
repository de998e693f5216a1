from advocacy.organisations import queries


def test_members_see_each_other_and_a_donor_sees_none_of_them(world, reading):
    relief, donor = world.actor("relief"), world.actor("donor")
    with reading(relief) as session:
        seen = queries.organisations(session, relief, workspace_id=world.workspace_id)
        assert len(seen) == 8
    with reading(donor) as session:
        seen = queries.organisations(session, donor, workspace_id=world.workspace_id)
        assert [row.name for row in seen] == ["Northern Donor Agency"]
