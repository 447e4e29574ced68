using System.Text.Json;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Identity;
using ClusterNet.Access.SignIn;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Passkeys;

internal static class OwnPasskeysEndpoints
{
    internal static readonly JsonElement ExampleCredential = JsonSerializer.SerializeToElement(
        new { id = "ZXhhbXBsZQ", rawId = "ZXhhbXBsZQ", type = "public-key", response = new { clientDataJSON = "e30", attestationObject = "oA" } });

    private const string ExampleCeremony = "cnp_2yT0sJX9m0n3kq5yV4cW1rZ8uB6dE7fG9hJ1kL3mN5p";

    /// <param name="Password">The current one; needed when the session is older than 15 minutes.</param>
    internal sealed record BeginBody(string? Password = null) : IValidated
    {
        public void Validate(Faults faults) => faults.OptionalText("password", Password, PasswordRules.MaxLength);
    }

    /// <param name="Ceremony">Its id.</param>
    /// <param name="Name">How the person calls it, such as "Phone".</param>
    /// <param name="Credential">The browser's answer (PublicKeyCredential.toJSON()).</param>
    internal sealed record AddBody(string Ceremony, string Name, JsonElement Credential) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("ceremony", Ceremony, 10, 100);
            faults.Text("name", Name, 1, 60);
            faults.Check(Credential.ValueKind == JsonValueKind.Object, "credential", "malformed-credential", "The browser's answer as an object is expected.");
        }
    }

    internal static void MapOwnPasskeys(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/access/me/passkeys", List)
            .WithName("ListPasskeys").WithSummary("One's own passkeys").SignedInMayCall("everybody about themselves");
        routes.MapPost("/access/me/passkeys/options", Begin)
            .WithName("BeginPasskey").WithSummary("Begin to add a passkey: what the browser needs to make one")
            .WithExample(new BeginBody("eleven quiet lathes at dawn")).Produces<Ceremony>()
            .SignedInMayCall("everybody for themselves, in a session").OwnAffairs().RequireRateLimiting(RateLimits.Secrets);
        routes.MapPost("/access/me/passkeys", Add)
            .WithName("AddPasskey").WithSummary("Add the passkey that the browser made; a mail says so")
            .WithExample(new AddBody(ExampleCeremony, "Phone", ExampleCredential))
            .SignedInMayCall("everybody for themselves, in a session").OwnAffairs();
        routes.MapPost("/access/me/passkeys/{id}/removal", Remove)
            .WithName("RemovePasskey").WithSummary("Remove a passkey; one way to sign in must remain")
            .SignedInMayCall("everybody for themselves, in a session").OwnAffairs();
    }

    private static async Task<IResult> List(Caller caller, Database database, CancellationToken ct) =>
        Results.Ok(new { items = await PasskeyRows.Of(caller.Person, database, ct) });

    private static async Task<IResult> Begin(BeginBody body, OwnAccount own, PasskeyDesk desk, CancellationToken ct)
    {
        var found = await own.Confirmed(body.Password, ct);
        return found.Holder is { } holder ? Results.Ok(await desk.BeginCreation(holder, ct)) : Problems.From(found.Refusal ?? OwnAccount.SessionNeeded);
    }

    /// <summary>Who began the ceremony has confirmed it; its secret is the proof.</summary>
    private static async Task<IResult> Add(AddBody body, OwnAccount own, PasskeyDesk desk, TimeProvider clock, CancellationToken ct)
    {
        var found = await own.Find();
        if (found.Holder is not { } holder) return Problems.From(found.Refusal ?? OwnAccount.SessionNeeded);
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        return await desk.Add(holder, id, body.Name, body.Ceremony, body.Credential, ct) is { } refusal
            ? Problems.From(refusal)
            : Results.Created("/api/v1/access/me/passkeys", new { id, links = new { self = "/api/v1/access/me/passkeys" } });
    }

    private static async Task<IResult> Remove(Guid id, OwnAccount own, PasskeyDesk desk, CancellationToken ct)
    {
        var found = await own.Find();
        if (found.Holder is not { } holder) return Problems.From(found.Refusal ?? OwnAccount.SessionNeeded);
        return await desk.Remove(holder.Person, id, ct) is { } refusal ? Problems.From(refusal) : Results.NoContent();
    }
}

internal static class PasskeySignInEndpoints
{
    internal sealed record Body(string Ceremony, JsonElement Credential) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("ceremony", Ceremony, 10, 100);
            faults.Check(Credential.ValueKind == JsonValueKind.Object, "credential", "malformed-credential", "The browser's answer as an object is expected.");
        }
    }

    internal static void MapPasskeySignIn(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/access/passkey-sign-in/options", async (PasskeyDesk desk, CancellationToken ct) => Results.Ok(await desk.BeginSignIn(ct)))
            .WithName("BeginPasskeySignIn").WithSummary("Begin to sign in with a passkey: what the browser needs").Produces<Ceremony>()
            .AnyoneMayCall("it names nobody");
        routes.MapPost("/access/passkey-sign-in", Handle)
            .WithName("SignInWithPasskey").WithSummary("Sign in with a passkey; the answer sets the session cookie. No second factor is asked for: a passkey is both")
            .WithExample(new Body("cnp_2yT0sJX9m0n3kq5yV4cW1rZ8uB6dE7fG9hJ1kL3mN5p", OwnPasskeysEndpoints.ExampleCredential))
            .AnyoneMayCall("signing in comes before being known").RequireRateLimiting(RateLimits.Secrets);
    }

    private static async Task<IResult> Handle(Body body, PasskeyDesk desk, CancellationToken ct) =>
        await desk.SignIn(body.Ceremony, body.Credential, ct) is { } person ? SignInEndpoint.Welcome(person) : Problems.From(PasskeyDesk.Failed);
}
