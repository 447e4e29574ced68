using System.Net;
using ClusterNet.Access.Contracts;
using ClusterNet.Tests.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.House;

public sealed class PermissionTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public void Every_endpoint_declares_who_may_call_it()
    {
        var endpoints = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToList();
        endpoints.Count.ShouldBeGreaterThan(10);
        var undeclared = endpoints
            // The framework's own endpoint for redirects of forms declares nothing, so it answers nobody.
            .Where(e => !e.RoutePattern.RawText!.StartsWith("/_framework/", StringComparison.Ordinal)) // our routes are patterns
            .Where(e => WhoMayCall.Of(e) is null && e.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(e => $"{e.DisplayName} {e.RoutePattern.RawText}");
        undeclared.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_sign_in_every_protected_endpoint_answers_401()
    {
        using var anonymous = host.Anonymous();
        var refused = 0;
        foreach (var endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<WhoMayCall>() is not { Judge: not null }) continue;
            var path = System.Text.RegularExpressions.Regex.Replace(endpoint.RoutePattern.RawText!, @"\{[^}]+\}", "0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f"); // our routes are patterns
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods) // every endpoint names its methods
            {
                using var request = new HttpRequestMessage(new(method), path);
                using var response = await anonymous.SendAsync(request, TestContext.Current.CancellationToken);
                response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, $"{method} {path}");
                refused++;
            }
        }

        refused.ShouldBeGreaterThan(8);
    }
}
