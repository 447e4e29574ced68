using System.Net;
using System.Text.Json.Nodes;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Access;

/// <summary>Passkeys over the API, with an authenticator in software that can also lie.</summary>
public sealed class PasskeyTests(SignInScene scene) : IClassFixture<SignInScene>
{
    private string Localhost => $"http://localhost:{scene.Host.Url.Port}";

    [Fact]
    public async Task Somebody_adds_a_passkey_and_signs_in_with_it_although_the_password_is_locked()
    {
        var person = await scene.Newcomer();
        using var key = new SoftwareKey(Localhost, "localhost");
        (await Add(person, key)).ShouldBe(HttpStatusCode.Created);
        (await scene.Host.LastMail(person.Email)).Text.ShouldContain("Phone");
        for (var i = 0; i < 12; i++) await scene.SignIn(person.Email, "not the password");
        (await scene.SignIn(person.Email)).ShouldBe(HttpStatusCode.Unauthorized);

        var cookie = SignInScene.Cookie(await SignIn(key));

        using var browser = scene.Host.Anonymous();
        (await browser.Get("/access/me", ("Cookie", cookie))).Text("person").ShouldBe(person.Person);
        var listed = (await person.Client.Get("/access/me/passkeys")).Items.ShouldHaveSingleItem();
        listed["name"]!.ToString().ShouldBe("Phone"); // every item says it
        listed["lastUsedAt"].ShouldNotBeNull();
    }

    [Fact]
    public async Task An_answer_for_another_site_an_unlocked_key_or_another_challenge_signs_nobody_in()
    {
        var person = await scene.Newcomer();
        using var key = new SoftwareKey(Localhost, "localhost");
        await Add(person, key);
        var first = await Begin();
        var answer = key.Sign(first["options"]!); // a ceremony has options
        var body = new JsonObject { ["ceremony"] = $"{first["id"]}", ["credential"] = answer };
        (await Post("/access/passkey-sign-in", body)).ShouldBe(HttpStatusCode.OK);
        (await Post("/access/passkey-sign-in", body)).ShouldBeProblem(HttpStatusCode.Unauthorized, "passkey-failed");
        var second = await Begin();
        (await Post("/access/passkey-sign-in", new JsonObject { ["ceremony"] = $"{second["id"]}", ["credential"] = answer.DeepClone() }))
            .ShouldBeProblem(HttpStatusCode.Unauthorized, "passkey-failed");
        key.Uses = 0; // a copy of the key that does not know how often the original was used
        (await SignIn(key)).ShouldBeProblem(HttpStatusCode.Unauthorized, "passkey-failed");
    }

    [Theory]
    [InlineData("https://evil.example", "localhost", true)]
    [InlineData(null, "evil.example", true)]
    [InlineData(null, "localhost", false)]
    public async Task A_passkey_made_elsewhere_or_without_unlocking_is_not_taken(string? origin, string site, bool unlocked)
    {
        var person = await scene.Newcomer();
        using var key = new SoftwareKey(origin ?? Localhost, site) { Unlocked = unlocked };
        (await Add(person, key)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "passkey-not-taken");
    }

    [Fact]
    public async Task A_ceremony_belongs_to_who_began_it()
    {
        var (person, thief) = (await scene.Newcomer(), await scene.Newcomer());
        using var key = new SoftwareKey(Localhost, "localhost");
        var begun = await Begin(person);
        var body = new JsonObject { ["ceremony"] = $"{begun["id"]}", ["name"] = "Phone", ["credential"] = key.Create(begun["options"]!) }; // a ceremony has options
        (await Post("/access/me/passkeys", body, thief)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "passkey-not-taken");
    }

    [Fact]
    public async Task The_last_way_to_sign_in_stays()
    {
        var person = await scene.Newcomer();
        using SoftwareKey first = new(Localhost, "localhost"), second = new(Localhost, "localhost");
        await Add(person, first);
        await Add(person, second);
        await scene.Sql("delete from access.password where person = $1", Guid.Parse(person.Person));
        var ids = (await person.Client.Get("/access/me/passkeys")).Items.Select(i => $"{i["id"]}").ToList();
        var stranger = await scene.Newcomer();
        (await stranger.Client.Post($"/access/me/passkeys/{ids[0]}/removal", null)).ShouldBeProblem(HttpStatusCode.NotFound, "passkey-unknown");
        var removed = await Task.WhenAll(ids.Select(id => person.Client.Post($"/access/me/passkeys/{id}/removal", null)));
        removed.Count(a => a.Status == HttpStatusCode.NoContent).ShouldBe(1);
        removed.Single(a => a.Status != HttpStatusCode.NoContent).ShouldBeProblem(HttpStatusCode.Conflict, "last-way-to-sign-in");
    }

    [Fact]
    public async Task An_invited_person_starts_with_a_passkey_and_no_password()
    {
        var (person, email, token) = await scene.Invited();
        using var key = new SoftwareKey(Localhost, "localhost");
        var begun = (await Post("/access/invitations/passkey-options", new() { ["invitationToken"] = token })).ShouldBe(HttpStatusCode.OK).Json;
        var body = new JsonObject
        {
            ["invitationToken"] = token,
            ["ceremony"] = $"{begun["id"]}",
            ["name"] = "Phone",
            ["credential"] = key.Create(begun["options"]!), // a ceremony has options
        };
        (await Post("/access/invitations/accept-with-passkey", body)).ShouldBe(HttpStatusCode.OK);
        (await Post("/access/invitations/accept-with-passkey", body)).ShouldBeProblem(HttpStatusCode.UnprocessableEntity, "invitation-not-open");
        (await SignIn(key)).Text("person").ShouldBe(person);
        (await scene.SignIn(email)).ShouldBeProblem(HttpStatusCode.Unauthorized, "sign-in-failed");
    }

    [Theory]
    [InlineData("""{"ceremony":"cnp_0000000000000000","credential":{}}""", HttpStatusCode.Unauthorized)]
    [InlineData("""{"ceremony":"cnp_0000000000000000","credential":"text"}""", HttpStatusCode.UnprocessableEntity)]
    [InlineData("""{"ceremony":"x","credential":{"id":1}}""", HttpStatusCode.UnprocessableEntity)]
    public async Task What_is_no_answer_is_refused(string body, HttpStatusCode status) =>
        (await Post("/access/passkey-sign-in", JsonNode.Parse(body)!.AsObject())).Status.ShouldBe(status); // the literals are objects

    [Fact]
    public async Task A_malformed_answer_to_an_open_ceremony_is_refused()
    {
        var begun = await Begin();
        var body = new JsonObject { ["ceremony"] = $"{begun["id"]}", ["credential"] = new JsonObject { ["id"] = 7, ["response"] = "no" } };
        (await Post("/access/passkey-sign-in", body)).ShouldBeProblem(HttpStatusCode.Unauthorized, "passkey-failed");
    }

    private async Task<Answer> Add(Account person, SoftwareKey key)
    {
        var begun = await Begin(person);
        return await Post(
            "/access/me/passkeys",
            new() { ["ceremony"] = $"{begun["id"]}", ["name"] = "Phone", ["credential"] = key.Create(begun["options"]!) }, // a ceremony has options
            person);
    }

    private async Task<Answer> SignIn(SoftwareKey key)
    {
        var begun = await Begin();
        return await Post("/access/passkey-sign-in", new() { ["ceremony"] = $"{begun["id"]}", ["credential"] = key.Sign(begun["options"]!) }); // a ceremony has options
    }

    private async Task<JsonNode> Begin(Account? person = null) =>
        (await Post(person is null ? "/access/passkey-sign-in/options" : "/access/me/passkeys/options", [], person)).ShouldBe(HttpStatusCode.OK).Json;

    /// <summary>As a browser at localhost sends it: WebAuthn knows no addresses in numbers.</summary>
    private async Task<Answer> Post(string path, JsonObject body, Account? person = null)
    {
        using var anyone = scene.Host.Anonymous();
        var cookie = person?.Client.DefaultRequestHeaders.GetValues("Cookie").Single();
        (string, string)[] headers = [("Host", $"localhost:{scene.Host.Url.Port}"), .. cookie is null ? [] : new[] { ("Cookie", cookie) }];
        return await anyone.Post(path, body, headers);
    }
}
