using ClusterNet.Access.Contracts;
using ClusterNet.Access.SignIn;
using ClusterNet.EventStore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;

namespace ClusterNet.Access.Identity;

/// <summary>
/// Who changes how one signs in, and whether it is really that person: a token may not, and an older session proves itself by the password
/// (OWASP ASVS 5.0, 7.5.1).
/// </summary>
internal sealed class OwnAccount(UserManager<AccountHolder> holders, SignInDesk desk, IHttpContextAccessor accessor, TimeProvider clock)
{
    public static readonly Refusal SessionNeeded = new(
        "session-needed", "How somebody signs in is changed only by who is signed in: sign in with a session; a token may not do this.", 403);

    public static readonly Refusal ConfirmYourself = new(
        "confirm-yourself", "You signed in a while ago. Send your password with this, or sign out and in again and repeat it within 15 minutes.", 403);

    public static readonly Refusal WrongPassword = new(
        "wrong-password", "This is not your current password, or it is locked for some minutes after many tries. Check it and try again.", 422);

    private HttpContext Http => accessor.HttpContext ?? throw new InvalidOperationException("One's own account is changed within a request.");

    /// <summary>Whether this request may change without a password; pages ask for it otherwise.</summary>
    public bool IsFresh => CurrentSession.Of(Http)?.IsFresh(clock.GetUtcNow()) == true;

    /// <summary>The caller as holder of an account, and the session that the request came with.</summary>
    public async Task<Found> Find()
    {
        if (Caller.Of(Http) is not { } caller || CurrentSession.Of(Http) is not { } session) return new(null, null, SessionNeeded);
        var holder = await holders.FindByIdAsync(caller.Person.ToString());
        return holder is null ? new(null, null, SessionNeeded) : new(holder, session, null);
    }

    /// <summary>The same where the person must have proved just now who they are.</summary>
    /// <param name="password">The current one; null when none was sent.</param>
    public async Task<Found> Confirmed(string? password, CancellationToken ct)
    {
        var found = await Find();
        if (found is not { Holder: { } holder, Session: { } session }) return found;
        if (!string.IsNullOrEmpty(password)) return await desk.PasswordFits(holder, password, ct) ? found : new(null, null, WrongPassword);
        return session.IsFresh(clock.GetUtcNow()) ? found : new(null, null, ConfirmYourself);
    }

    /// <param name="Refusal">Null when the others are there.</param>
    internal sealed record Found(AccountHolder? Holder, CurrentSession? Session, Refusal? Refusal);
}
