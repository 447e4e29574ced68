using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Tests.Hosting;
using Shouldly;
using static ClusterNet.Tests.Clusters.PeopleWorld;

namespace ClusterNet.Tests.Clusters;

/// <summary>Each place in which a person can be met, for each reader and each visibility: the table of docs/access/visibility.md.</summary>
public sealed class ProfileVisibilityTests(PeopleWorld world) : IClassFixture<PeopleWorld>
{
    private const string Marker = "zqweldingzq";

    public static MatrixTheoryData<string, string> Everybody => new(Visibilities, Readers);

    /// <summary>Who sees that the person is there, with name and work.</summary>
    private static bool SeesWork(string visibility, string reader) => SeesProfile(visibility, reader) || reader is Manager or Coordinator;

    /// <summary>Who sees what the person tells. A manager is one of the firm's people, a coordinator one of the cluster's.</summary>
    private static bool SeesProfile(string visibility, string reader) => reader switch
    {
        Owner => true,
        Anonymous => false,
        Colleague or Manager => visibility is "firm" or "cluster" or "network",
        ClusterColleague or Named or Coordinator => visibility is "cluster" or "network",
        _ => visibility == "network",
    };

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task The_person_is_seen_alone_in_lists_and_by_search_by_exactly_those_whom_the_visibility_includes(string visibility, string reader)
    {
        await Show(visibility);
        var (me, account) = (world[Owner].Person, world[reader]);
        var (work, profile) = (SeesWork(visibility, reader), SeesProfile(visibility, reader));

        var single = await Shown(account, $"/clusters/people/{me}");
        (single is not null).ShouldBe(work, "single");
        (single?["tells"] is not null).ShouldBe(profile, "profile");
        (single?.ToJsonString().Contains(Marker, StringComparison.Ordinal) ?? false).ShouldBe(profile, "text");
        if (work) single.ShouldNotBeNull()["work"].ShouldNotBeNull().AsArray().ShouldHaveSingleItem()?["position"]?.ToString().ShouldBe("employee");

        var inFirm = reader is Owner or Colleague or Manager or Coordinator;
        Persons(await Shown(account, $"/clusters/firms/{world.Acme}/people")).Contains(me).ShouldBe(work && inFirm, "list of the firm");
        (await Shown(account, $"/clusters/firms/{world.Acme}/people/{me}") is not null).ShouldBe(work && inFirm, "one of the firm");
        var inCluster = inFirm || reader is ClusterColleague or Named;
        foreach (var query in (string[])["", "?q=Gro%C3%9Fmann", "?q=ozturk"])
            Persons(await Shown(account, $"/clusters/{world.Cluster}/people{query}")).Contains(me).ShouldBe(work && inCluster, $"list of the cluster {query}");

        foreach (var name in (string[])["Olga Öztürk-Großmann", "grossm", "Oeztuerk olga"])
            Hits(await world.Find(reader, name)).ShouldBe(work, $"search by name {name}");
        foreach (var tag in (string[])[Marker, "hintertupfingen"])
            Hits(await world.Find(reader, tag)).ShouldBe(profile, $"search by {tag}");

        bool Hits(IReadOnlyList<ClusterNet.Access.Contracts.SearchHit> hits) => hits.Any(h => h.Href == $"/people/{me}");
    }

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task Pages_of_a_list_and_their_number_tell_nothing_of_who_is_hidden(string visibility, string reader)
    {
        await Show(visibility);
        if (reader is not (Owner or Colleague or Manager or Coordinator)) return;
        var (seen, cursor) = (0, "");
        do
        {
            var page = await Shown(world[reader], $"/clusters/firms/{world.Acme}/people?limit=1{cursor}");
            seen += Persons(page).Count;
            cursor = page?["next"] is { } next ? $"&cursor={Uri.EscapeDataString(next.ToString())}" : "";
        }
        while (cursor.Length > 0);
        // Mona, Carl and Olga.
        seen.ShouldBe(SeesWork(visibility, reader) ? 3 : 2);
    }

    [Fact]
    public async Task Only_a_person_themselves_takes_the_profile_along()
    {
        await Show("network");
        (await Archive(world[Owner])).ShouldContain(Marker);
        (await Archive(world[Manager])).ShouldNotContain(Marker);
    }

    [Fact]
    public async Task Work_in_a_firm_of_another_cluster_is_not_told()
    {
        var (coordinator, otto) = (await world.Newcomer("Cora Two"), await world.Newcomer("Otto Two Firms"));
        var second = await coordinator.Found("Second valley");
        await otto.Join(second, coordinator, "Second Ltd");
        await otto.Join(world.Cluster, world[Coordinator], "First Ltd");
        Firms(await Shown(world[ClusterColleague], $"/clusters/people/{otto.Person}")).ShouldBe(["First Ltd"]);
        Firms(await Shown(coordinator, $"/clusters/people/{otto.Person}")).ShouldBe(["Second Ltd"]);
        Firms(await Shown(otto, $"/clusters/people/{otto.Person}")).ShouldBe(["First Ltd", "Second Ltd"], ignoreOrder: true);

        static IEnumerable<string> Firms(JsonNode? person) =>
            person.ShouldNotBeNull()["work"].ShouldNotBeNull().AsArray().Select(w => $"{w?["firmName"]}");
    }

    [Fact]
    public async Task A_suspended_firm_and_its_cluster_do_not_see_each_other_any_more()
    {
        var owner = await world.Newcomer("Susi Suspended");
        var firm = await owner.Join(world.Cluster, world[Coordinator], "Suspended Ltd");
        (await Shown(world[ClusterColleague], $"/clusters/people/{owner.Person}")).ShouldNotBeNull();
        (await world[Coordinator].Client.Post($"/clusters/{world.Cluster}/memberships/{firm}/suspension", new { reason = "Dues" })).ShouldBe(HttpStatusCode.OK);
        foreach (var reader in (string[])[ClusterColleague, Coordinator])
            (await Shown(world[reader], $"/clusters/people/{owner.Person}")).ShouldBeNull(reader);
        (await Shown(owner, $"/clusters/people/{owner.Person}")).ShouldNotBeNull();
    }

    private async Task Show(string visibility)
    {
        var olga = world[Owner].Client;
        (await olga.Put("/clusters/me/profile", new
        {
            givenName = "Olga",
            familyName = "Öztürk-Großmann",
            aboutMe = $"I know {Marker}.",
            interests = (string[])["CNC"],
            skills = (string[])[$"{Marker} of pipes"],
            languages = (string[])["de"],
            place = "Hintertupfingen",
        })).ShouldBe(HttpStatusCode.OK);
        (await olga.Put("/clusters/me/profile/visibility", new { visibility })).ShouldBe(HttpStatusCode.OK);
    }

    private static List<string> Persons(JsonNode? page) => page is null
        ? []
        : [.. page["items"].ShouldNotBeNull().AsArray().Select(p => $"{p?["person"]}")];

    private static async Task<string> Archive(Account account)
    {
        await using var stream = await account.Client.GetStreamAsync("/api/v1/access/me/export", TestContext.Current.CancellationToken);
        await using var zip = new ZipArchive(stream);
        using var data = new StreamReader(zip.GetEntry("data.json").ShouldNotBeNull().Open());
        return await data.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
