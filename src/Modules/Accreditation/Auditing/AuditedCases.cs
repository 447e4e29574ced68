using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Applications;
using ClusterNet.EventStore;

namespace ClusterNet.Accreditation.Auditing;

/// <summary>Applications as grants are judged by them: once from events, once in SQL over accreditation.applications. A test holds both equal.</summary>
internal static class AuditedCases
{
    public static AuditedCase Of(Loaded<Application> loaded, Dossier d)
    {
        DateTimeOffset? submitted = null, decided = null;
        foreach (var recorded in loaded.Events)
        {
            if (recorded.Fact is ApplicationSubmitted s) submitted = s.At;
            else if (recorded.Fact is ApplicationGranted g) decided = g.At;
            else if (recorded.Fact is ApplicationDeclined n) decided = n.At;
        }

        return new(d.Cluster.Value, d.Standard.Value, d.Lineage.Value, d.Candidate, submitted, decided);
    }

    public static AuditedCase Of(ApplicationRow r) =>
        new(r.Cluster.Value, r.Standard.Value, r.Lineage.Value, r.Candidate, r.SubmittedAt, r.DecidedAt);

    /// <summary>Everybody whose data the dossier shows: who applied, assessed, decided, was there, confirmed.</summary>
    public static IEnumerable<Id<Person>> PersonsIn(Loaded<Application> loaded, Dossier d) =>
    [
        d.Candidate, .. d.EverAssigned, .. d.Evidence.SelectMany(e => e.With), .. d.Evidence.SelectMany(e => e.ConfirmedBy).Select(c => c.Person),
        .. loaded.Events.Select(e => e.Fact).OfType<ApplicationGranted>().Select(g => g.By),
        .. loaded.Events.Select(e => e.Fact).OfType<ApplicationDeclined>().Select(n => n.By),
    ];

    /// <summary>What any of the grants covers, as a condition whose parameters begin with <paramref name="first"/>.</summary>
    public static (string Sql, IReadOnlyList<object> Values) Covered(IEnumerable<AuditorScope> scopes, int first)
    {
        var values = new List<object>();
        var each = scopes.Select(s => $"({string.Join(" and ", Conditions(s, v => { values.Add(v); return $"${first + values.Count - 1}"; }))})").ToList();
        return (each.Count == 0 ? "false" : $"({string.Join(" or ", each)})", values);
    }

    private static IEnumerable<string> Conditions(AuditorScope s, Func<object, string> parameter)
    {
        yield return $"cluster = {parameter(s.Cluster)}";
        if (s.Standard is { } standard) yield return parameter(standard) is var p ? $"(standard = {p} or lineage = {p})" : "";
        if (s.Persons is { } persons) yield return $"candidate = any({parameter(persons.ToArray())})";
        if (s.From is null && s.Until is null) yield break;
        var from = parameter(Start(s.From ?? DateOnly.MinValue));
        // The first moment that is too late: a last day that has none after it ends nothing.
        var until = s.Until is { } last && last < DateOnly.MaxValue ? parameter(Start(last.AddDays(1))) : "'infinity'";
        yield return string.Create(
            CultureInfo.InvariantCulture, $"(submitted_at >= {from} and submitted_at < {until} or decided_at >= {from} and decided_at < {until})");
    }

    private static DateTimeOffset Start(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
