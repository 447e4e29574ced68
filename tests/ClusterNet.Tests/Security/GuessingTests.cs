using System.Net;
using ClusterNet.Tests.Hosting;
using Shouldly;

namespace ClusterNet.Tests.Security;

/// <summary>The limit as it is set for everybody: twenty tries a minute from one address, at all secrets together.</summary>
public sealed class GuessingTests : IAsyncLifetime
{
    private readonly RunningHost _host = new() { More = new Dictionary<string, string?> { ["ClusterNet:RateLimits:SecretsPerMinute"] = "20" } };

    [Fact]
    public async Task From_one_address_secrets_are_guessed_twenty_times_a_minute_at_most()
    {
        using var anybody = _host.Anonymous();
        for (var i = 0; i < 10; i++)
        {
            (await anybody.Post("/access/sign-in", new { email = $"p{i}@cluster.example", password = "guess" })).ShouldBe(HttpStatusCode.Unauthorized);
            (await anybody.Post("/access/invitations/accept", new { invitationToken = $"cni_guess{i}", password = Api.Password })).ShouldBe(HttpStatusCode.UnprocessableEntity);
        }

        var answer = await anybody.Post("/access/sign-in", new { email = "p@cluster.example", password = "guess" }, ("X-Forwarded-For", "203.0.113.9"));

        answer.ShouldBeProblem(HttpStatusCode.TooManyRequests, "too-many-requests").Headers.ShouldContainKey("Retry-After");
        (await Pages.Read(anybody, "/sign-in")).Status.ShouldBe(HttpStatusCode.TooManyRequests, "the page counts with the API");
        (await anybody.Get("/access/personal-data")).Status.ShouldBe(HttpStatusCode.OK, "all else goes on");
    }

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
