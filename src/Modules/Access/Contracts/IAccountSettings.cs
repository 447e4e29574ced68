using ClusterNet.EventStore;

namespace ClusterNet.Access.Contracts;

/// <summary>How somebody wants to be addressed, kept with the account: state, no history.</summary>
public interface IAccountSettings
{
    /// <summary>What the person chose; null where nothing was chosen.</summary>
    Task<AccountSettings> Of(Id<Person> person, CancellationToken ct);

    /// <summary>The language for mail: the chosen one, else that of the last sign-in, else English.</summary>
    Task<string> LanguageOf(Id<Person> person, CancellationToken ct);

    /// <summary>Keeps a choice; both must be known (<see cref="AccountSettings"/>).</summary>
    Task Keep(Id<Person> person, AccountSettings chosen, CancellationToken ct);
}

/// <summary>What somebody chose.</summary>
/// <param name="Language">One of <see cref="Languages"/>; null to follow the browser.</param>
/// <param name="TimeZone">An IANA name such as <c>Europe/Berlin</c>; null to follow the device, and the installation's zone in mail.</param>
public sealed record AccountSettings(string? Language, string? TimeZone)
{
    /// <summary>Languages in which all texts are complete, the default first.</summary>
    public static IReadOnlyList<string> Languages { get; } = ["en", "de", "fr"];
}

/// <summary>The installation's time zone: for mail at a time of day to people who did not choose one.</summary>
public sealed record HomeZone(TimeZoneInfo Zone);
