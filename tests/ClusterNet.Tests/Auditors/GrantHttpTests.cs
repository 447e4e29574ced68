using System.Net;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Roles;
using ClusterNet.EventStore;
using ClusterNet.Tests.Accreditation;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Auditors;

/// <summary>Grants are given, ended and expire; and with them what an auditor may read.</summary>
public sealed class GrantHttpTests(StoryHost story) : IClassFixture<StoryHost>
{
    private const string Grants = "/access/auditor-grants";
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_grant_opens_what_it_names_until_it_is_ended_and_then_nothing()
    {
        var (paula, wilma, august) = (await story.Entrepreneur(), await story.Entrepreneur(), await story.Newcomer());
        var (one, other) = (await story.Submitted(paula, wilma), await story.Submitted(wilma, paula));
        (await august.Client.Get(List)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        var grant = await story.Audits(august, new() { ["persons"] = new[] { paula.Person } });

        (await august.Client.Get(List)).Items.Select(i => i["id"]!.ToString()).ShouldBe([one]);
        (await august.Client.Get(Path(one))).Text("phase").ShouldBe("submitted");
        foreach (var path in (string[])[Path(other), $"{Path(other)}?asOfVersion=1", $"{Path(other)}/events", $"{Path(other)}/reads"])
            (await august.Client.Get(path)).ShouldBeProblem(HttpStatusCode.NotFound, "application-unknown");
        (await august.Client.Get($"/audit/streams/{other}/events")).ShouldBeProblem(HttpStatusCode.NotFound, "stream-unknown");

        var ended = await story.Rosa.Client.Post($"{Grants}/{grant}/end", new { reason = "The audit is finished" });
        ended.ShouldBe(HttpStatusCode.OK);
        (await august.Client.Get(List)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await august.Client.Get(Path(one))).ShouldBeProblem(HttpStatusCode.NotFound, "application-unknown");
        (await august.Client.Get("/access/me")).Json["roles"]!.AsArray().ShouldBeEmpty();
        var kept = await august.Client.Get($"{Grants}/{grant}");
        (kept.Json["inForce"]!.GetValue<bool>(), kept.Text("reason"), kept.Text("endedBy")).ShouldBe((false, "The audit is finished", story.Rosa.Person));
    }

    [Fact]
    public async Task A_grant_that_expires_while_its_holder_is_signed_in_opens_nothing_from_that_moment()
    {
        var (paula, august) = (await story.Entrepreneur(), await story.Newcomer());
        var id = await story.Apply(paula);
        var expiresAt = DateTimeOffset.UtcNow.AddSeconds(3);
        (await story.Rosa.Client.Post(Grants, Body(august) with { expiresAt = expiresAt })).ShouldBe(HttpStatusCode.Created);
        (await august.Client.Get(Path(id))).ShouldBe(HttpStatusCode.OK);
        while (DateTimeOffset.UtcNow <= expiresAt) await Task.Yield();
        (await august.Client.Get(Path(id))).ShouldBeProblem(HttpStatusCode.NotFound, "application-unknown");
        (await august.Client.Get($"{Path(id)}?asOfVersion=1")).ShouldBeProblem(HttpStatusCode.NotFound, "application-unknown");
        (await august.Client.Get(List)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await august.Client.Get($"{Grants}?inForce=true")).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_two_grants_the_later_keeps_the_role_and_the_last_takes_it_along()
    {
        var august = await story.Newcomer();
        var (longer, shorter) = (await story.Audits(august, days: 200), await story.Audits(august, days: 20));
        (await ExpiryOf(august)).ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddDays(199));
        (await story.Rosa.Client.Post($"{Grants}/{longer}/end", new { reason = "done" })).ShouldBe(HttpStatusCode.OK);
        (await ExpiryOf(august)).ShouldBeLessThan(DateTimeOffset.UtcNow.AddDays(21));
        (await august.Client.Get(List)).ShouldBe(HttpStatusCode.OK);
        (await august.Client.Post($"{Grants}/{shorter}/end", new { reason = "I am too busy" })).ShouldBe(HttpStatusCode.OK);
        (await august.Client.Get(List)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
    }

    [Fact]
    public async Task Who_may_not_give_a_grant_is_refused_and_nothing_is_stored()
    {
        var (august, stranger, member) = (await story.Newcomer(), await story.Newcomer(), await story.Entrepreneur());
        (await stranger.Client.Post("/clusters", Founding)).ShouldBe(HttpStatusCode.Created);
        var events = await story.Host.EventCount();
        foreach (var other in new[] { stranger, member, story.Ahmed, august })
            (await other.Client.Post(Grants, Body(august))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        using var anonymous = story.Host.Anonymous();
        (await anonymous.Post(Grants, Body(august))).ShouldBeProblem(HttpStatusCode.Unauthorized, "not-signed-in");
        (await story.Rosa.Client.Post(Grants, Body(story.Rosa))).ShouldBeProblem(HttpStatusCode.Forbidden, "own-grant");
        (await story.Operator.Client.Post(Grants, Body(story.Operator))).ShouldBeProblem(HttpStatusCode.Forbidden, "own-grant");
        (await story.Host.EventCount()).ShouldBe(events);
    }

    [Fact]
    public async Task What_cannot_be_granted_is_refused_in_words()
    {
        var august = await story.Newcomer();
        var foreign = (await (await story.Newcomer()).Client.Post("/clusters", Founding)).Id;
        var many = Enumerable.Range(0, 10_000).Select(_ => Guid.NewGuid().ToString()).ToArray();
        var refusals = new (object Body, string Code)[]
        {
            (Body(story.Ahmed), "auditor-not-external"), (Body(await story.Entrepreneur()), "auditor-not-external"),
            (Body(story.Operator), "auditor-not-external"), (Body(august) with { auditor = Guid.NewGuid().ToString() }, "auditor-unknown"),
            (Body(august) with { standard = Guid.NewGuid().ToString() }, "standard-unknown"),
            (Body(august) with { persons = [Guid.NewGuid().ToString()] }, "persons-unknown"), (Body(august) with { persons = many }, "invalid-request"),
            (Body(august) with { persons = [] }, "invalid-request"), (Body(august) with { purpose = " " }, "invalid-request"),
            (Body(august) with { purpose = new string('x', 501) }, "invalid-request"),
            (Body(august) with { from = "2026-05-02", until = "2026-05-01" }, "invalid-request"),
            (Body(august) with { expiresAt = DateTimeOffset.UtcNow.AddDays(367) }, "grant-expiry"),
            (Body(august) with { expiresAt = DateTimeOffset.UtcNow }, "grant-expiry"),
        };
        foreach (var (body, code) in refusals)
            (await story.Rosa.Client.Post(Grants, body)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, code);
        (await story.Operator.Client.Post(Grants, Body(august) with { cluster = Guid.NewGuid().ToString() }))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "cluster-unknown");
        (await story.Operator.Client.Post(Grants, Body(august) with { cluster = foreign, standard = story.Standard }))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "standard-unknown");
        (await story.Rosa.Client.Get($"{Grants}?limit=200")).Body.ShouldNotContain(august.Person);
    }

    [Theory]
    [InlineData("<script>alert(1)</script> ' ; drop table access.audit_grants; --")]
    [InlineData("مراجعة سنوية 年度審査 👩🏽‍⚖️ \u202Egnirts")]
    public async Task Any_words_can_be_a_purpose(string purpose)
    {
        var august = await story.Newcomer();
        var id = (await story.Rosa.Client.Post(Grants, Body(august) with { purpose = purpose })).ShouldBe(HttpStatusCode.Created).Id;
        (await august.Client.Get($"{Grants}/{id}")).Text("purpose").ShouldBe(purpose);
        (await story.Rosa.Client.Post(Grants, Body(august) with { purpose = $"{purpose}\0" })).Status.ShouldBeOneOf(
            HttpStatusCode.UnprocessableEntity, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_grant_sent_twice_is_one_and_ended_once_by_whoever_knows_its_version()
    {
        var (august, key) = (await story.Newcomer(), ("Idempotency-Key", Guid.NewGuid().ToString()));
        var body = Body(august);
        var first = await story.Rosa.Client.Post(Grants, body, key);
        var events = await story.Host.EventCount();
        (await story.Rosa.Client.Post(Grants, body, key)).Id.ShouldBe(first.Id);
        (await story.Host.EventCount()).ShouldBe(events);
        var end = $"{Grants}/{first.Id}/end";
        (await story.Rosa.Client.Post(end, new { reason = "done" }, ("If-Match", "\"7\""))).ShouldBeProblem(HttpStatusCode.PreconditionFailed, "stale-version");
        (await august.Client.Get(List)).ShouldBe(HttpStatusCode.OK);
        (await story.Rosa.Client.Post(end, new { reason = "done" }, ("If-Match", "\"1\""))).ShouldBe(HttpStatusCode.OK);
        events = await story.Host.EventCount();
        (await story.Rosa.Client.Post(end, new { reason = "again" })).ShouldBe(HttpStatusCode.OK);
        (await story.Host.EventCount()).ShouldBe(events);
        var other = await story.Audits(await story.Newcomer());
        foreach (var outsider in new[] { august, story.Ahmed })
        {
            (await outsider.Client.Post($"{Grants}/{other}/end", new { reason = "mine now" })).ShouldBeProblem(HttpStatusCode.NotFound, "grant-unknown");
            (await outsider.Client.Get($"{Grants}/{other}")).ShouldBeProblem(HttpStatusCode.NotFound, "grant-unknown");
        }
    }

    [Fact]
    public async Task A_role_without_a_grant_opens_nothing_and_none_is_given_that_way()
    {
        var (paula, august) = (await story.Entrepreneur(), await story.Newcomer());
        var id = await story.Apply(paula);
        var byRole = new { person = august.Person, role = "auditor", scopeKind = "cluster", scopeId = story.Cluster, reason = "as before" };
        (await story.Rosa.Client.Post("/access/roles", byRole)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "grant-needed");
        var stream = await Holds(august, Role.Auditor, new(ScopeKind.Cluster, Guid.Parse(story.Cluster)));

        (await august.Client.Get(Path(id))).ShouldBeProblem(HttpStatusCode.NotFound, "application-unknown");
        (await august.Client.Get(List)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await august.Client.Get("/access/me")).Json["roles"]!.AsArray().ShouldBeEmpty();
        await story.Audits(august);
        (await august.Client.Get(Path(id))).ShouldBe(HttpStatusCode.OK);
        (await story.Rosa.Client.Post($"/access/roles/{stream}/revocation", new { reason = "out" })).ShouldBeProblem(HttpStatusCode.Conflict, "grant-in-force");
        (await story.Rosa.Client.Post("/access/roles", byRole with { role = "assessor" }))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "auditor-is-external");
    }

    [Fact]
    public async Task Who_joins_a_firm_of_the_cluster_is_no_auditor_of_it_any_more()
    {
        var (paula, august) = (await story.Entrepreneur(), await story.Newcomer());
        var id = await story.Apply(paula);
        await story.Audits(august);
        (await august.Client.Get(Path(id))).ShouldBe(HttpStatusCode.OK);
        var firm = (await paula.Client.Get("/clusters/firms/mine")).Json.AsArray()[0]!["firm"]!["firm"]!.ToString();
        await Holds(august, Role.Member, new(ScopeKind.Firm, Guid.Parse(firm)));
        (await august.Client.Get(Path(id))).ShouldBeProblem(HttpStatusCode.NotFound, "application-unknown");
        (await august.Client.Get(List)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
    }

    private string List => $"/accreditation/clusters/{story.Cluster}/applications?limit=200";

    private static object Founding => new { name = "Coast", nuts = "DEA58", sectors = new[] { "24" }, charter = "We share.", businessObjective = "More" };

    private static string Path(string application) => $"/accreditation/applications/{application}";

    private GrantBody Body(Account auditor) => new(auditor.Person, story.Cluster, "yearly audit", DateTimeOffset.UtcNow.AddDays(30));

    /// <summary>A role that is just there: from the time before grants, or by joining a firm.</summary>
    private async Task<Guid> Holds(Account account, Role role, RoleScope scope)
    {
        var person = Id<Person>.Parse(account.Person, null);
        var stream = RoleAssignment.IdOf(person, role, scope);
        var roles = story.Host.Services.GetRequiredService<Streams<RoleAssignment, RoleAssignmentEvent>>();
        await roles.Execute(stream, new GrantRole(person, role, scope, null, "of old", null, DateTimeOffset.UtcNow), new(CommandMetadata.System("test")), Ct);
        return stream;
    }

    private async Task<DateTimeOffset> ExpiryOf(Account auditor)
    {
        var rows = await story.Host.Services.GetRequiredService<Database>().Query(
            "access", Statement.Of("select expires_at from access.role_assignments where person = $1 and active", Guid.Parse(auditor.Person)),
            r => r.GetFieldValue<DateTimeOffset>(0), Ct);
        return rows.ShouldHaveSingleItem();
    }

    /// <summary>As it goes over the wire.</summary>
#pragma warning disable IDE1006, CA1707 // JSON's names
    private sealed record GrantBody(
        string auditor, string cluster, string purpose, DateTimeOffset expiresAt, string? standard = null, string[]? persons = null, string? from = null,
        string? until = null);
#pragma warning restore IDE1006, CA1707
}
