using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using Microsoft.Extensions.Logging;

namespace ClusterNet.Access.SignIn;

/// <summary>
/// Each sign-in, good or bad, in the technical log: who by id, how, and why not (OWASP ASVS 5.0, 16.3.1). Never what was typed: an unknown address may be
/// somebody's password.
/// </summary>
internal sealed partial class SignInLog(ILogger<SignInLog> logger)
{
    public const string UnknownAddress = "unknown address", Locked = "locked", WrongPassword = "wrong password", WrongCode = "wrong code", AttemptOver = "attempt over",
        WrongPasskey = "wrong passkey", NotActive = "account not active", FirmRequired = "the firm's own sign-in is required";

    public void Began(Id<Person> person, string method) => SignedIn(person.Value, method);

    /// <param name="whom">Null when it is not known who tried.</param>
    public void Failed(Id<Person>? whom, string method, string reason) => Refused(whom?.Value, method, reason);

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "{Person} signed in by {Method}")]
    private partial void SignedIn(Guid person, string method);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "Sign-in of {Person} by {Method} failed: {Reason}")]
    private partial void Refused(Guid? person, string method, string reason);
}
