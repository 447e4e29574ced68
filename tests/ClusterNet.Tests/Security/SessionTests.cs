using System.Net;
using ClusterNet.EventStore;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Answer = ClusterNet.Tests.Hosting.Answer;

namespace ClusterNet.Tests.Security;

/// <summary>Sessions, tokens and invitations that are planted, forged, ended, stolen or used again, and roles that change meanwhile.</summary>
public sealed class SessionTests(AllRoles house) : IClassFixture<AllRoles>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_that_somebody_planted_before_signing_in_is_not_the_one_after()
    {
        var somebody = await Somebody();
        using var victim = house.Host.Anonymous();
        const string planted = "clusternet-session=cns_planted";

        var answer = await victim.Post("/access/sign-in", new { email = somebody.Email, password = Api.Password }, ("Cookie", planted));

        Cookie(answer).ShouldNotBe(planted);
        (await victim.Get("/access/me", ("Cookie", planted))).ShouldBeProblem(HttpStatusCode.Unauthorized, "not-signed-in");
        (await victim.Get("/access/me", ("Cookie", Cookie(answer)))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Signing_in_again_gives_a_new_session()
    {
        var somebody = await Somebody();
        using var client = house.Host.Anonymous();
        var first = Cookie(await client.Post("/access/sign-in", new { email = somebody.Email, password = Api.Password }));

        var second = Cookie(await client.Post("/access/sign-in", new { email = somebody.Email, password = Api.Password }, ("Cookie", first)));

        second.ShouldNotBe(first);
    }

    [Fact]
    public async Task A_forged_or_damaged_cookie_is_nobodys()
    {
        var own = (await Somebody()).Client.DefaultRequestHeaders.GetValues("Cookie").Single();
        var secret = own.Split('=', 2)[1];
        using var client = house.Host.Anonymous();
        string[] forged =
        [
            "", "=", "x", secret[..^1], secret + "A", secret.ToUpperInvariant(), "cnt_" + secret[4..], secret[4..], new string('A', secret.Length), new string('A', 7000),
            "%00", "' or 1=1 --", Convert.ToBase64String("{\"person\":\"x\",\"role\":\"operator\"}"u8), house.Olga.Person,
        ];

        foreach (var value in forged)
            (await client.Get("/access/me", ("Cookie", $"clusternet-session={value}"))).Status.ShouldBe(HttpStatusCode.Unauthorized, value);
        (await client.Get("/access/me", ("Cookie", own))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_on_the_server()
    {
        var somebody = await Somebody();

        (await somebody.Client.Post("/access/sign-out", null)).ShouldBe(HttpStatusCode.NoContent);

        (await somebody.Client.Get("/access/me")).ShouldBeProblem(HttpStatusCode.Unauthorized, "not-signed-in");
        (await Pages.Read(somebody.Client, "/my-data")).Status.ShouldBe(HttpStatusCode.Found);
    }

    [Fact]
    public async Task Sessions_and_tokens_end_by_themselves()
    {
        var somebody = await Somebody();
        var token = (await somebody.Client.Post("/access/tokens", new { label = "short", validForDays = 1 })).Text("token");
        using var program = house.Host.Anonymous();
        (await program.Get("/access/me", ("Authorization", $"Bearer {token}"))).ShouldBe(HttpStatusCode.OK);

        await Change("update access.tokens set expires_at = now() - interval '1 second' where person = $1", somebody);
        await Change("update access.session set expires_at = now() - interval '1 second' where person = $1", somebody);

        (await program.Get("/access/me", ("Authorization", $"Bearer {token}"))).ShouldBe(HttpStatusCode.Unauthorized);
        (await somebody.Client.Get("/access/me")).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_invitation_is_for_one_use_and_some_days()
    {
        var person = (await house.Olga.Client.Post("/access/accounts", new { email = $"i-{Guid.NewGuid():n}@x.example", name = "Ina Invited" })).Id;
        var used = (await house.Olga.Client.Post($"/access/accounts/{person}/invitation", null)).Text("invitationToken");
        using var anybody = house.Host.Anonymous();
        Task<Answer> Accept(string token) => anybody.Post("/access/invitations/accept", new { invitationToken = token, password = Api.Password });
        (await Accept(used)).ShouldBe(HttpStatusCode.OK);
        (await Accept(used)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invitation-not-open");

        var other = (await house.Olga.Client.Post("/access/accounts", new { email = $"o-{Guid.NewGuid():n}@x.example", name = "Otto Late" })).Id;
        var late = (await house.Olga.Client.Post($"/access/accounts/{other}/invitation", null)).Text("invitationToken");
        await Change("update access.invitation set expires_at = now() - interval '1 second' where person = $1", new(anybody, other, ""));
        var expired = await Accept(late);
        expired.ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invitation-not-open");
        (await Accept("cni_" + new string('A', 43))).Text("detail").ShouldBe(expired.Text("detail"), "unknown and expired look alike");
    }

    [Fact]
    public async Task A_token_cannot_be_revoked_or_seen_by_somebody_else_and_is_over_when_revoked()
    {
        var (owner, thief) = (await Somebody(), await Somebody());
        var issued = await owner.Client.Post("/access/tokens", new { label = "mine", validForDays = 9 });

        (await thief.Client.Post($"/access/tokens/{issued.Id}/revocation", null)).ShouldBeProblem(HttpStatusCode.NotFound, "token-unknown");
        (await thief.Client.Get("/access/tokens")).Body.ShouldNotContain(issued.Id);
        (await owner.Client.Get("/access/tokens")).Body.ShouldNotContain(issued.Text("token"), Case.Sensitive, "shown once");
        (await owner.Client.Post($"/access/tokens/{issued.Id}/revocation", null)).ShouldBe(HttpStatusCode.OK);
        using var program = house.Host.Anonymous();
        (await program.Get("/access/me", ("Authorization", $"Bearer {issued.Text("token")}"))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_role_that_is_granted_or_taken_counts_from_the_next_request_of_the_same_session()
    {
        var somebody = await Somebody();
        (await somebody.Client.Get("/access/erasures")).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");

        var role = await house.Olga.Client.Post("/access/roles", new { person = somebody.Person, role = "operator", scopeKind = "installation", reason = "for a minute" });
        role.ShouldBe(HttpStatusCode.Created);
        (await somebody.Client.Get("/access/erasures")).ShouldBe(HttpStatusCode.OK);

        (await house.Olga.Client.Post($"/access/roles/{role.Id}/revocation", new { reason = "over" })).ShouldBe(HttpStatusCode.OK);
        (await somebody.Client.Get("/access/erasures")).ShouldBeProblem(HttpStatusCode.Forbidden, "not-allowed");
        (await somebody.Client.Post("/access/roles", new { person = somebody.Person, role = "operator", scopeKind = "installation", reason = "again" }))
            .ShouldBe(HttpStatusCode.Forbidden);
    }

    private Task<Account> Somebody() => house.Host.Newcomer(house.Olga, "Some Body");

    private static string Cookie(Answer answer) => answer.ShouldBe(HttpStatusCode.OK).Headers["Set-Cookie"].Split(';')[0];

    private async Task Change(string sql, Account person)
    {
        await using var command = house.Host.Services.GetRequiredService<Database>().Source.CreateCommand(sql);
        command.Parameters.Add(new() { Value = Guid.Parse(person.Person) });
        (await command.ExecuteNonQueryAsync(Ct)).ShouldBeGreaterThan(0);
    }
}
