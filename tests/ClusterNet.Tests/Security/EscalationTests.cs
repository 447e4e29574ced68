using System.Net;
using ClusterNet.Tests.Clusters;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Security;

/// <summary>Ways to a role or an account that is somebody else's: each is shut, and says what to do instead.</summary>
public sealed class EscalationTests(ClustersHttpTests.House house) : IClassFixture<ClustersHttpTests.House>
{
    private Task<Account> Somebody(string name) => house.Host.Newcomer(house.Operator, name);

    [Fact]
    public async Task Whoever_opens_an_account_with_anothers_address_gets_no_role_that_is_offered_to_it()
    {
        var (squatter, carla) = (await Somebody("Sven Squatter"), await Somebody("Carla Coordinator"));
        var (firm, cluster, address) = (await squatter.Register("Squat Ltd"), await carla.Found(), World.NewEmail());
        var person = (await squatter.Client.Post($"/clusters/firms/{firm}/people", World.PersonBody(address))).ShouldBe(HttpStatusCode.Created).Id;
        var taken = await house.Host.Accept(await squatter.Client.Post($"/clusters/firms/{firm}/people/{person}/invitation", null), address);

        var offer = new { email = address, givenName = "Vera", familyName = "Victim", role = "assessor", reason = "Trained", language = "en" };
        var sent = (await carla.Client.Post($"/clusters/{cluster}/invitations", offer)).ShouldBe(HttpStatusCode.Created);

        (await taken.Client.Get("/clusters/me/invitations")).Json.AsArray().ShouldBeEmpty();
        (await taken.Client.Post($"/clusters/invitations/{sent.Id}/acceptance", null)).ShouldBeProblem(HttpStatusCode.NotFound, "invitation-unknown");
        (await taken.Client.Get("/access/me")).Body.ShouldNotContain("assessor");
    }

    [Fact]
    public async Task An_account_that_waits_for_its_holder_is_nobodys_employee_and_no_inviter_opens_it()
    {
        var owner = await Somebody("Olga Owner");
        var (firm, address) = (await owner.Register("Waiting Ltd"), World.NewEmail());
        (await house.Operator.Client.Post("/access/accounts", new { email = address, name = "Wanda Waits" })).ShouldBe(HttpStatusCode.Created);

        (await owner.Client.Post($"/clusters/firms/{firm}/people", World.PersonBody(address))).ShouldBeProblem(HttpStatusCode.Conflict, "person-belongs-elsewhere");
        var link = (await owner.Client.Post($"/clusters/firms/{firm}/invitations", World.PersonBody(address))).ShouldBe(HttpStatusCode.Created).Text("invitationToken");
        using var anyone = house.Host.Anonymous();
        (await anyone.Post("/clusters/invitations/acceptance", new { invitationToken = link, givenName = "Wanda", familyName = "Waits", password = Api.Password }))
            .ShouldBeProblem(HttpStatusCode.Conflict, "account-waits-for-its-holder");
    }

    [Fact]
    public async Task Nobody_is_silenced_by_an_auditors_grant_of_a_cluster_that_they_have_nothing_to_do_with()
    {
        var (owner, founder, inviter) = (await Somebody("Olga Busy"), await Somebody("Fritz Founder"), await Somebody("Ina Inviter"));
        await owner.Register("Busy Ltd");
        var firm = await inviter.Register("Inviting Ltd");
        await house.Host.ConfirmEmail(owner);
        var grant = new { auditor = owner.Person, cluster = await founder.Found(), purpose = "A trick", expiresAt = DateTimeOffset.UtcNow.AddDays(1) };
        (await founder.Client.Post("/access/auditor-grants", grant)).ShouldBe(HttpStatusCode.Created);
        var sent = await inviter.Client.Post($"/clusters/firms/{firm}/invitations", World.PersonBody(owner.Email, "trainer"));
        (await owner.Client.Post($"/clusters/invitations/{sent.Id}/acceptance", null)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_auditor_finds_nobody_by_the_search_and_ends_a_grant_with_a_token()
    {
        var (owner, founder, auditor) = (await Somebody("Zacharias Zander"), await Somebody("Frida Founder"), await Somebody("August Auditor"));
        await owner.Join(await founder.Found(), founder, "Zander Ltd");
        (await owner.Client.Put("/clusters/me/profile/visibility", new { visibility = "network" })).ShouldBe(HttpStatusCode.OK);
        var cluster = await founder.Found("Audited");
        var given = await founder.Client.Post(
            "/access/auditor-grants", new { auditor = auditor.Person, cluster, purpose = "Yearly audit", expiresAt = DateTimeOffset.UtcNow.AddDays(1) });
        given.ShouldBe(HttpStatusCode.Created);
        foreach (var path in (string[])["/search?q=Zacharias", "/search?q=Zander"])
            (await auditor.Client.Get(path)).ShouldBe(HttpStatusCode.OK).Body.ShouldNotContain("\"person\"");

        var token = (await auditor.Client.Post("/access/tokens", new { label = "audit", validForDays = 1 })).ShouldBe(HttpStatusCode.Created).Text("token");
        using var program = house.Host.Anonymous();
        (await program.Post($"/access/auditor-grants/{given.Id}/end", new { reason = "Done" }, ("Authorization", "Bearer " + token))).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_cluster_keeps_a_coordinator_who_can_sign_in_and_whose_role_does_not_end()
    {
        var (carla, conny) = (await Somebody("Carla Lasting"), await Somebody("Conny Passing"));
        var cluster = await carla.Found();
        (await carla.Client.Post(
            "/access/roles",
            new { person = conny.Person, role = "coordinator", scopeKind = "cluster", scopeId = cluster, reason = "For a while", expiresAt = DateTimeOffset.UtcNow.AddDays(1) }))
            .ShouldBe(HttpStatusCode.Created);
        var own = (await carla.Client.Get($"/access/roles/clusters/{cluster}")).Items.Single(r => r["person"]!.ToString() == carla.Person)["assignment"];
        (await carla.Client.Post($"/access/roles/{own}/revocation", new { reason = "Enough" })).ShouldBeProblem(HttpStatusCode.Conflict, "last-holder");
    }

    [Fact]
    public async Task A_session_is_no_token_and_a_token_no_session()
    {
        var person = await Somebody("Tina Token");
        var session = person.Client.DefaultRequestHeaders.GetValues("Cookie").Single().Split('=', 2)[1];
        var token = (await person.Client.Post("/access/tokens", new { label = "mine", validForDays = 1 })).ShouldBe(HttpStatusCode.Created).Text("token");
        using var anyone = house.Host.Anonymous();
        (await anyone.Get("/access/me", ("Authorization", "Bearer " + token))).ShouldBe(HttpStatusCode.OK);
        (await anyone.Get("/access/me", ("Authorization", "Bearer " + session))).ShouldBe(HttpStatusCode.Unauthorized);
        (await anyone.Get("/access/me", ("Cookie", "clusternet-session=" + token))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/sign-in", "a=b", "application/x-www-form-urlencoded", HttpStatusCode.BadRequest)]
    [InlineData("/forgotten-password", "_handler=nothing&__RequestVerificationToken=junk", "application/x-www-form-urlencoded", HttpStatusCode.BadRequest)]
    [InlineData("/oauth/token", "grant_type=%00", "application/x-www-form-urlencoded", HttpStatusCode.BadRequest)]
    [InlineData("/oauth/token", "x", "multipart/form-data", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/access/sign-in", "{}", "application/json; charset=klingon", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("/api/v1/access/sign-in", "{}", "application/json; charset=utf-16", HttpStatusCode.UnsupportedMediaType)]
    public async Task What_cannot_be_read_is_the_senders_fault(string path, string body, string type, HttpStatusCode expected)
    {
        using var anyone = house.Host.Anonymous();
        using var content = new StringContent(body);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await anyone.PostAsync(new Uri(path, UriKind.Relative), content, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(expected, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
