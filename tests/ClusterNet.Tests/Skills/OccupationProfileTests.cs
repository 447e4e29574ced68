using System.Net;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Occupations;
using ClusterNet.Skills.Profiles;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Skills;

/// <summary>Role profiles that begin with an occupation.</summary>
public sealed class OccupationProfileTests(AuditWorld world) : IClassFixture<AuditWorld>
{
    [Fact]
    public void A_draft_takes_essential_skills_and_leaves_out_what_cannot_be_used()
    {
        var draft = OccupationDraft.Of(Row(["a", "gone", "b", "a"], ["c", "b", "never"]), Cards(["a", "b", "c"], ["gone"]));

        draft.Essential.Select(c => c.Uri).ShouldBe(["a", "b"]);
        draft.Optional.Select(c => c.Uri).ShouldBe(["c"]);
        draft.Beyond.ShouldBeEmpty();
        draft.Retired.Select(c => c.Uri).ShouldBe(["gone"]);
        draft.Unknown.ShouldBe(["never"]);
    }

    [Fact]
    public void A_draft_holds_no_more_than_a_profile_and_offers_the_rest()
    {
        string[] many = [.. Enumerable.Range(0, ProfileRules.MaxSkills + 3).Select(i => $"s{i:D2}")];

        var draft = OccupationDraft.Of(Row(many, []), Cards(many, []));

        (draft.Essential.Count, draft.Beyond.Count).ShouldBe((ProfileRules.MaxSkills, 3));
        draft.Offered.Count().ShouldBe(many.Length);
    }

    [Fact]
    public async Task A_profile_begins_with_an_occupation_and_remembers_it()
    {
        var firm = await world.Firm("Occupied", 1);
        var uri = $"urn:test:occupation:{Guid.NewGuid()}";
        await TestOccupation.Import(world.Host, uri, [AuditWorld.Accounting, "urn:test:nobody-knows"], [AuditWorld.FiveS]);
        using var anybody = world.Host.Anonymous();

        var draft = (await anybody.Get($"/skills/occupations/{Occupation.StreamOf(uri)}/profile?language=en")).ShouldBe(HttpStatusCode.OK);

        draft.Json["skills"].ShouldNotBeNull().AsArray().ShouldHaveSingleItem().ShouldNotBeNull()["level"].ShouldNotBeNull().GetValue<int>().ShouldBe(3);
        draft.Json["optional"].ShouldNotBeNull().AsArray().ShouldHaveSingleItem().ShouldNotBeNull()["skillUri"].ShouldNotBeNull().ToString().ShouldBe(AuditWorld.FiveS);
        draft.Json["unknown"].ShouldNotBeNull().AsArray().ShouldHaveSingleItem().ShouldNotBeNull().ToString().ShouldBe("urn:test:nobody-knows");
        object Body(string occupation) => new { title = "Clerk", firm = firm.Id, occupation, skills = new[] { new { skillUri = AuditWorld.Accounting, level = 4 } } };
        var drawn = (await firm.Manager.Client.Post("/skills/profiles", Body(uri))).ShouldBe(HttpStatusCode.Created).Id;
        var seen = (await firm.Manager.Client.Get($"/skills/profiles/{drawn}")).ShouldBe(HttpStatusCode.OK).Json["occupation"].ShouldNotBeNull();
        (seen["uri"]!.ToString(), seen["label"]!.ToString()).ShouldBe((uri, "test clerk"));
        (await firm.Manager.Client.Post("/skills/profiles", Body("urn:test:no-occupation"))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "occupation-unknown");
        (await anybody.Get($"/skills/occupations/{Guid.NewGuid()}/profile")).ShouldBeProblem(HttpStatusCode.NotFound, "occupation-unknown");
    }

    private static OccupationRow Row(string[] essential, string[] optional) =>
        new(new(Guid.Empty), "urn:o", OccupationKind.Occupation, "1", "3322", [], [], essential, optional, false, "test", 1);

    private static Dictionary<string, SkillCard> Cards(string[] known, string[] retired) =>
        known.Concat(retired).ToDictionary(u => u, u => new SkillCard(u, u, "", "") { Retired = retired.Contains(u) });
}
