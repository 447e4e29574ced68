using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;
using static ClusterNet.Tests.Clusters.PeopleWorld;

namespace ClusterNet.Tests.Clusters;

public sealed class HomeTaskTests(PeopleWorld world) : IClassFixture<PeopleWorld>
{
    [Fact]
    public async Task A_coordinator_is_told_of_applications_until_they_are_decided()
    {
        var (coordinator, owner) = (await world.Newcomer("Cora Tasks"), await world.Newcomer("Otto Applies"));
        var cluster = await coordinator.Found("Tasks valley");
        var firm = await owner.Register("Applying Ltd");
        (await Kinds(coordinator)).ShouldNotContain("applications-to-decide");
        (await owner.Client.Post($"/clusters/{cluster}/memberships", new { firm, reason = "Please" })).ShouldBe(HttpStatusCode.Created);
        var task = (await world.Tasks(coordinator)).Single(t => t.Kind == "applications-to-decide");
        (task.Text, task.Href).ShouldBe(("A firm asks to join Tasks valley", $"/clusters/{cluster}#applications"));
        (await Kinds(owner)).ShouldNotContain("applications-to-decide");
        await coordinator.Client.Post($"/clusters/{cluster}/memberships/{firm}/rejection", new { reason = "No" });
        (await Kinds(coordinator)).ShouldNotContain("applications-to-decide");
    }

    [Fact]
    public async Task A_manager_is_told_of_missing_figures_and_of_people_who_cannot_sign_in()
    {
        var owner = await world.Newcomer("Olga Tasks");
        var firm = await owner.Register("Tasks Ltd");
        (await Kinds(owner)).ShouldBe(["figures-missing", "profile-empty"], ignoreOrder: true);
        (await owner.Client.Post($"/clusters/firms/{firm}/people", World.PersonBody(World.NewEmail()))).ShouldBe(HttpStatusCode.Created);
        (await world.Tasks(owner)).Single(t => t.Kind == "people-without-sign-in").Href.ShouldBe($"/firms/{firm}/people");
        (await owner.Client.Post($"/clusters/firms/{firm}/figures", new { headCount = 3, turnoverCents = 1L, reportedOn = "2026-01-31" })).ShouldBe(HttpStatusCode.OK);
        (await Kinds(owner)).ShouldNotContain("figures-missing");
    }

    [Fact]
    public async Task A_member_is_told_to_fill_in_the_profile_and_to_confirm_and_to_complete_records()
    {
        var (asked, writer) = (world[Named], world[Owner]);
        (await Kinds(asked)).ShouldContain("profile-empty");
        var record = await writer.Client.Post("/learning/records", new { kind = "webinar", what = "Seen", with = (string[])[asked.Person] });
        (await world.Tasks(asked)).Single(t => t.Kind == "confirmations-asked").Href.ShouldBe("/learning/confirmations");
        (await world.Tasks(writer)).Single(t => t.Kind == "records-unfinished").Text.ShouldBe("One of your records does not say yet what you learnt");
        (await asked.Client.Post($"/learning/records/{record.Id}/confirmation", null)).ShouldBe(HttpStatusCode.OK);
        (await Kinds(asked)).ShouldNotContain("confirmations-asked");
        await writer.Client.Put($"/learning/records/{record.Id}", new { kind = "webinar", what = "Seen", learnt = "A lot" });
        (await Kinds(writer)).ShouldNotContain("records-unfinished");
    }

    [Fact]
    public async Task Who_has_no_role_has_nothing_to_do() => (await world.Tasks(await world.Newcomer("Idle"))).ShouldBeEmpty();

    private async Task<IEnumerable<string>> Kinds(Account account) => (await world.Tasks(account)).Select(t => t.Kind);
}
