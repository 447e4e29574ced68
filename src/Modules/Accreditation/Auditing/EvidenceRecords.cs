using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Applications;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Projections;

namespace ClusterNet.Accreditation.Auditing;

/// <summary>A learning record on which an application rests.</summary>
/// <param name="RecordVersion">The record's version as it was submitted.</param>
internal sealed record EvidenceRecordRow(Id<Application> Id, Id<LearningRecord> Record, long RecordVersion);

/// <summary>The evidence of all applications, as last submitted.</summary>
internal sealed class EvidenceRecords() : InlineRows<ApplicationEvent, EvidenceRecordRow>(AccreditationModule.Name, Table, "id")
{
    public static readonly Table<EvidenceRecordRow> Table =
        new(AccreditationModule.Name, "evidence_records", nameof(EvidenceRecordRow.Id), nameof(EvidenceRecordRow.Record))
        {
            Indexes = ["(record)"],
        };

    protected override IReadOnlyList<EvidenceRecordRow> Apply(IReadOnlyList<EvidenceRecordRow> rows, Recorded<ApplicationEvent> recorded) =>
        recorded.Fact is ApplicationSubmitted e ? [.. e.Evidence.Select(i => new EvidenceRecordRow(new(recorded.Stream), i.Record, i.Version))] : rows;
}

/// <summary>
/// The history of a learning record is open to an auditor whose grant covers an application that rests on it: up to the version that was submitted,
/// and of personal members only the candidate's own.
/// </summary>
internal sealed class EvidenceEventReaders(ApplicationDesk desk, AuditDesk audit, Database database) : IEventReaders
{
    public string Module => "learning";

    public async Task<bool> MayRead(Guid stream, Caller caller, string? what, CancellationToken ct) => await Open(stream, caller, what, ct) is not null;

    public async Task<OpenedStream?> Open(Guid stream, Caller caller, string? what, CancellationToken ct)
    {
        if (!caller.Roles.Any(r => r.Role == Role.Auditor)) return null;
        var rows = await database.Query(
            AccreditationModule.Name,
            Statement.Of(EvidenceRecords.Table.Select("where record = $1 order by record_version desc, id"), stream), EvidenceRecords.Table.Read, ct);
        foreach (var row in rows)
        {
            var opened = await desk.Open(row.Id, caller, ct);
            if (opened.Standing != Standing.Auditor) continue;
            if (what is not null && await audit.Record(row.Id, opened, $"learning record: {what}", ct) is not null) return null;
            return new(row.RecordVersion, [opened.Dossier.Candidate.Value]);
        }

        return null;
    }
}
