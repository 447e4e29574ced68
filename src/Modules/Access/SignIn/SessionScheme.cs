using System.Globalization;
using System.Security.Claims;
using System.Text.Encodings.Web;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Identity;
using ClusterNet.EventStore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ClusterNet.Access.SignIn;

/// <summary>
/// Where Identity's SignInManager signs in: begins a session of ours. Its id is always new and drawn here, whatever cookie the request came with
/// (session fixation: OWASP ASVS 5.0, 7.2.4).
/// </summary>
internal sealed class SessionScheme(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Database database,
    UserManager<AccountHolder> holders, AccountMail mail, SignInLog log, TimeProvider clock)
    : SignInAuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Password = "password";
    public const string SecondFactor = "password+code";
    public const string Passkey = "passkey";
    public const string Firm = "firm";

    /// <summary>Who is calling is known by <see cref="CallerAuthentication"/>.</summary>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(AuthenticateResult.NoResult());

    protected override async Task HandleSignInAsync(ClaimsPrincipal user, AuthenticationProperties? properties)
    {
        var holder = await holders.FindByIdAsync(user.FindFirstValue(ClaimTypes.NameIdentifier) ?? "")
            ?? throw new InvalidOperationException("Somebody without an account signs in.");
        var (now, secret, device) = (clock.GetUtcNow(), Secret.New(Sessions.Prefix), Devices.Of(Request.Headers.UserAgent));
        var known = await database.Query(
            AccessModule.Name, Statement.Of("select device from access.known_device where person = $1", holder.Person), r => r.GetString(0), Context.RequestAborted);
        List<Statement> statements =
        [
            // What the browser came with is ended, not taken over.
            .. Request.Cookies[Sessions.Cookie] is { } old ? [Sessions.End(Secret.HashOf(old))] : Array.Empty<Statement>(),
            .. Sessions.Begin(holder.Person, secret.Hash, device, user.FindFirstValue(ClaimTypes.AuthenticationMethod) ?? Password, now),
            Note(holder.Person, device, now),
        ];
        if (known.Count > 0 && !known.Contains(device)) statements.Add(mail.NewDevice(holder, device, now));
        await database.Execute(AccessModule.Name, statements, Context.RequestAborted);
        log.Began(holder.Person, user.FindFirstValue(ClaimTypes.AuthenticationMethod) ?? Password);
        Response.Cookies.Append(Sessions.Cookie, secret.Text, Sessions.Options(Context, now + Sessions.Lasts));
    }

    protected override async Task HandleSignOutAsync(AuthenticationProperties? properties)
    {
        if (Request.Cookies[Sessions.Cookie] is { } cookie)
            await database.Execute(AccessModule.Name, [Sessions.End(Secret.HashOf(cookie))], Context.RequestAborted);
        Response.Cookies.Delete(Sessions.Cookie, Sessions.Options(Context, clock.GetUtcNow()));
        // What the browser kept of pages and files of this person (OWASP ASVS 5.0, 14.3.1); the choice of language stays, and so does what another
        // person captured at this device and has not sent: capture.js forgets what is this person's.
        Response.Headers["Clear-Site-Data"] = "\"cache\"";
    }

    private static Statement Note(Id<Person> person, string device, DateTimeOffset now) => Statement.Of(
        "insert into access.known_device (person, device, language, seen_at) values ($1, $2, $3, $4) " +
        "on conflict (person, device) do update set language = excluded.language, seen_at = excluded.seen_at",
        person, device, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, now);
}
