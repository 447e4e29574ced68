using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Auditing;
using ClusterNet.Accreditation.Standards;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Web;

namespace ClusterNet.Accreditation.Applications;

/// <summary>What somebody is to an application; the first that holds counts.</summary>
internal enum Standing
{
    /// <summary>Nothing: the application does not exist for such a person.</summary>
    None,

    Candidate,

    /// <summary>With a grant that covers it: sees everything, and every look is recorded.</summary>
    Auditor,

    /// <summary>Assigned now.</summary>
    Assessor,

    DecisionMaker,

    /// <summary>Sees how it goes, not what is in it.</summary>
    Coordinator,
}

/// <summary>An application as one caller meets it.</summary>
internal sealed record OpenedApplication(Loaded<Application> Loaded, Standing Standing, Caller Caller)
{
    public static readonly Refusal Unknown = new(
        "application-unknown", "There is no such application for you. See your own lists of applications.", 404);

    public static readonly Refusal NotYet = new(
        "application-not-yet", "The application did not exist at that moment. Ask for a later one.", 404);

    /// <summary>The grant under which an auditor sees it.</summary>
    public AuditorScope? Grant { get; init; }

    /// <summary>Only after <see cref="Refused"/> said nothing.</summary>
    public Dossier Dossier => ((Application.Existing)Loaded.State).Dossier;

    /// <summary>404 for those to whom the application is nothing, 403 for those to whom it is something else than needed.</summary>
    public Refusal? Refused(params ReadOnlySpan<Standing> allowed) =>
        Standing == Standing.None ? Unknown : allowed.Contains(Standing) ? null : AccreditationModule.NotAllowed;

    /// <summary>The same for a task that a role in the cluster gives, whatever else the caller is to the application.</summary>
    public Refusal? RefusedWithout(Role role) =>
        Standing == Standing.None ? Unknown : Caller.Is(role, RoleScope.Cluster(Dossier.Cluster)) ? null : AccreditationModule.NotAllowed;
}

/// <summary>
/// Gets what slices need to know of an application: who the caller is to it, the standard's terms, and the facts on conflicts.
/// </summary>
internal sealed class ApplicationDesk(
    Streams<Application, ApplicationEvent> applications, Streams<Standard, StandardEvent> standards, IFirmDirectory firms,
    ILearningRecords learning, IRoles roles, IAuditorGrants grants)
{
    /// <summary>How far back ties are looked for and kept as facts, whatever the cooling-off time.</summary>
    private const int YearsOfTies = 10;

    public Streams<Application, ApplicationEvent> Applications => applications;

    public static Func<long, Answer> Changed(Id<Application> id) => Reply.Changed(Link(id), id);

    public static string Link(Id<Application> id) => $"/api/v1/accreditation/applications/{id}";

    public async Task<OpenedApplication> Open(Id<Application> id, Caller caller, CancellationToken ct)
    {
        var loaded = await applications.Load(id.Value, ct);
        if (loaded.State is not Application.Existing { Dossier: var d }) return new(loaded, Standing.None, caller);
        // Judged now, whichever moment of the past is asked for.
        var scopes = await grants.InForce(caller, d.Cluster.Value, ct);
        var grant = scopes.FirstOrDefault(s => s.Covers(AuditedCases.Of(loaded, d)));
        return new(loaded, StandingOf(caller, d, grant is not null), caller) { Grant = grant };
    }

    public async Task<StandardTerms> TermsOf(Dossier dossier, CancellationToken ct) =>
        (await standards.Load(dossier.Standard.Value, ct)).State is Standard.Published p
            ? p.Terms
            : throw new InvalidOperationException($"Standard {dossier.Standard} of an application is not published.");

    /// <summary>The facts on which somebody's independence of the candidate is judged now.</summary>
    public async Task<ConflictFacts> FactsOf(Id<Person> person, Role role, Dossier dossier, StandardTerms terms, DateTimeOffset now,
        CancellationToken ct)
    {
        var employed = await firms.FirmsOf([person, dossier.Candidate], ct);
        var ties = await learning.Ties(dossier.Candidate, [person], now.AddYears(-YearsOfTies), ct);
        var held = await roles.Of(person, ct);
        return new(
            person, FirmsIn(employed, person), FirmsIn(employed, dossier.Candidate),
            [.. ties.OrderBy(t => t.At).ThenBy(t => t.Record).Select(t => new Tie(t.From, t.To, t.Kind, t.At, t.Record))],
            now.AddMonths(-terms.Assessors.CoolingOffMonths), held.Contains(new(role, RoleScope.Cluster(dossier.Cluster))));
    }

    private static Standing StandingOf(Caller caller, Dossier dossier, bool audits)
    {
        var cluster = RoleScope.Cluster(dossier.Cluster);
        return caller switch
        {
            _ when caller.Person == dossier.Candidate => Standing.Candidate,
            _ when audits => Standing.Auditor,
            _ when dossier.Assessors.Contains(caller.Person) && caller.Is(Role.Assessor, cluster) => Standing.Assessor,
            _ when caller.Is(Role.DecisionMaker, cluster) => Standing.DecisionMaker,
            _ when caller.Is(Role.Coordinator, cluster) => Standing.Coordinator,
            _ => Standing.None,
        };
    }

    private static ValueList<Id<Firm>> FirmsIn(IReadOnlyDictionary<Id<Person>, IReadOnlyList<Id<Firm>>> employed, Id<Person> person) =>
        [.. employed.GetValueOrDefault(person, []).Distinct().Order()];
}
