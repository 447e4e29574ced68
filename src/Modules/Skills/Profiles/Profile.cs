using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Levels;

namespace ClusterNet.Skills.Profiles;

internal abstract record ProfileEvent;

/// <param name="Firm">Whose it is; null for a cluster's.</param>
/// <param name="Cluster">Whose it is; null for a firm's.</param>
/// <param name="Origin">The profile that it was copied from; null for none.</param>
/// <param name="Occupation">The concept URI of the occupation that it began with; null for none.</param>
[StoredAs("role_profile_drawn_up", 2)]
internal sealed record RoleProfileDrawnUp(
    Id<Firm>? Firm, Id<Cluster>? Cluster, [PersonalData(nameof(RoleProfileDrawnUp.By), KeyClass.FreeText)] Personal<string> Title,
    ValueList<RequiredSkill> Skills, Id<RoleProfile>? Origin, string? Occupation, Id<Person> By, DateTimeOffset At) : ProfileEvent
{
    /// <summary>Profiles of the time before began with no occupation.</summary>
    public static IReadOnlyList<Upcaster> Upcasters { get; } = [new("role_profile_drawn_up", 1, json =>
    {
        json[nameof(Occupation)] = null;
        return json;
    })];
}

/// <summary>The whole profile as it is from now on.</summary>
[StoredAs("role_profile_changed")]
internal sealed record RoleProfileChanged(
    [PersonalData(nameof(RoleProfileChanged.By), KeyClass.FreeText)] Personal<string> Title, ValueList<RequiredSkill> Skills, Id<Person> By,
    DateTimeOffset At) : ProfileEvent;

/// <summary>Nobody gets it any more; audits that took it up go on.</summary>
[StoredAs("role_profile_retired")]
internal sealed record RoleProfileRetired(Id<Person> By, DateTimeOffset At) : ProfileEvent;

/// <summary>Somebody has this role in a firm.</summary>
[StoredAs("role_profile_given")]
internal sealed record RoleProfileGiven(Id<Person> Person, Id<Firm> Firm, Id<Person> By, DateTimeOffset At) : ProfileEvent;

[StoredAs("role_profile_taken_back")]
internal sealed record RoleProfileTakenBack(Id<Person> Person, Id<Firm> Firm, Id<Person> By, DateTimeOffset At) : ProfileEvent;

/// <summary>What a role asks for, drawn up by a firm or a cluster; who holds it in which firm.</summary>
internal abstract record Profile : IState<Profile, ProfileEvent>
{
    public sealed record Absent : Profile;

    public sealed record Current(
        Id<Firm>? Firm, Id<Cluster>? Cluster, Personal<string> Title, ValueList<RequiredSkill> Skills, ValueList<Holder> Holders) : Profile;

    public sealed record Retired : Profile;

    public static Profile Initial { get; } = new Absent();

    public static Profile Evolve(Profile state, ProfileEvent fact) => (state, fact) switch
    {
        (_, RoleProfileDrawnUp e) => new Current(e.Firm, e.Cluster, e.Title, e.Skills, []),
        (Current c, RoleProfileChanged e) => c with { Title = e.Title, Skills = e.Skills },
        (Current c, RoleProfileGiven e) => c with { Holders = [.. c.Holders, new(e.Person, e.Firm)] },
        (Current c, RoleProfileTakenBack e) => c with { Holders = [.. c.Holders.Where(h => h != new Holder(e.Person, e.Firm))] },
        (_, RoleProfileRetired) => new Retired(),
        _ => throw new UnreachableException(fact.GetType().Name),
    };

    internal sealed record Holder(Id<Person> Person, Id<Firm> Firm);
}
