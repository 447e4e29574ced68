using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.Net.Http.Headers;

namespace ClusterNet.Web;

/// <summary>Marks an endpoint that shares its address with a page: the page is for those who ask for HTML by name, as browsers do, the endpoint for all others (RFC 9110, section 12.5.1).</summary>
public static class AnswersPrograms
{
    public static TBuilder BesideThePage<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.WithMetadata(Mark.One);

    internal sealed class Mark
    {
        public static readonly Mark One = new();
    }

    /// <summary>Leaves one of the two that match.</summary>
    internal sealed class Policy : MatcherPolicy, IEndpointSelectorPolicy
    {
        public override int Order => 0;

        public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(IsMarked);

        public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
        {
            var wantsPage = AsksForHtml(httpContext.Request);
            for (var i = 0; i < candidates.Count; i++)
                if (candidates.IsValidCandidate(i) && IsMarked(candidates[i].Endpoint) == wantsPage) candidates.SetValidity(i, false);
            httpContext.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
            return Task.CompletedTask;
        }

        private static bool IsMarked(Endpoint endpoint) => endpoint.Metadata.GetMetadata<Mark>() is not null;

        /// <summary>HTML counts if it is named and nothing that is named is wanted more.</summary>
        private static bool AsksForHtml(HttpRequest request)
        {
            if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method)) return true;
            var wanted = request.GetTypedHeaders().Accept;
            if (wanted.FirstOrDefault(a => a.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase)) is not { } html) return false;
            return wanted.All(a => a == html || a.MatchesAllTypes || Quality(a) <= Quality(html));
        }

        private static double Quality(MediaTypeHeaderValue value) => value.Quality ?? 1;
    }
}
