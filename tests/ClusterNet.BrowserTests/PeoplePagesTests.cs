using ClusterNet.Tests.Hosting;
using Microsoft.Playwright;
using Shouldly;

namespace ClusterNet.BrowserTests;

/// <summary>Each page of firms, people and one's own things, as somebody meets it who works in a firm of a cluster.</summary>
public sealed class PeoplePagesTests(Site site)
{
    private static readonly string[] Paths =
    [
        "/clusters", "/clusters/new", "/clusters/{cluster}", "/firms", "/firms/new", "/firms/{firm}", "/firms/{firm}/people", "/firms/{firm}/people/new",
        "/firms/{firm}/people/{me}/position", "/people/{me}", "/account/profile", "/learning", "/learning/confirmations", "/learning/records/{record}",
        "/accreditation", "/sessions",
    ];

    public static TheoryData<string> EveryPage => [.. Paths];

    [Theory]
    [MemberData(nameof(EveryPage))]
    public async Task Every_page_is_accessible_fits_every_window_and_speaks_the_readers_language(string path)
    {
        var (me, address) = await Somebody(path);
        await using var visit = await site.VisitAs(me, address, Pages.Desk);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveCountAsync(1);
        (await visit.Faults("people " + path, @"(Size|Position|Kind|Visibility|Phase)-\w*|Hint|\s(the|your)\s")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Lists_of_assessors_are_for_assessors()
    {
        await using var refused = await site.VisitAs(await site.Newcomer(), "/assessments");
        await Assertions.Expect(refused.Page.GetByRole(AriaRole.Table)).ToHaveCountAsync(0);
        await using var visit = await site.VisitAs(site.Decider, "/assessments");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Assessments and decisions");
        (await visit.Barriers()).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_hidden_looks_like_what_does_not_exist()
    {
        var (me, _) = await Somebody("/clusters");
        var stranger = await site.Newcomer();
        var firm = (await me.Client.Get("/clusters/firms/mine")).Json[0]?["firm"]?["firm"]?.ToString();
        foreach (var address in (string[])[$"/firms/{firm}/people", $"/people/{me.Person}", $"/people/{Guid.NewGuid()}", $"/firms/{Guid.NewGuid()}", "/learning/records/" + Guid.NewGuid()])
        {
            await using var visit = await site.VisitAs(stranger, address);
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("There is no such page");
        }
    }

    private async Task<(Account Me, string Address)> Somebody(string path)
    {
        var me = await site.Entrepreneur();
        var firm = (await me.Client.Get("/clusters/firms/mine")).Json[0]?["firm"]?["firm"]?.ToString();
        var record = (await me.Client.Post("/learning/records", new { kind = "webinar", what = "W" + new string('w', 200), links = (string[])["https://example.org/" + new string('a', 150)] })).Id;
        return (me, path.Replace("{cluster}", site.Cluster, StringComparison.Ordinal).Replace("{firm}", firm, StringComparison.Ordinal)
            .Replace("{me}", me.Person, StringComparison.Ordinal).Replace("{record}", record, StringComparison.Ordinal));
    }
}
