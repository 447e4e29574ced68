using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClusterNet.Tests.Credentials;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ClusterNet.Tests.Accreditation.Verifying;

/// <summary>Somebody's server by https on this machine, with a certificate of its own.</summary>
internal sealed class FakeIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeIssuer(WebApplication app, string authorityFile) => (_app, AuthorityFile) = (app, authorityFile);

    public string AuthorityFile { get; }

    public int Port => new Uri(_app.Urls.Single()).Port;

    public string Host => $"localhost:{Port}";

    public string Url => $"https://{Host}";

    public string Did => $"did:web:localhost%3A{Port}";

    /// <summary>What stands at a path.</summary>
    public Dictionary<string, RequestDelegate> Pages { get; } = [];

    public List<string> Asked { get; } = [];

    public Issuing Keys { get; } = new();

    public static async Task<FakeIssuer> Start(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        var certificate = X509CertificateLoader.LoadPkcs12(request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1)).Export(X509ContentType.Pkcs12), null);
        var file = Path.Combine(folder, "issuer.pem");
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.UseHttps(certificate)));
        builder.WebHost.UseKestrelHttpsConfiguration();
        var app = builder.Build();
        var issuer = new FakeIssuer(app, file);
        app.Run(http =>
        {
            lock (issuer.Asked) issuer.Asked.Add(http.Request.Path);
            if (issuer.Pages.TryGetValue(http.Request.Path, out var page)) return page(http);
            http.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        await app.StartAsync();
        return issuer;
    }

    public void Page(string path, string json, string type = "application/json") => Pages[path] = http =>
    {
        http.Response.ContentType = type;
        return http.Response.WriteAsync(json);
    };

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
