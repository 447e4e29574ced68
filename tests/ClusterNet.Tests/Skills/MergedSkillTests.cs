using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Levels;
using ClusterNet.Skills.OwnSkills;
using ClusterNet.Skills.Profiles;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Skills;

/// <summary>What names a skill follows it when another one takes its place, and comes back when that is undone.</summary>
public sealed class MergedSkillTests(AuditWorld world) : IClassFixture<AuditWorld>
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private static readonly DateTimeOffset Now = new(2026, 5, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly Id<Person> Ann = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e01"));
    private static readonly Id<Firm> Acme = new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e02"));
    private static readonly Succession AtoB = new(new Dictionary<string, string> { ["a"] = "b" });

    [Fact]
    public void Of_two_skills_that_became_one_the_higher_level_is_asked_for()
    {
        var skills = AtoB.Of([new("a", 4), new("c", 1), new("b", 2)]);

        skills.Select(s => (s.SkillUri, s.Level, string.Join(' ', s.Was))).ShouldBe([("b", 4, "a"), ("c", 1, "")]);
    }

    [Fact]
    public void A_profile_takes_successors_over_once()
    {
        var drawn = new RoleProfileDrawnUp(Acme, null, "Welder", [new("a", 4), new("b", 2)], null, null, Ann, Now);
        var taken = new RoleProfileChanged("Welder", [new("b", 4)], Ann, Now);

        Spec<Profile, ProfileEvent>.Given(drawn).When(new TakeSuccessors(AtoB, Ann, Now)).Then(taken);
        Spec<Profile, ProfileEvent>.Given(drawn, taken).When(new TakeSuccessors(AtoB, Ann, Now)).Then();
        Spec<Profile, ProfileEvent>.Given(drawn).When(new TakeSuccessors(Succession.None, Ann, Now)).Then();
        Spec<Profile, ProfileEvent>.Given(drawn, new RoleProfileRetired(Ann, Now)).When(new TakeSuccessors(AtoB, Ann, Now)).ThenRefused(ProfileRules.Retired);
    }

    [Fact]
    public void The_newest_of_both_names_counts()
    {
        LevelRow Claim(string skill, int level, DateTimeOffset at) => new(Guid.Empty, Ann, skill, LevelSource.Claimed, Guid.Empty, null, null, level, at);

        var held = LevelReads.Of([Claim("a", 5, Now), Claim("b", 2, Now.AddDays(-1))], AtoB).ShouldHaveSingleItem();

        (held.SkillUri, held.Level, held.WasUri).ShouldBe(("b", 5, "a"));
    }

    [Fact]
    public async Task References_follow_a_merge_and_its_undoing()
    {
        var firm = await world.Firm("Merged", 3);
        var (manager, ben) = (firm.Manager, firm.People[1]);
        var (byHand, manual) = (await Own("weld by hand"), await Own("weld manually"));
        var (a, b) = (UriOf(byHand), UriOf(manual));
        var profile = (await manager.Client.Post("/skills/profiles", new { title = "Welder", firm = firm.Id, skills = new[] { new { skillUri = a, level = 4 } } }))
            .ShouldBe(HttpStatusCode.Created).Id;
        var closed = await AuditWorld.Open(manager, profile, firm.Id, raters: "180");
        await Rate(ben, closed, ben, a, 3);
        await Rate(manager, closed, ben, a, 2);
        (await manager.Client.Post($"/skills/audits/{closed}/closure", null)).ShouldBe(HttpStatusCode.OK);
        await world.Host.CaughtUp();

        (await world.Rosa.Client.Post($"/skills/clusters/{world.Cluster}/own/{byHand}/merge", new { into = manual })).ShouldBe(HttpStatusCode.OK);

        (await First(manager, $"/skills/profiles/{profile}", "skills")).ShouldBe((b, a));
        (await First(ben, $"/skills/audits/{closed}/results/{ben.Person}", "skills")).ShouldBe((b, a));
        (await Levels(ben)).ShouldBe([("claimed", b, 3), ("rated", b, 2)], ignoreOrder: true);
        (await Gap(manager, closed, ben)).ShouldBe((b, 4, 2));
        (await ben.Client.Get("/skills/persons/me/gaps")).Items.ShouldHaveSingleItem()["skill"]!.ToString().ShouldBe(b);
        (await ben.Client.Post("/skills/levels/claims", new { skillUri = b, level = 4 })).ShouldBe(HttpStatusCode.OK);
        (await Levels(ben)).ShouldBe([("claimed", b, 4), ("rated", b, 2)], ignoreOrder: true);

        // An audit of a profile that names the skill that went rates its successor, by either name.
        var running = await AuditWorld.Open(manager, profile, firm.Id, raters: "180");
        (await First(ben, $"/skills/audits/{running}/ratings/{ben.Person}", "skills")).ShouldBe((b, a));
        await Rate(ben, running, ben, b, 5);

        // Then the profile takes it over, which whoever sees the profile may not do.
        (await ben.Client.Post($"/skills/profiles/{profile}/successors", null)).ShouldBeProblem(HttpStatusCode.Forbidden, "profile-not-yours");
        (await manager.Client.Post($"/skills/profiles/{profile}/successors", null)).ShouldBe(HttpStatusCode.OK);
        (await First(manager, $"/skills/profiles/{profile}", "skills")).ShouldBe((b, null));

        (await world.Rosa.Client.Post($"/skills/clusters/{world.Cluster}/own/{byHand}/unmerge", null)).ShouldBe(HttpStatusCode.OK);

        (await First(ben, $"/skills/audits/{closed}/results/{ben.Person}", "skills")).ShouldBe((a, null));
        (await Levels(ben)).ShouldBe([("claimed", a, 3), ("claimed", b, 4), ("rated", a, 2)], ignoreOrder: true);
        (await Gap(manager, closed, ben)).ShouldBe((a, 4, 2));
        var sheet = (await ben.Client.Get($"/skills/audits/{running}/ratings/{ben.Person}")).Json["skills"].ShouldNotBeNull()[0].ShouldNotBeNull();
        (sheet["skillUri"]!.ToString(), sheet["level"]!.GetValue<int>()).ShouldBe((a, 5));
        (await world.Host.Services.GetRequiredService<Replay>().Verify(null, Ct)).ShouldAllBe(r => r.Equal);
    }

    [Fact]
    public async Task A_claim_of_the_skill_that_went_is_withdrawn_under_its_successor()
    {
        var cem = (await world.Firm("Claimed", 2)).People[1];
        var (old, next) = (await Own("braze by hand"), await Own("braze manually"));
        (await cem.Client.Post("/skills/levels/claims", new { skillUri = UriOf(old), level = 2 })).ShouldBe(HttpStatusCode.OK);
        (await world.Rosa.Client.Post($"/skills/clusters/{world.Cluster}/own/{old}/merge", new { into = next })).ShouldBe(HttpStatusCode.OK);

        (await cem.Client.Post("/skills/levels/claims/withdrawal", new { skillUri = UriOf(next) })).ShouldBe(HttpStatusCode.OK);

        (await Levels(cem)).ShouldBeEmpty();
    }

    private async Task<string> Own(string label)
    {
        var path = $"/skills/clusters/{world.Cluster}/own";
        var id = (await world.Rosa.Client.Post(path, new { type = "skill/competence", words = new[] { new { language = "en", label, description = label } }, why = "In use" }))
            .ShouldBe(HttpStatusCode.Created).Id;
        (await world.Rosa.Client.Post($"{path}/{id}/acceptance", null)).ShouldBe(HttpStatusCode.OK);
        return id;
    }

    private static string UriOf(string own) => OwnSkill.UriOf(Id<OwnSkill>.Parse(own, null));

    private static async Task Rate(Account rater, string audit, Account rated, string skillUri, int level)
    {
        (await rater.Client.Put($"/skills/audits/{audit}/ratings/{rated.Person}", new { answers = new[] { new { skillUri, level } } })).ShouldBe(HttpStatusCode.OK);
        (await rater.Client.Post($"/skills/audits/{audit}/ratings/{rated.Person}/sent", null)).ShouldBe(HttpStatusCode.OK);
    }

    /// <summary>The skill of the first line, and what it was; null for the same.</summary>
    private static async Task<(string Skill, string? Was)> First(Account who, string path, string member)
    {
        var line = (await who.Client.Get(path)).ShouldBe(HttpStatusCode.OK).Json[member].ShouldNotBeNull().AsArray().ShouldHaveSingleItem().ShouldNotBeNull();
        var was = line["was"] is JsonArray all ? all.SingleOrDefault() : line["was"];
        return (line["skillUri"]!.ToString(), was?["skillUri"]!.ToString());
    }

    private static async Task<IReadOnlyList<(string Source, string Skill, int Level)>> Levels(Account who) =>
    [
        .. (await who.Client.Get("/skills/levels")).ShouldBe(HttpStatusCode.OK).Json.AsArray()
            .Select(l => (l!["source"]!.ToString(), l["skillUri"]!.ToString(), l["level"]!.GetValue<int>())),
    ];

    private static async Task<(string Skill, int Required, int Level)> Gap(Account who, string audit, Account of)
    {
        var people = (await who.Client.Get($"/skills/audits/{audit}/gaps")).ShouldBe(HttpStatusCode.OK).Json["people"].ShouldNotBeNull().AsArray();
        var cell = people.Single(p => p!["person"]!.ToString() == of.Person)!["cells"].ShouldNotBeNull().AsArray().ShouldHaveSingleItem().ShouldNotBeNull();
        return (cell["skill"]!.ToString(), cell["required"]!.GetValue<int>(), cell["level"]!.GetValue<int>());
    }
}
