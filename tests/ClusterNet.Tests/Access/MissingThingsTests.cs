using System.Net;
using ClusterNet.Privacy;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Access;

/// <summary>What is answered where something is not in its place.</summary>
public sealed class MissingThingsTests(RunningHost host) : IClassFixture<RunningHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("text/html")]
    [InlineData("*/*")]
    [InlineData("application/json")]
    public async Task An_unknown_receipt_is_not_found_in_whatever_form_it_is_asked(string accept)
    {
        using var anybody = host.Anonymous();
        foreach (var id in new[] { "UNKNOWN", Guid.NewGuid().ToString() })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/receipts/{id}");
            request.Headers.Add("Accept", accept);
            using var response = await anybody.SendAsync(request, Ct);
            response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
            response.Content.Headers.ContentType.ShouldNotBeNull().MediaType.ShouldBe("text/html");
            (await response.Content.ReadAsStringAsync(Ct)).ShouldContain("<h1>");
        }
    }

    [Fact]
    public async Task Without_its_key_encryption_key_the_export_is_refused_before_it_begins()
    {
        var somebody = await host.Newcomer(await host.Operator(), "Nora Locked");
        var services = host.Services;
        var place = services.GetRequiredService<IKeyVault>().PlaceOf(await KeyEpochs.Current(services.GetRequiredService<KeyDatabase>(), Ct));
        File.Move(place, place + ".away");
        services.GetRequiredService<KeyRing>().Forget(null);
        try
        {
            (await somebody.Client.Get("/access/me/export")).ShouldBeProblem(HttpStatusCode.ServiceUnavailable, "keys-unavailable");
        }
        finally
        {
            File.Move(place + ".away", place);
        }

        (await somebody.Client.GetAsync(new Uri("/api/v1/access/me/export", UriKind.Relative), Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
