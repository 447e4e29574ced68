using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Clusters;

/// <summary>Inviting, joining and leaving over HTTP. No mail server is configured, so the answers show the links' tokens.</summary>
public sealed class InvitationHttpTests(ClustersHttpTests.House house) : IClassFixture<ClustersHttpTests.House>
{
    private Task<Account> Somebody(string name) => house.Host.Newcomer(house.Operator, name);

    private static object Body(string email, string position = "employee") => World.PersonBody(email, position);

    [Fact]
    public async Task A_stranger_joins_with_a_new_account()
    {
        var owner = await Somebody("Olga Inviter");
        var firm = await owner.Register("Inviting Ltd");
        var email = World.NewEmail();
        var sent = (await owner.Client.Post($"/clusters/firms/{firm}/invitations", Body(email))).ShouldBe(HttpStatusCode.Created);
        var token = sent.Text("invitationToken");
        using var anonymous = house.Host.Anonymous();
        var seen = (await anonymous.Post("/clusters/invitations/lookup", new { invitationToken = token })).ShouldBe(HttpStatusCode.OK);
        (seen.Text("name"), seen.Text("email"), seen.Text("hasAccount")).ShouldBe(("Inviting Ltd", email, "false"));
        (await anonymous.Post("/clusters/invitations/acceptance", new { invitationToken = token })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "password-needed");
        var joined = new { invitationToken = token, givenName = "Bénédicte", familyName = "Bolt", password = Api.Password };
        (await anonymous.Post("/clusters/invitations/acceptance", joined)).ShouldBe(HttpStatusCode.OK);
        (await anonymous.Post("/clusters/invitations/acceptance", joined)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invitation-not-open");
        var member = await house.Host.SignIn(email);
        (await Roles(member)).ShouldBe(["member"]);
        (await owner.Client.Get($"/clusters/firms/{firm}/people/{member.Person}")).Text("givenName").ShouldBe("Bénédicte");
        (await owner.Client.Get($"/clusters/firms/{firm}/invitations")).Items.Single()["state"]!.ToString().ShouldBe("accepted");
    }

    [Fact]
    public async Task Somebody_with_an_account_joins_a_second_firm_by_agreeing()
    {
        var (owner, other) = (await Somebody("Olga Second"), await Somebody("Otto First"));
        var (firm, first) = (await owner.Register("Second Ltd"), await other.Register("First Ltd"));
        (await owner.Client.Post($"/clusters/firms/{firm}/people", Body(other.Email))).ShouldBeProblem(HttpStatusCode.Conflict, "person-belongs-elsewhere");
        var sent = (await owner.Client.Post($"/clusters/firms/{firm}/invitations", Body(other.Email, "trainer"))).ShouldBe(HttpStatusCode.Created);
        (await Roles(other)).ShouldBe(["manager", "member"], "nothing happens before the answer");
        // An address that was only typed proves nothing: whoever opened an account with it may be anybody.
        (await other.Client.Get("/clusters/me/invitations")).Json.AsArray().ShouldBeEmpty();
        (await other.Client.Post($"/clusters/invitations/{sent.Id}/acceptance", null)).ShouldBeProblem(HttpStatusCode.NotFound, "invitation-unknown");
        await house.Host.ConfirmEmail(other);
        var mine = await other.Client.Get("/clusters/me/invitations");
        mine.Json.AsArray().Single()!["name"]!.ToString().ShouldBe("Second Ltd");
        (await owner.Client.Post($"/clusters/invitations/{sent.Id}/acceptance", null)).ShouldBeProblem(HttpStatusCode.NotFound, "invitation-unknown");
        (await other.Client.Post($"/clusters/invitations/{sent.Id}/acceptance", null)).ShouldBe(HttpStatusCode.OK);
        (await Roles(other)).ShouldBe(["manager", "member", "member", "trainer"]);
        var me = await other.Client.Get("/clusters/firms/mine");
        me.Body.ShouldContain(first);
        me.Body.ShouldContain(firm);
        (await other.Client.Post($"/clusters/firms/{firm}/people/{other.Person}/departure", new { reason = "Too much" })).ShouldBe(HttpStatusCode.OK);
        (await Roles(other)).ShouldBe(["manager", "member"]);
    }

    [Fact]
    public async Task A_link_ends_when_it_is_sent_again_withdrawn_or_its_sender_may_not_invite_any_more()
    {
        var owner = await Somebody("Olga Links");
        var firm = await owner.Register("Links Ltd");
        var email = World.NewEmail();
        var first = await owner.Client.Post($"/clusters/firms/{firm}/invitations", Body(email));
        var second = await owner.Client.Post($"/clusters/firms/{firm}/invitations", Body(email.ToUpperInvariant()));
        second.Id.ShouldBe(first.Id);
        (await Look(first)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invitation-not-open");
        (await Look(second)).ShouldBe(HttpStatusCode.OK);
        (await owner.Client.Post($"/clusters/firms/{firm}/invitations", Body(email, "manager"))).ShouldBeProblem(HttpStatusCode.Conflict, "invited-otherwise");
        (await owner.Client.Post($"/clusters/invitations/{second.Id}/withdrawal", null)).ShouldBe(HttpStatusCode.OK);
        (await Look(second)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invitation-not-open");

        var manager = await Somebody("Mia Manager");
        var invited = await owner.Client.Post($"/clusters/firms/{firm}/invitations", Body(manager.Email, "manager"));
        (await manager.Client.Post("/clusters/invitations/acceptance", new { invitationToken = invited.Text("invitationToken") })).ShouldBe(HttpStatusCode.OK);
        var third = await manager.Client.Post($"/clusters/firms/{firm}/invitations", Body(World.NewEmail()));
        (await Look(third)).ShouldBe(HttpStatusCode.OK);
        (await owner.Client.Post($"/clusters/firms/{firm}/people/{manager.Person}/departure", new { reason = "Gone" })).ShouldBe(HttpStatusCode.OK);
        (await Look(third)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invitation-not-open");
    }

    [Fact]
    public async Task Only_who_answers_for_the_place_invites_and_nobody_invites_themselves()
    {
        var (owner, stranger) = (await Somebody("Olga Own"), await Somebody("Stan Stranger"));
        var firm = await owner.Register("Own Ltd");
        (await stranger.Client.Post($"/clusters/firms/{firm}/invitations", Body(World.NewEmail()))).ShouldBeProblem(HttpStatusCode.NotFound, "firm-unknown");
        (await stranger.Client.Get($"/clusters/firms/{firm}/invitations")).ShouldBeProblem(HttpStatusCode.NotFound, "firm-unknown");
        var sent = await owner.Client.Post($"/clusters/firms/{firm}/invitations", Body(World.NewEmail()));
        (await stranger.Client.Post($"/clusters/invitations/{sent.Id}/withdrawal", null)).ShouldBeProblem(HttpStatusCode.NotFound, "invitation-unknown");
        (await owner.Client.Post("/clusters/invitations/acceptance", new { invitationToken = sent.Text("invitationToken") }))
            .ShouldBeProblem(HttpStatusCode.Forbidden, "own-invitation");
        (await owner.Client.Post($"/clusters/firms/{firm}/invitations", Body(owner.Email))).ShouldBeProblem(HttpStatusCode.Conflict, "already-here");
        (await owner.Client.Post($"/clusters/firms/{firm}/invitations", Body("no address"))).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
    }

    [Fact]
    public async Task A_list_invites_each_sound_row()
    {
        var owner = await Somebody("Olga List");
        var firm = await owner.Register("List Ltd");
        var (email, path) = (World.NewEmail(), $"/clusters/firms/{firm}/invitations/import");
        var csv = World.Csv($"given_name,family_name,email,role\nAnna,Auer,{email},employee\nAnna,Auer,{email},employee\nBad,Row,nonsense,employee\nMe,Own,{owner.Email},manager\n");
        (await owner.Client.PostCsv(path + "?dryRun=true", csv)).Counts().ShouldBe((4, 1, 1, 2));
        (await owner.Client.Get($"/clusters/firms/{firm}/invitations")).Items.ShouldBeEmpty();
        (await owner.Client.PostCsv(path, csv)).Counts().ShouldBe((4, 1, 1, 2));
        (await owner.Client.Get($"/clusters/firms/{firm}/invitations")).Items.Count.ShouldBe(1);
        var stranger = await Somebody("Stan List");
        (await stranger.Client.PostCsv(path, csv)).ShouldBeProblem(HttpStatusCode.NotFound, "firm-unknown");
    }

    [Fact]
    public async Task A_coordinator_offers_roles_and_a_cluster_keeps_a_coordinator()
    {
        var (carla, assessor) = (await Somebody("Carla Coordinator"), await Somebody("Ansel Assessor"));
        var cluster = await carla.Found();
        await house.Host.ConfirmEmail(assessor);
        var offer = new { email = assessor.Email, givenName = "Ansel", familyName = "Assessor", role = "assessor", reason = "Trained", language = "de" };
        (await assessor.Client.Post($"/clusters/{cluster}/invitations", offer)).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await carla.Client.Post($"/clusters/{cluster}/invitations", offer with { role = "auditor" })).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invalid-request");
        var sent = (await carla.Client.Post($"/clusters/{cluster}/invitations", offer)).ShouldBe(HttpStatusCode.Created);
        (await assessor.Client.Post($"/clusters/invitations/{sent.Id}/acceptance", null)).ShouldBe(HttpStatusCode.OK);
        (await Roles(assessor)).ShouldBe(["assessor"]);

        var own = await Assignment(carla, cluster, "coordinator", carla.Person);
        (await carla.Client.Post($"/access/roles/{own}/revocation", new { reason = "Enough" })).ShouldBeProblem(HttpStatusCode.Conflict, "last-holder");
        var second = new { person = assessor.Person, role = "coordinator", scopeKind = "cluster", scopeId = cluster, reason = "Helps me" };
        (await carla.Client.Post("/access/roles", second with { person = carla.Person })).ShouldBeProblem(HttpStatusCode.Forbidden, "own-role");
        (await carla.Client.Post("/access/roles", second)).ShouldBe(HttpStatusCode.Created);
        (await assessor.Client.Post($"/access/roles/{own}/revocation", new { reason = "Palace revolution" })).ShouldBeProblem(HttpStatusCode.NotFound, "role-unknown");
        (await carla.Client.Post($"/access/roles/{own}/revocation", new { reason = "Enough" })).ShouldBe(HttpStatusCode.OK);
        (await carla.Client.Get($"/access/roles/clusters/{cluster}")).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
    }

    [Fact]
    public async Task Of_two_coordinators_who_resign_at_once_one_stays()
    {
        var (carla, conny) = (await Somebody("Carla One"), await Somebody("Conny Two"));
        var cluster = await carla.Found();
        (await carla.Client.Post("/access/roles", new { person = conny.Person, role = "coordinator", scopeKind = "cluster", scopeId = cluster, reason = "Two heads" }))
            .ShouldBe(HttpStatusCode.Created);
        var (one, two) = (await Assignment(carla, cluster, "coordinator", carla.Person), await Assignment(carla, cluster, "coordinator", conny.Person));
        var answers = await Task.WhenAll(
            carla.Client.Post($"/access/roles/{one}/revocation", new { reason = "At once" }), conny.Client.Post($"/access/roles/{two}/revocation", new { reason = "At once" }));
        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBe(1, string.Join(' ', answers.Select(a => a.ToString())));
        answers.Single(a => a.Status != HttpStatusCode.OK).ShouldBeProblem(HttpStatusCode.Conflict, "last-holder");
    }

    [Fact]
    public async Task Roles_in_a_firm_follow_the_position()
    {
        var owner = await Somebody("Olga Follow");
        await owner.Register("Follow Ltd");
        var id = ClusterNet.Access.Roles.RoleAssignment.IdOf(
            new(Guid.Parse(owner.Person)), ClusterNet.Access.Contracts.Role.Member,
            new(ClusterNet.Access.Contracts.ScopeKind.Firm, Guid.Parse((await owner.Client.Get("/clusters/firms/mine")).Json[0]!["firm"]!["firm"]!.ToString())));
        (await owner.Client.Post($"/access/roles/{id}/revocation", new { reason = "Out" })).ShouldBeProblem(HttpStatusCode.Conflict, "role-follows-position");
    }

    private async Task<Answer> Look(Answer sent)
    {
        using var anonymous = house.Host.Anonymous();
        return await anonymous.Post("/clusters/invitations/lookup", new { invitationToken = sent.Text("invitationToken") });
    }

    private static async Task<IReadOnlyList<string>> Roles(Account account) =>
        [.. (await account.Client.Get("/access/me")).Json["roles"]!.AsArray().Select(r => r!["role"]!.ToString()).Order(StringComparer.Ordinal)];

    private static async Task<string> Assignment(Account reader, string cluster, string role, string person) =>
        (await reader.Client.Get($"/access/roles/clusters/{cluster}")).Items
            .Single(i => i["role"]!.ToString() == role && i["person"]!.ToString() == person)["assignment"]!.ToString();
}
