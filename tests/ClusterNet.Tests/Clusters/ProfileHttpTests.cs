using System.Net;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using static ClusterNet.Tests.Clusters.PeopleWorld;

namespace ClusterNet.Tests.Clusters;

public sealed class ProfileHttpTests(PeopleWorld world) : IClassFixture<PeopleWorld>
{
    private const string Path = "/clusters/me/profile";

    public static TheoryData<string> Awkward =>
    [
        "Δημήτρης 李小龍 محمد‎ שָׁלוֹם", "👩🏽‍🔧🇪🇺", "<script>alert(1)</script>", "'; drop table clusters.people; --", "{0} %s %_\\", "a‮b⁦c", "ﷺ" + new string('x', 99),
    ];

    private static object Body(
        string given = "Carl", string family = "Colleague", string about = "", string[]? interests = null, string[]? skills = null, string[]? languages = null,
        string place = "") => new { givenName = given, familyName = family, aboutMe = about, interests = interests ?? [], skills = skills ?? [], languages = languages ?? [], place };

    [Fact]
    public async Task Of_two_windows_the_second_is_told_that_the_profile_has_changed()
    {
        var carl = world[Colleague].Client;
        var read = (await carl.Get(Path)).ShouldBe(HttpStatusCode.OK);
        var tag = read.Headers["ETag"];
        (await carl.Put(Path, Body(about: "First"), ("If-Match", tag))).ShouldBe(HttpStatusCode.OK);
        (await carl.Put(Path, Body(about: "Second"), ("If-Match", tag))).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        (await carl.Put($"{Path}/visibility", new { visibility = "firm" }, ("If-Match", tag))).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        (await carl.Get(Path)).Json["tells"]?["aboutMe"]?.ToString().ShouldBe("First");
        (await carl.Get(Path, ("If-None-Match", (await carl.Get(Path)).Headers["ETag"]))).Status.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task The_same_again_adds_nothing_and_entries_are_tidied()
    {
        var nora = world[Named].Client;
        (await nora.Put(Path, Body("Nora", "Named", skills: [" Turning", "turning ", "Milling"]))).ShouldBe(HttpStatusCode.OK);
        var before = await world.Host.EventCount();
        (await nora.Put(Path, Body("Nora", "Named", skills: ["Turning", "Milling"]))).ShouldBe(HttpStatusCode.OK);
        (await world.Host.EventCount()).ShouldBe(before);
        (await nora.Get(Path)).Json["tells"]?["skills"]?.ToJsonString().ShouldBe("""["Turning","Milling"]""");
    }

    [Fact]
    public async Task Who_works_nowhere_has_a_profile_all_the_same()
    {
        var newcomer = await world.Newcomer("Nina Nowhere");
        var empty = (await newcomer.Client.Get(Path)).ShouldBe(HttpStatusCode.OK);
        (empty.Text("familyName"), empty.Text("registered")).ShouldBe(("Nina Nowhere", "false"));
        (await newcomer.Client.Put($"{Path}/visibility", new { visibility = "network" })).ShouldBeProblem(HttpStatusCode.Conflict, "profile-missing");
        (await newcomer.Client.Put(Path, Body("Nina", "Nowhere", place: "Altena"), ("If-Match", empty.Headers["ETag"]))).ShouldBe(HttpStatusCode.OK);
        (await Shown(world[Stranger], $"/clusters/people/{newcomer.Person}")).ShouldBeNull();
        (await newcomer.Client.Put($"{Path}/visibility", new { visibility = "network" })).ShouldBe(HttpStatusCode.OK);
        (await Shown(world[Stranger], $"/clusters/people/{newcomer.Person}")).ShouldNotBeNull()["tells"]?["place"]?.ToString().ShouldBe("Altena");
    }

    [Theory]
    [MemberData(nameof(Awkward))]
    public async Task Any_text_is_kept_as_it_was_written_and_found_again(string text)
    {
        var person = await world.Newcomer("Any Text");
        (await person.Client.Put(Path, Body(text, text, text, [text], [text], [], text))).ShouldBe(HttpStatusCode.OK);
        var own = await person.Client.Get(Path);
        own.Text("familyName").ShouldBe(text.Trim());
        own.Json["tells"]?["skills"]?[0]?.ToString().ShouldBe(text.Trim());
        foreach (var hit in await world.Find(Owner, text)) hit.Rank.ShouldBeInRange(0, 2);
    }

    [Fact]
    public async Task What_is_too_long_or_malformed_is_named_field_by_field()
    {
        var refused = await world[Colleague].Client.Put(Path, Body(
            new('x', 101), " ", new('ж', 2_001), [.. Enumerable.Repeat("x", 21)], [" ", new string('x', 101)], ["german"], new('x', 500)));
        refused.ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        refused.Json["errors"].ShouldNotBeNull().AsArray().Select(e => $"{e?["pointer"]}").ShouldBe(
            ["#/givenName", "#/familyName", "#/aboutMe", "#/interests", "#/skills/0/", "#/skills/1/", "#/languages/0/", "#/place"], ignoreOrder: true);
        (await world[Anonymous].Client.Get(Path)).ShouldBeProblem(HttpStatusCode.Unauthorized, "not-signed-in");
        (await world[Colleague].Client.Put($"{Path}/visibility", new { visibility = "everybody" })).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Nothing_of_a_profile_is_in_the_clear_and_rows_equal_their_replay()
    {
        await world[Manager].Client.Put(Path, Body("Mona", "Unmistakable", "unmistakable", ["unmistakable"], ["unmistakable"], ["de"], "unmistakable"));
        await using var command = world.Host.Services.GetRequiredService<Database>().Source.CreateCommand(
            "select count(*) from events.mt_events where lower(data::text || headers::text) like '%unmistakable%'");
        (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)).ShouldBe(0L);
        foreach (var table in await world.Host.Services.GetRequiredService<Replay>().Verify(null, TestContext.Current.CancellationToken))
            table.Equal.ShouldBeTrue($"{table.Table}: {string.Join(", ", table.Differences)}");
    }
}
