using ClusterNet.Access.Contracts;
using ClusterNet.Design;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Settings;

internal static class OwnSettingsEndpoints
{
    /// <param name="Language">en, de or fr; null to follow the browser.</param>
    /// <param name="TimeZone">An IANA name; null to follow the device.</param>
    internal sealed record Body(string? Language = null, string? TimeZone = null) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Check(
                Language is null || AccountSettings.Languages.Contains(Language), "language", "unknown-language",
                $"One of these is expected: {string.Join(", ", AccountSettings.Languages)}; or null to follow the browser.");
            faults.Check(
                TimeZone is null || Reader.Find(TimeZone) is not null, "timeZone", "unknown-time-zone",
                "A name of the IANA time zone database such as Europe/Berlin is expected; or null to follow the device.");
        }
    }

    internal static void MapOwnSettings(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/access/me/settings", async (Caller caller, IAccountSettings settings, CancellationToken ct) =>
                TypedResults.Ok(await settings.Of(caller.Person, ct)))
            .WithName("ReadOwnSettings").WithSummary("The language and time zone that one chose").SignedInMayCall("everybody for themselves").OwnAffairs();
        routes.MapPut("/access/me/settings", Put)
            .WithName("PutOwnSettings").WithSummary("Choose language and time zone, for mail and for every device").WithExample(new Body("de", "Europe/Berlin"))
            .Produces<AccountSettings>().SignedInMayCall("everybody for themselves").OwnAffairs();
    }

    private static async Task<IResult> Put(Body body, Caller caller, IAccountSettings settings, CancellationToken ct)
    {
        var chosen = new AccountSettings(body.Language, body.TimeZone);
        await settings.Keep(caller.Person, chosen, ct);
        return TypedResults.Ok(chosen);
    }
}
