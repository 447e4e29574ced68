using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace ClusterNet.Access.SignIn;

/// <summary>Passwords are state, never history: PBKDF2 by the framework's hasher (OWASP ASVS 5.0, 11.4.2).</summary>
internal static class Passwords
{
    public const string Script = """
        create table access.password (person uuid primary key, hash text not null, failures int not null default 0, locked_until timestamptz);
        """;

    private const int MinLength = 12, MaxLength = 200;

    private static readonly PasswordHasher<object> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }));

    /// <summary>Somebody's hash, to compare with when the address is unknown: both answers take the same time.</summary>
    private static readonly string Nobodys = Hasher.HashPassword(new(), "nobody's password");

    public static void Validate(Faults faults, string member, string? password) => faults.Text(member, password, MinLength, MaxLength);

    public static Statement Store(Id<Person> person, string password) => Statement.Of(
        "insert into access.password (person, hash) values ($1, $2) on conflict (person) do update set hash = excluded.hash, failures = 0, locked_until = null",
        person.Value, Hasher.HashPassword(new(), password));

    public static bool Matches(string? hash, string password) =>
        Hasher.VerifyHashedPassword(new(), hash ?? Nobodys, password) != PasswordVerificationResult.Failed && hash is not null;
}
