using System.IO.Compression;
using System.Net;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using Shouldly;
using static ClusterNet.Tests.Clusters.PeopleWorld;

namespace ClusterNet.Tests.Learning;

/// <summary>Each place in which a learning record can be met, for each reader and each visibility: the table of docs/access/visibility.md.</summary>
public sealed class VisibilityTests(PeopleWorld world) : IClassFixture<PeopleWorld>
{
    public static MatrixTheoryData<string, string> Everybody => new(Visibilities, Readers);

    private static bool Sees(string visibility, string reader) => reader switch
    {
        Owner => true,
        Anonymous => false,
        Named or Colleague or Manager => visibility is "firm" or "cluster" or "network",
        ClusterColleague or Coordinator => visibility is "cluster" or "network",
        _ => visibility == "network",
    };

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task A_record_is_seen_alone_in_lists_by_search_and_in_its_history_by_exactly_those_whom_its_visibility_includes(string visibility, string reader)
    {
        var (marker, sees) = ($"zq{Guid.NewGuid():n}", Sees(visibility, reader));
        var record = await Recorded(marker, visibility);
        var account = world[reader];

        foreach (var path in (string[])[$"/learning/records/{record}", $"/learning/records/{record}?asOfVersion=1", $"/learning/records/{record}/events"])
            ((await Shown(account, path))?.ToJsonString().Contains(marker, StringComparison.Ordinal) ?? false).ShouldBe(sees, path);
        foreach (var filter in (string[])["", $"&person={world[Owner].Person}", $"&firm={world.Acme}", "&kind=webinar"])
            (await Lists(account, "/learning/records?limit=200" + filter, marker)).ShouldBe(sees, $"list {filter}");
        (await Lists(account, "/learning/to-confirm?limit=200", marker)).ShouldBe(reader == Named && visibility != "private", "to confirm");
        (await world.Find(reader, marker)).Any(h => h.Kind == "learning-record" && h.Href.EndsWith(record, StringComparison.Ordinal)).ShouldBe(sees, "search");
        (await account.Client.Post($"/learning/records/{record}/confirmation", null)).Status.ShouldBe(
            reader == Anonymous ? HttpStatusCode.Unauthorized
            : reader == Auditor ? HttpStatusCode.Forbidden
            : !sees ? HttpStatusCode.NotFound
            : reader == Named ? HttpStatusCode.OK
            : reader == Owner ? HttpStatusCode.Conflict : HttpStatusCode.Forbidden);
    }

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task What_was_said_in_a_narrower_circle_stays_in_it(string visibility, string reader)
    {
        var marker = $"zq{Guid.NewGuid():n}";
        var record = await Recorded(marker, visibility);
        (await world[Owner].Client.Put($"/learning/records/{record}", new { kind = "webinar", what = "Put more carefully" })).ShouldBe(HttpStatusCode.OK);
        (await world[Owner].Client.Put($"/learning/records/{record}/visibility", new { visibility = "network" })).ShouldBe(HttpStatusCode.OK);

        var sees = Sees(visibility, reader);
        foreach (var path in (string[])[$"/learning/records/{record}?asOfVersion=1", $"/learning/records/{record}/events"])
            ((await Shown(world[reader], path))?.ToJsonString().Contains(marker, StringComparison.Ordinal) ?? false).ShouldBe(sees, path);
        (await world.Find(reader, marker)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_its_owner_takes_a_record_along_and_others_words_stay_theirs()
    {
        var marker = $"zq{Guid.NewGuid():n}";
        await Recorded(marker, "network");
        (await Archive(world[Owner])).ShouldContain(marker);
        foreach (var reader in (string[])[Named, Colleague, Manager]) (await Archive(world[reader])).ShouldNotContain(marker);
    }

    [Theory]
    [MemberData(nameof(Everybody))]
    public async Task Only_whom_a_shared_record_names_is_asked_to_confirm_it(string visibility, string reader)
    {
        if (reader == Anonymous) return;
        var before = await Asked();
        await Recorded("To confirm", visibility);
        (await Asked()).ShouldBe(before + (reader == Named && visibility != "private" ? 1 : 0));

        async Task<int> Asked() => (await world[reader].Client.Get("/learning/to-confirm?limit=200")).Items.Count;
    }

    private async Task<string> Recorded(string what, string visibility) => (await world[Owner].Client.Post("/learning/records", new
    {
        kind = "webinar",
        what,
        learnt = "Something",
        with = (string[])[world[Named].Person],
        visibility,
    })).ShouldBe(HttpStatusCode.Created).Id;

    private static async Task<bool> Lists(Account reader, string path, string marker) =>
        (await Shown(reader, path))?.ToJsonString().Contains(marker, StringComparison.Ordinal) ?? false;

    private static async Task<string> Archive(Account account)
    {
        await using var stream = await account.Client.GetStreamAsync("/api/v1/access/me/export", TestContext.Current.CancellationToken);
        await using var zip = new ZipArchive(stream);
        using var data = new StreamReader(zip.GetEntry("data.json").ShouldNotBeNull().Open());
        return await data.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
