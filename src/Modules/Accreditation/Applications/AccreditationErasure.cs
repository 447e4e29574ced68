using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Auditing;
using ClusterNet.Accreditation.Credentials;
using ClusterNet.EventStore;
using ClusterNet.Privacy;

namespace ClusterNet.Accreditation.Applications;

/// <summary>
/// What an assessment under way and credentials hold of a person (ISO/IEC 17024:2012, 7.1), what of it ends with the account, and which auditors
/// read it.
/// </summary>
internal sealed class AccreditationErasure(
    Database database, Streams<Application, ApplicationEvent> applications, PersonalDataPolicy policy, TimeProvider clock)
    : IErasureHold, IErasureStep, IRecipients
{
    /// <summary>Assessors have to know whom and what they assess; a withdrawal ends it at once.</summary>
    private static readonly string[] HeldByAssessment = [KeyClass.Identity, KeyClass.Contact, KeyClass.Learning, KeyClass.Accreditation];

    public async Task<IReadOnlyList<Hold>> Of(Id<Person> person, IReadOnlyCollection<string> classes, CancellationToken ct)
    {
        List<Hold> holds = [];
        if ((await Open(person, ct)).Any(a => a.Phase != Phase.Draft))
        {
            holds.AddRange(HeldByAssessment.Intersect(classes).Select(
                c => new Hold(c, "open-assessment", "Regulation (EU) 2016/679, Article 17(3)(b) and (e)", null)));
        }

        var credentials = await HeldCredentials.Rows("where holder = $1", database, ct, person.Value);
        if (!classes.Contains(KeyClass.Accreditation) || credentials.Count == 0) return holds;
        var until = credentials.Max(c => c.ValidUntil).AddYears(policy.AccreditationYears);
        if (until >= DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime))
            holds.Add(new(KeyClass.Accreditation, "credential-retention", "Regulation (EU) 2016/679, Article 17(3)(b)", until));
        return holds;
    }

    /// <summary>What is still a draft is withdrawn; what is submitted holds the account.</summary>
    public async Task<IReadOnlyList<StoreCount>> Close(Id<Person> person, Id<Person> by, CancellationToken ct)
    {
        var drafts = await Open(person, ct);
        foreach (var draft in drafts)
            await applications.Execute(draft.Id.Value, new WithdrawApplication(by, clock.GetUtcNow()), new(CommandMetadata.System("erasure")), ct);
        return [new("applications", drafts.Count)];
    }

    public Task<IReadOnlyList<StoreCount>> Scrub(ErasureOrder order, CancellationToken ct) => Task.FromResult<IReadOnlyList<StoreCount>>([]);

    /// <summary>Every auditor who read a dossier of the person, or one in which the person stands, with the first time.</summary>
    async Task<IReadOnlyList<Recipient>> IRecipients.Of(Id<Person> person, CancellationToken ct)
    {
        var own = await database.Query(
            AccreditationModule.Name, Statement.Of("select id from accreditation.applications where candidate = $1", person.Value),
            r => new Id<Application>(r.GetGuid(0)), ct);
        return await database.Query(
            AccreditationModule.Name,
            Statement.Of(
                "select auditor, min(at) from accreditation.auditor_reads where id = any($1) or persons @> array[$2] group by auditor order by 2, 1",
                own.Select(a => AuditTrail.IdOf(a)).ToArray(), person.Value),
            r => new Recipient("auditor", r.GetGuid(0), r.GetFieldValue<DateTimeOffset>(1)), ct);
    }

    private Task<List<ApplicationRow>> Open(Id<Person> person, CancellationToken ct) => database.Query(
        AccreditationModule.Name, Statement.Of(Applications.Table.Select("where candidate = $1 and open order by id"), person.Value),
        Applications.Table.Read, ct);
}
