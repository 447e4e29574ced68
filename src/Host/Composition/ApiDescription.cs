using ClusterNet.Web;
using Microsoft.OpenApi;

namespace ClusterNet.Host.Composition;

/// <summary>What the API says of itself, and the page on which it can be tried.</summary>
internal static class ApiDescription
{
    public static OpenApiInfo Info { get; } = new()
    {
        Title = "ClusterNet",
        Version = "v1",
        Description =
            "A learning network for clusters of small and medium-sized firms: firms pool training, people record the informal learning that really happens " +
            "at work, it becomes evidence for accredited skills, and auditors verify and replay all of it.\n\n" +
            "Sign in with POST /api/v1/access/sign-in (the session cookie then works on this page), or send a token: Authorization: Bearer cnt_….\n\n" +
            "This service uses the ESCO classification of the European Commission.",
    };

    public static void UsePage(IApplicationBuilder app) => app.UseSwaggerUI(ui =>
    {
        ui.RoutePrefix = "api";
        ui.DocumentTitle = "ClusterNet API";
        ui.SwaggerEndpoint(ClusterNetOpenApi.Path, "ClusterNet v1");
    });
}
