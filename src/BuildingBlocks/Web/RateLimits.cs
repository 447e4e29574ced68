using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;

namespace ClusterNet.Web;

/// <summary>How many requests a minute; the section <c>ClusterNet:RateLimits</c> of the configuration.</summary>
public sealed class RateLimits
{
    /// <summary>The policy of endpoints where somebody could guess secrets: <c>.RequireRateLimiting(RateLimits.Secrets)</c>.</summary>
    public const string Secrets = "secrets";

    /// <summary>The policy of endpoints where somebody could press one button over and over: <c>.RequireRateLimiting(RateLimits.Marks)</c>.</summary>
    public const string Marks = "marks";

    /// <summary>The policy of what makes this installation ask the servers of others; only POSTs count: <c>.RequireRateLimiting(RateLimits.Verifications)</c>.</summary>
    public const string Verifications = "verifications";

    internal const string Section = "ClusterNet:RateLimits";

    /// <summary>Off for benchmarks only.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>From one address, or one /64 network of IPv6, without sign-in.</summary>
    public int AnonymousPerMinute { get; init; } = 600;

    /// <summary>From one address in the public log: small files that never change, and auditors read all of them.</summary>
    public int LogPerMinute { get; init; } = 6000;

    /// <summary>Of one signed-in caller, whatever number of tokens or sessions it uses.</summary>
    public int SignedInPerMinute { get; init; } = 6000;

    /// <summary>From one address at all endpoints of <see cref="Secrets"/> together, signed in or not.</summary>
    public int SecretsPerMinute { get; init; } = 20;

    /// <summary>Of one caller at all endpoints of <see cref="Marks"/> together.</summary>
    public int MarksPerMinute { get; init; } = 60;

    /// <summary>From one address at all endpoints of <see cref="Verifications"/> together, signed in or not.</summary>
    public int VerificationsPerMinute { get; init; } = 30;

    internal void Check()
    {
        if (AnonymousPerMinute < 1 || LogPerMinute < 1 || SignedInPerMinute < 1 || SecretsPerMinute < 1 || MarksPerMinute < 1 || VerificationsPerMinute < 1)
        {
            throw new InvalidOperationException($"Every number in {Section} must be 1 or more; set Enabled to false to have no limits.");
        }
    }

    internal void Configure(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(Caller);
        options.AddPolicy(Secrets, context => PerMinute("secrets " + AddressOf(context), SecretsPerMinute));
        options.AddPolicy(Marks, context => PerMinute("marks " + (CallerOf(context) ?? AddressOf(context)), MarksPerMinute));
        options.AddPolicy(Verifications, context => HttpMethods.IsPost(context.Request.Method)
            ? PerMinute("verifications " + AddressOf(context), VerificationsPerMinute)
            : RateLimitPartition.GetNoLimiter("reads"));
        options.OnRejected = static async (rejected, _) =>
        {
            // Fixed windows always tell how long they still last (RFC 9110 section 10.2.3: whole seconds).
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var time) ? Math.Ceiling(time.TotalSeconds) : 60;
            rejected.HttpContext.Response.Headers.RetryAfter = Math.Max(1, wait).ToString(CultureInfo.InvariantCulture);
            await StatusAnswers.Answer(rejected.HttpContext, StatusCodes.Status429TooManyRequests);
        };
    }

    // By who the caller proved to be, never by what it claims: made-up tokens must not open fresh limits.
    private RateLimitPartition<string> Caller(HttpContext context) => context.Request.Path.StartsWithSegments("/log", StringComparison.Ordinal)
        ? PerMinute("log " + AddressOf(context), LogPerMinute)
        : CallerOf(context) is { } caller
            ? PerMinute("caller " + caller, SignedInPerMinute)
            : PerMinute("address " + AddressOf(context), AnonymousPerMinute);

    private static string? CallerOf(HttpContext context) => context.User is { Identity.IsAuthenticated: true } user
        ? (user.FindFirst(ClaimTypes.NameIdentifier) ?? user.FindFirst("sub"))?.Value
        : null;

    private static RateLimitPartition<string> PerMinute(string key, int permits) =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => new() { PermitLimit = permits, Window = TimeSpan.FromMinutes(1) });

    private static string AddressOf(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        // A single subscriber commonly has a whole /64 (RFC 6177).
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new IPAddress([.. address.GetAddressBytes().AsSpan(0, 8), 0, 0, 0, 0, 0, 0, 0, 0]).ToString()
            : address.ToString();
    }
}
