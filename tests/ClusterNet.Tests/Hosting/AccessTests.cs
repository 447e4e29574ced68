using System.Net;
using Shouldly;

namespace ClusterNet.Tests.Hosting;

public sealed class AccessTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task The_first_operator_opens_the_house_and_invites_others()
    {
        var (operatorAccount, newcomer) = await SetUp();

        var me = await newcomer.Client.Get("/access/me");
        me.Text("email").ShouldBe(newcomer.Email);
        (await newcomer.Client.Post("/access/roles", Role(newcomer.Person))).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await operatorAccount.Client.Post("/access/roles", Role(newcomer.Person))).ShouldBe(HttpStatusCode.Created);
        (await operatorAccount.Client.Post("/access/accounts", new { email = newcomer.Email.ToUpperInvariant(), name = "Twin" }))
            .ShouldBeProblem(HttpStatusCode.Conflict, "email-taken");
        using var anonymous = host.Anonymous();
        (await anonymous.Get("/access/me")).ShouldBeProblem(HttpStatusCode.Unauthorized, "not-signed-in");
        (await anonymous.Post("/access/first-operator", new { code = "WRONG", email = "x@y.example", name = "X", password = Api.Password }))
            .ShouldBeProblem(HttpStatusCode.Conflict, "set-up-over");
        (await anonymous.Post("/access/sign-in", new { email = newcomer.Email, password = "not the password" }))
            .ShouldBeProblem(HttpStatusCode.Unauthorized, "sign-in-failed");
        await A_token_acts_as_its_owner_until_revoked(newcomer);
        await A_newer_invitation_ends_the_older_one(operatorAccount);
        await An_auditor_changes_nothing(operatorAccount, await host.Newcomer(operatorAccount, "Nils Newcomer"));
    }

    private async Task A_newer_invitation_ends_the_older_one(Account operatorAccount)
    {
        var email = $"ida-{Guid.NewGuid():n}@cluster.example";
        var person = (await operatorAccount.Client.Post("/access/accounts", new { email, name = "Ida Invited" })).Id;
        var older = await operatorAccount.Client.Post($"/access/accounts/{person}/invitation", null);
        var newer = await operatorAccount.Client.Post($"/access/accounts/{person}/invitation", null);
        using var anonymous = host.Anonymous();
        (await anonymous.Post("/access/invitations/accept", new { invitationToken = older.Text("invitationToken"), password = Api.Password }))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invitation-not-open");

        (await operatorAccount.Client.Post("/access/roles", Role(person))).ShouldBe(HttpStatusCode.Created);

        (await anonymous.Post("/access/invitations/accept", new { invitationToken = newer.Text("invitationToken"), password = Api.Password }))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invitation-not-open");
    }

    private static async Task An_auditor_changes_nothing(Account operatorAccount, Account auditor)
    {
        var granted = new { person = auditor.Person, role = "auditor", scopeKind = "cluster", scopeId = Guid.NewGuid(), reason = "Yearly audit" };
        (await operatorAccount.Client.Post("/access/roles", granted with { role = "webinar,auditor" })).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-request");
        (await operatorAccount.Client.Post("/access/roles", granted)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "grant-needed");
        var founding = new { name = "Mine", nuts = "DEA58", sectors = new[] { "25.62" }, charter = "None", businessObjective = "None" };
        var cluster = (await operatorAccount.Client.Post("/clusters", founding)).ShouldBe(HttpStatusCode.Created).Id;
        var grant = new { auditor = auditor.Person, cluster, purpose = "Yearly audit", expiresAt = DateTimeOffset.UtcNow.AddDays(9) };
        (await operatorAccount.Client.Post("/access/auditor-grants", grant)).ShouldBe(HttpStatusCode.Created);
        (await auditor.Client.Post("/clusters", founding)).ShouldBeProblem(HttpStatusCode.Forbidden, "auditor-only-reads");
        (await auditor.Client.Get("/clusters")).ShouldBe(HttpStatusCode.OK);
    }

    private async Task<(Account Operator, Account Newcomer)> SetUp()
    {
        var operatorAccount = await host.Operator();
        return (operatorAccount, await host.Newcomer(operatorAccount, "Nora Newcomer"));
    }

    private async Task A_token_acts_as_its_owner_until_revoked(Account owner)
    {
        var body = new { label = "laptop", validForDays = 30 };
        var issued = await owner.Client.Post("/access/tokens", body, ("Idempotency-Key", "token-1"));
        issued.ShouldBe(HttpStatusCode.Created);
        (await owner.Client.Post("/access/tokens", body, ("Idempotency-Key", "token-1"))).ShouldBeProblem(HttpStatusCode.Conflict, "secret-already-shown");
        (await owner.Client.Post("/access/tokens", body with { label = "other" }, ("Idempotency-Key", "token-1")))
            .ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused");
        var bearer = ("Authorization", $"Bearer {issued.Text("token")}");
        using var program = host.Anonymous();
        (await program.Get("/access/me", bearer)).Text("person").ShouldBe(owner.Person);
        (await owner.Client.Post($"/access/tokens/{issued.Id}/revocation", null)).ShouldBe(HttpStatusCode.OK);
        (await program.Get("/access/me", bearer)).ShouldBeProblem(HttpStatusCode.Unauthorized, "not-signed-in");
    }

    private static object Role(string person) =>
        new { person, role = "assessor", scopeKind = "cluster", scopeId = "0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e60", reason = "Chamber's assessor" };
}
