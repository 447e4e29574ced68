using System.Globalization;
using System.Security.Cryptography;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Identity;
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

    /// <summary>Of PBKDF2 with HMAC-SHA-512 (OWASP Password Storage Cheat Sheet).</summary>
    public const int UsualRounds = 210_000;

    /// <summary>A property of the program, not of its configuration: tests, which sign in thousands of times, are built with fewer rounds.</summary>
    public const string RoundsProperty = "ClusterNet.PasswordRounds";

    public static PasswordHasher<AccountHolder> Hasher { get; } = new(Options.Create(new PasswordHasherOptions
    {
        IterationCount = AppContext.GetData(RoundsProperty) is string rounds ? int.Parse(rounds, CultureInfo.InvariantCulture) : UsualRounds,
    }));

    /// <summary>A hash of what nobody knows, to compare with when there is none: all answers take the same time.</summary>
    public static string Nobodys { get; } = HashOf(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));

    public static string HashOf(string password) => Hasher.HashPassword(AccountHolder.Nobody(), password);

    /// <param name="about">The person's address and name, where they are known.</param>
    public static void Validate(Faults faults, string member, string? password, params IEnumerable<string?> about)
    {
        if (PasswordRules.FaultOf(password, about) is { } fault) faults.Add(member, fault.Code, fault.Text);
    }

    /// <summary>A new password also opens what failed tries had locked.</summary>
    public static Statement Store(Id<Person> person, string password) => Statement.Of(
        "insert into access.password (person, hash) values ($1, $2) on conflict (person) do update set hash = excluded.hash, failures = 0, locked_until = null",
        person.Value, HashOf(password));
}
