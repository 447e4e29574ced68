using System.Text.Json.Serialization;
using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Standards;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Accreditation.Applications;

/// <summary>Where an application stands.</summary>
[JsonConverter(typeof(WireNameConverter<Phase>))]
internal enum Phase
{
    [JsonStringEnumMemberName("draft")]
    Draft,

    [JsonStringEnumMemberName("submitted")]
    Submitted,

    [JsonStringEnumMemberName("in-assessment")]
    InAssessment,

    [JsonStringEnumMemberName("more-evidence-asked")]
    MoreEvidenceAsked,

    [JsonStringEnumMemberName("assessed")]
    Assessed,

    [JsonStringEnumMemberName("granted")]
    Granted,

    [JsonStringEnumMemberName("declined")]
    Declined,

    [JsonStringEnumMemberName("withdrawn")]
    Withdrawn,
}

internal static class Phases
{
    /// <summary>Null while there is no such application.</summary>
    public static Phase? Of(Application state) => state switch
    {
        Application.Draft => Phase.Draft,
        Application.Submitted => Phase.Submitted,
        Application.InAssessment => Phase.InAssessment,
        Application.MoreEvidenceAsked => Phase.MoreEvidenceAsked,
        Application.Assessed => Phase.Assessed,
        Application.Granted => Phase.Granted,
        Application.Declined => Phase.Declined,
        Application.Withdrawn => Phase.Withdrawn,
        _ => null,
    };
}

/// <param name="Assessors">Those assigned now.</param>
internal sealed record ApplicationRow(
    Id<Application> Id, Id<Person> Candidate, Id<Cluster> Cluster, Id<Standard> Standard, Id<Standard> Lineage, int StandardVersion,
    Phase Phase, bool Open, Guid[] Assessors, string? CredentialNumber, DateTimeOffset OpenedAt, DateTimeOffset? SubmittedAt,
    DateTimeOffset? DecidedAt, long Version);

/// <summary>All applications without anything personal; also the guard that somebody has one open application by a standard.</summary>
internal sealed class Applications() : InlineProjection<ApplicationEvent, ApplicationRow>(AccreditationModule.Name, Table)
{
    public static readonly Table<ApplicationRow> Table = new(AccreditationModule.Name, "applications", nameof(ApplicationRow.Id))
    {
        Guard = true,
        Indexes = ["unique (candidate, lineage) where open", "(cluster, phase, id)", "(cluster, id)", "(candidate, id)",
            "using gin (assessors)"],
    };

    protected override ApplicationRow? Apply(ApplicationRow? row, Recorded<ApplicationEvent> recorded)
    {
        if (recorded.Fact is ApplicationOpened o)
        {
            return new(
                new(recorded.Stream), o.Candidate, o.Cluster, o.Standard, o.Lineage, o.StandardVersion, Phase.Draft, true, [], null, o.At,
                null, null, recorded.Version);
        }

        return row is null ? null : Next(row, recorded.Fact) with { Version = recorded.Version };
    }

    private static ApplicationRow Next(ApplicationRow row, ApplicationEvent fact) => fact switch
    {
        ApplicationMoved e => row with { Standard = e.Standard, StandardVersion = e.StandardVersion },
        ApplicationSubmitted e => AfterAssignment(row with { SubmittedAt = e.At }),
        ApplicationAssessorAssigned e => AfterAssignment(row with { Assessors = [.. row.Assessors, e.Assessor.Person.Value] }),
        ApplicationAssessorReleased e when row.Phase == Phase.MoreEvidenceAsked => Without(row, e),
        ApplicationAssessorReleased e => AfterAssignment(Without(row, e)),
        ApplicationMoreEvidenceAsked => row with { Phase = Phase.MoreEvidenceAsked },
        ApplicationAssessed => row with { Phase = Phase.Assessed },
        ApplicationGranted e => row with { Phase = Phase.Granted, Open = false, CredentialNumber = e.Number, DecidedAt = e.At },
        ApplicationDeclined e => row with { Phase = Phase.Declined, Open = false, DecidedAt = e.At },
        ApplicationWithdrawn => row with { Phase = Phase.Withdrawn, Open = false },
        _ => row,
    };

    private static ApplicationRow Without(ApplicationRow row, ApplicationAssessorReleased e) =>
        row with { Assessors = [.. row.Assessors.Where(a => a != e.Assessor.Value)] };

    private static ApplicationRow AfterAssignment(ApplicationRow row) =>
        row with { Phase = row.Assessors.Length == 0 ? Phase.Submitted : Phase.InAssessment };
}
