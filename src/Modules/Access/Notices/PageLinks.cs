using ClusterNet.Access.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace ClusterNet.Access.Notices;

/// <summary>Whether there is a page at an address: what a notice tells of may have none yet, or none any more.</summary>
internal sealed class PageLinks(EndpointDataSource endpoints)
{
    private readonly Lazy<IReadOnlyList<TemplateMatcher>> _pages = new(() =>
    [
        .. endpoints.Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<WhoMaySeeAttribute>() is not null && e.RoutePattern.RawText is not null)
            .Select(e => new TemplateMatcher(TemplateParser.Parse(e.RoutePattern.RawText!), [])), // filtered: not null
    ]);

    public bool Exists(string href)
    {
        var path = new PathString(href.Split('?', '#')[0]);
        return _pages.Value.Any(p => p.TryMatch(path, []));
    }
}
