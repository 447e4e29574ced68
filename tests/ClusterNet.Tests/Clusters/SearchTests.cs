using System.Net;
using ClusterNet.Search;
using ClusterNet.Tests.Hosting;
using Shouldly;
using static ClusterNet.Tests.Clusters.PeopleWorld;

namespace ClusterNet.Tests.Clusters;

public sealed class SearchTests(PeopleWorld world) : IClassFixture<PeopleWorld>
{
    public static TheoryData<string> Hostile =>
    [
        "%", "_", "\\", "''", "\"", "%%__", "'; drop table clusters.people; --", new string('ü', 10_000), string.Concat(Enumerable.Repeat("👩🏽‍🔧", 50)),
        "‮⁦", "\0a", "\uD83D", "a\uDC00b", "{0}", "$1", "* ( ) & | ! :*", "ﷺﷺ", "<b>", "ab%", "a_b", "CN-2026-0000-0000-0", "CN-2026-7F3K-9Q2M-T", "  ",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Nothing_that_is_typed_is_an_error_or_finds_everything(string text)
    {
        foreach (var reader in (string[])[Owner, Operator, Stranger])
        {
            var hits = await world.Find(reader, text);
            if (!text.Any(char.IsLetterOrDigit)) hits.ShouldBeEmpty();
            foreach (var kind in hits.GroupBy(h => h.Kind)) kind.Count().ShouldBeLessThanOrEqualTo(5);
        }
    }

    [Theory]
    [InlineData("Süßmilch Käserei", "Süßmilch", "sussmilch", "SUESSMILCH", "kaserei suss", "kaeserei")]
    [InlineData("Société Élévateurs", "societe", "élé", "ELEVATEURS")]
    [InlineData("Żółć Spółka", "zolc", "spolka", "Żółć")]
    [InlineData("Βιομηχανία Αθήνα", "βιομηχανια", "Αθήνα")]
    [InlineData("株式会社ひかり", "株式会社", "ひかり")]
    [InlineData("شركة النور", "شركة", "النور")]
    public async Task A_firm_is_found_however_its_letters_are_typed(string name, params string[] queries)
    {
        var owner = await world.Newcomer("Ada Firm");
        var firm = await owner.Register(name);
        foreach (var query in queries) (await world.Find(Stranger, query)).ShouldContain(h => h.Kind == "firm" && h.Href == $"/firms/{firm}", query);
    }

    [Fact]
    public async Task Exact_comes_before_beginning_before_inside()
    {
        var owner = await world.Newcomer("Rank Owner");
        foreach (var name in (string[])["Underlatheworks", "Lathe and Sons", "Lathe", "Best Lathes"]) await owner.Register(name);
        var hits = (await world.Find(Stranger, "lathe")).Where(h => h.Kind == "firm").ToList();
        hits.Select(h => (h.Title, h.Rank)).ShouldBe([("Lathe", 0), ("Lathe and Sons", 1), ("Best Lathes", 1), ("Underlatheworks", 2)]);
    }

    [Fact]
    public async Task Firms_are_found_by_place_and_sector_and_clusters_by_name_by_anybody_signed_in()
    {
        (await world.Find(Stranger, "acme menden")).ShouldHaveSingleItem().Href.ShouldBe($"/firms/{world.Acme}");
        (await world.Find(Stranger, "Acme 25.62")).ShouldHaveSingleItem().Detail.ShouldBe("Menden");
        (await world.Find(Stranger, "lenne")).ShouldContain(h => h.Kind == "cluster" && h.Href == $"/clusters/{world.Cluster}");
        (await world.Find(Stranger, "negotiat")).ShouldContain(h => h.Kind == "skill");
    }

    [Fact]
    public async Task A_new_name_is_found_and_the_old_one_no_more()
    {
        var person = await world.Newcomer("Old Name");
        await Rename("Zwetschgenbaum");
        (await world.Find(Stranger, "zwetschgen")).ShouldHaveSingleItem().Title.ShouldBe("Zoe Zwetschgenbaum");
        await Rename("Quittenbaum");
        (await world.Find(Stranger, "zwetschgen")).ShouldBeEmpty();
        (await world.Find(Stranger, "QUITTEN zoé")).ShouldHaveSingleItem().Rank.ShouldBe(1);

        async Task Rename(string family)
        {
            var body = new { givenName = "Zoe", familyName = family, aboutMe = "", interests = Array.Empty<string>(), skills = Array.Empty<string>(), languages = Array.Empty<string>(), place = "" };
            (await person.Client.Put("/clusters/me/profile", body)).ShouldBe(HttpStatusCode.OK);
            await person.Client.Put("/clusters/me/profile/visibility", new { visibility = "network" });
        }
    }

    [Fact]
    public void A_query_is_all_its_words_at_most_six_and_none_of_signs()
    {
        FoldedQuery.Of("%_'\"").ShouldBeNull();
        FoldedQuery.Of(null).ShouldBeNull();
        FoldedQuery.Of("Größe 12%").ShouldNotBeNull().Text.ShouldBe("grosse 12");
        ((string[])FoldedQuery.Of("a b c d e f g h").ShouldNotBeNull().BeginsWords[1]).Length.ShouldBe(6);
        Folding.ForIndex("Jörg Müller").ShouldBe(" jorg muller joerg mueller");
    }
}
