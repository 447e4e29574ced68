using System.Net;
using ClusterNet.EventStore;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Clusters;

public sealed class PeopleHttpTests(ClustersHttpTests.House house) : IClassFixture<ClustersHttpTests.House>
{
    private Task<Account> Somebody(string name) => house.Host.Newcomer(house.Operator, name);

    [Fact]
    public async Task A_manager_adds_people_who_are_invited_and_get_the_roles_of_their_position()
    {
        var owner = await Somebody("Olga Owner");
        var firm = await owner.Register("Hiring Ltd");
        var email = World.NewEmail();
        var added = (await owner.Client.Post($"/clusters/firms/{firm}/people", World.PersonBody(email))).ShouldBe(HttpStatusCode.Created);
        var invited = await owner.Client.Post($"/clusters/firms/{firm}/people/{added.Id}/invitation", null);
        var employee = await house.Host.Accept(invited, email);
        (await Roles(employee)).ShouldBe(["member"]);
        (await employee.Client.Post($"/clusters/firms/{firm}/people", World.PersonBody(World.NewEmail()))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        await Change(owner, firm, added.Id, "trainer");
        (await Roles(employee)).ShouldBe(["member", "trainer"]);
        await Change(owner, firm, added.Id, "manager");
        (await Roles(employee)).ShouldBe(["manager", "member"]);
        (await employee.Client.Get($"/clusters/firms/{firm}/people")).Body.ShouldContain(added.Id);
        (await owner.Client.Post($"/clusters/firms/{firm}/people/{added.Id}/departure", new { reason = "Moved" })).ShouldBe(HttpStatusCode.OK);
        (await Roles(employee)).ShouldBeEmpty();
        (await employee.Client.Get($"/clusters/firms/{firm}/people")).ShouldBeProblem(HttpStatusCode.NotFound, "firm-unknown");
    }

    [Fact]
    public async Task A_firm_keeps_a_leader()
    {
        var owner = await Somebody("Olga Last");
        var firm = await owner.Register("Led Ltd");
        var before = await house.Host.EventCount();
        (await owner.Client.Post($"/clusters/firms/{firm}/people/{owner.Person}/departure", new { reason = "Enough" }))
            .ShouldBeProblem(HttpStatusCode.Conflict, "last-leader");
        (await owner.Client.Post($"/clusters/firms/{firm}/people/{owner.Person}/position", new { position = "employee", jobTitle = "Retired" }))
            .ShouldBeProblem(HttpStatusCode.Conflict, "last-leader");
        (await house.Host.EventCount()).ShouldBe(before);
        (await Roles(owner)).ShouldBe(["manager", "member"]);
    }

    [Fact]
    public async Task Of_two_leaders_who_leave_at_once_one_stays()
    {
        var owner = await Somebody("Olga First");
        var firm = await owner.Register("Two Heads Ltd");
        var second = (await owner.Client.Post($"/clusters/firms/{firm}/people", World.PersonBody(World.NewEmail(), "manager"))).Id;
        var answers = await Task.WhenAll(((string[])[owner.Person, second]).Select(
            person => owner.Client.Post($"/clusters/firms/{firm}/people/{person}/departure", new { reason = "At once" })));
        answers.Select(a => (int)a.Status).Order().First().ShouldBe(200);
        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(1, string.Join(' ', answers.Select(a => a.ToString())));
    }

    [Fact]
    public async Task Another_firms_people_do_not_exist_for_outsiders()
    {
        var (owner, rival) = (await Somebody("Olga Inside"), await Somebody("Rita Outside"));
        var firm = await owner.Register("Closed Ltd");
        await rival.Register("Rival Ltd");
        var before = await house.Host.EventCount();
        (await rival.Client.Get($"/clusters/firms/{firm}/people")).ShouldBeProblem(HttpStatusCode.NotFound, "firm-unknown");
        (await rival.Client.Get($"/clusters/firms/{firm}/people/{owner.Person}")).ShouldBeProblem(HttpStatusCode.NotFound, "firm-unknown");
        (await rival.Client.Post($"/clusters/firms/{firm}/people", World.PersonBody(World.NewEmail()))).ShouldBeProblem(HttpStatusCode.NotFound, "firm-unknown");
        (await rival.Client.Post($"/clusters/firms/{firm}/people/{owner.Person}/departure", new { reason = "Out" }))
            .ShouldBeProblem(HttpStatusCode.NotFound, "firm-unknown");
        (await house.Host.EventCount()).ShouldBe(before);
    }

    [Fact]
    public async Task People_are_found_across_the_firms_of_a_cluster_by_those_inside_it()
    {
        var (coordinator, one, two, stranger) = (await Somebody("Cora Finds"), await Somebody("Olga Lund"), await Somebody("Otto Berg"), await Somebody("Stan Out"));
        var cluster = await coordinator.Found();
        var first = await one.Join(cluster, coordinator, "First Ltd");
        var second = await two.Join(cluster, coordinator, "Second Ltd");
        foreach (var (owner, firm, family) in ((Account, string, string)[])[(one, first, "Ärmel"), (one, first, "Zander"), (two, second, "Ärmelkanal")])
            (await owner.Client.Post($"/clusters/firms/{firm}/people", World.PersonBody(World.NewEmail(), familyName: family))).ShouldBe(HttpStatusCode.Created);
        var found = (await two.Client.Get($"/clusters/{cluster}/people?q=%C3%A4rmel")).Json["items"].ShouldNotBeNull().AsArray();
        found.Select(p => p.ShouldNotBeNull()["familyName"].ShouldNotBeNull().ToString()).ShouldBe(["Ärmel", "Ärmelkanal"]);
        (await Pages(coordinator, $"/clusters/{cluster}/people?limit=2")).Distinct().Count().ShouldBe(5);
        (await stranger.Client.Get($"/clusters/{cluster}/people")).ShouldBeProblem(HttpStatusCode.NotFound, "cluster-unknown");
    }

    [Fact]
    public async Task A_coordinator_invites_nobody_who_belongs_to_others_as_well()
    {
        var (mine, theirs, owner) = (await Somebody("Cora Mine"), await Somebody("Carl Theirs"), await Somebody("Olga Both"));
        var (clusterA, clusterB) = (await mine.Found("A"), await theirs.Found("B"));
        var firmA = await owner.Join(clusterA, mine, "In A Ltd");
        var firmB = await (await Somebody("Otto B")).Join(clusterB, theirs, "In B Ltd");
        var email = World.NewEmail();
        var person = (await mine.Client.Post($"/clusters/firms/{firmA}/people", World.PersonBody(email))).ShouldBe(HttpStatusCode.Created).Id;
        (await theirs.Client.Post($"/clusters/firms/{firmB}/people", World.PersonBody(email)))
            .ShouldBeProblem(HttpStatusCode.Conflict, "person-belongs-elsewhere");
        (await theirs.Client.Post($"/clusters/firms/{firmB}/people", World.PersonBody(owner.Email)))
            .ShouldBeProblem(HttpStatusCode.Conflict, "person-belongs-elsewhere");
        var appointed = new { person, role = "assessor", scopeKind = "cluster", scopeId = clusterA, reason = "Appointed" };
        (await mine.Client.Post("/access/roles", appointed)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "person-cannot-sign-in");
        // As such a role could be granted once: it is not the inviter's to open.
        await house.Host.Services.GetRequiredService<Database>().Execute(
            "access",
            [Statement.Of(
                "insert into access.role_assignments select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'person', $1::uuid))).* " +
                "from access.role_assignments r where role = 'coordinator' and person = $2", Guid.Parse(person), Guid.Parse(mine.Person))],
            TestContext.Current.CancellationToken);
        (await owner.Client.Post($"/clusters/firms/{firmA}/people/{person}/invitation", null)).ShouldBeProblem(HttpStatusCode.Conflict, "invited-elsewhere");
        (await theirs.Client.Post($"/clusters/firms/{firmA}/people", World.PersonBody(World.NewEmail()))).ShouldBeProblem(HttpStatusCode.NotFound, "firm-unknown");
        (await theirs.Client.Post($"/clusters/firms/{firmB}/people", World.PersonBody(theirs.Email))).ShouldBeProblem(HttpStatusCode.Forbidden, "own-employment");
    }

    private static async Task<List<string>> Pages(Account caller, string path)
    {
        var people = new List<string>();
        for (string? next = path; next is not null;)
        {
            var page = (await caller.Client.Get(next)).ShouldBe(HttpStatusCode.OK);
            people.AddRange(page.Json["items"].ShouldNotBeNull().AsArray().Select(p => p.ShouldNotBeNull()["person"].ShouldNotBeNull().ToString()));
            next = page.Json["next"] is { } cursor ? $"{path}&cursor={Uri.EscapeDataString(cursor.ToString())}" : null;
        }

        return people;
    }

    private static async Task Change(Account by, string firm, string person, string position) =>
        (await by.Client.Post($"/clusters/firms/{firm}/people/{person}/position", new { position, jobTitle = "New" })).ShouldBe(HttpStatusCode.OK);

    private static async Task<IEnumerable<string>> Roles(Account account) =>
        (await account.Client.Get("/access/me")).Json["roles"].ShouldNotBeNull().AsArray()
            .Select(r => r.ShouldNotBeNull()["role"].ShouldNotBeNull().ToString()).Order(StringComparer.Ordinal);
}
