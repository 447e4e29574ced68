using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Design;

/// <summary>Addresses of static files with a hash of their content, so that browsers may keep them for good and still see every change.</summary>
public sealed class Assets(IWebHostEnvironment site)
{
    /// <summary>Under this the hash stands in the query.</summary>
    public const string Version = "v";

    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <param name="path">The file's path on this site, such as <c>/css/base.css</c>.</param>
    /// <returns>The path with its hash; the bare path when there is no such file.</returns>
    public string Of(string path) => _known.GetOrAdd(path, Hashed);

    /// <summary>Whether the request is for exactly the content that is here: then the answer never changes.</summary>
    public bool IsCurrent(HttpRequest request) =>
        request.Query.TryGetValue(Version, out var asked) && Of(request.Path) == $"{request.Path}?{Version}={asked}";

    private string Hashed(string path)
    {
        var file = site.WebRootFileProvider.GetFileInfo(path);
        if (!file.Exists) return path;
        using var content = file.CreateReadStream();
        return $"{path}?{Version}={Convert.ToHexStringLower(SHA256.HashData(content))[..12]}";
    }
}
