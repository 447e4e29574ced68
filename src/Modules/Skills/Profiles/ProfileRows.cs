using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Levels;

namespace ClusterNet.Skills.Profiles;

internal sealed record ProfileRow(
    Id<RoleProfile> Id, Id<Firm>? Firm, Id<Cluster>? Cluster, Personal<string> Title, ValueList<RequiredSkill> Skills, Id<RoleProfile>? Origin, string? Occupation, bool Retired,
    DateTimeOffset ChangedAt, long Version);

/// <summary>Role profiles as they are now.</summary>
internal sealed class ProfileRows() : InlineProjection<ProfileEvent, ProfileRow>(SkillsModule.Name, Table)
{
    public static readonly Table<ProfileRow> Table = new(SkillsModule.Name, "role_profiles", nameof(ProfileRow.Id))
    {
        Indexes = ["(firm)", "(cluster)"],
    };

    protected override ProfileRow? Apply(ProfileRow? row, Recorded<ProfileEvent> recorded) => recorded.Fact switch
    {
        RoleProfileDrawnUp e => new(new(recorded.Stream), e.Firm, e.Cluster, e.Title, e.Skills, e.Origin, e.Occupation, false, e.At, recorded.Version),
        _ when row is null => row,
        RoleProfileChanged e => row with { Title = e.Title, Skills = e.Skills, ChangedAt = e.At, Version = recorded.Version },
        RoleProfileRetired e => row with { Retired = true, ChangedAt = e.At, Version = recorded.Version },
        _ => row with { Version = recorded.Version },
    };
}

internal sealed record HolderRow(Id<RoleProfile> Profile, Id<Person> Person, Id<Firm> Firm, DateTimeOffset Since);

/// <summary>Who holds which profile in which firm. That somebody left the firm stands in the directory, not here.</summary>
internal sealed class HolderRows() : InlineRows<ProfileEvent, HolderRow>(SkillsModule.Name, Table, "profile")
{
    public static readonly Table<HolderRow> Table = new(
        SkillsModule.Name, "role_profile_holders", nameof(HolderRow.Profile), nameof(HolderRow.Person), nameof(HolderRow.Firm))
    {
        Indexes = ["(firm)", "(person)"],
    };

    protected override IReadOnlyList<HolderRow> Apply(IReadOnlyList<HolderRow> rows, Recorded<ProfileEvent> recorded) => recorded.Fact switch
    {
        RoleProfileGiven e => [.. rows, new(new(recorded.Stream), e.Person, e.Firm, e.At)],
        RoleProfileTakenBack e => [.. rows.Where(r => r.Person != e.Person || r.Firm != e.Firm)],
        RoleProfileRetired => [],
        _ => rows,
    };
}
