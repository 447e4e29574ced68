using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.Csv;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Projections;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Learning.Records;

/// <param name="Command">Null for a row with faults.</param>
internal sealed record ReadRow(CsvRow Row, Guid Stream, RecordLearning? Command);

/// <summary>Turns rows of a file into commands; people, firms and skills are looked up for many rows at once.</summary>
internal sealed class RecordRows(IFirmDirectory directory, ISkillCatalogue skills)
{
    private const string Language = "en";

    public static readonly CsvLayout Layout = new(
        ["record_ref", "person_email", "kind", "happened_at", "what"],
        ["minutes", "learnt", "with_emails", "skill_uris", "skill_labels", "part", "visibility"]);

    private static readonly string[] Kinds = NamesOf<LearningKind>(), Parts = NamesOf<LearningPart>(), Visibilities = NamesOf<Visibility>();

    public async Task<IReadOnlyList<ReadRow>> Read(
        Id<Cluster> cluster, IReadOnlyList<CsvRow> rows, DateTimeOffset now, CancellationToken ct)
    {
        var cells = rows.Select(r => new Cells(r)).ToList();
        var known = await LookUp(cluster, cells, ct);
        return [.. cells.Select(c => new ReadRow(c.Row, StreamOf(cluster, c.Ref), CommandOf(c, known, now)))];
    }

    /// <summary>The same reference in the same cluster is the same record, however often it is sent.</summary>
    public static Guid StreamOf(Id<Cluster> cluster, string recordRef) =>
        NamedGuid.Of("imported-learning-record", cluster.ToString(), recordRef);

    private static RecordLearning? CommandOf(Cells c, Known known, DateTimeOffset now)
    {
        if (c.HappenedAt > now + Rules.ClockTolerance)
            c.Row.Refuse("happened_at", "happened-in-the-future", "It has not happened yet.", "Import it afterwards, or correct the time.");
        if (c.HappenedAt < Rules.Earliest && c.HappenedAt != default)
            c.Row.Refuse("happened_at", "happened-too-early", "That is before 1950.", "Correct the time.");
        var owner = known.Of(c.Person);
        if (owner is null && c.Person.Length > 0)
            c.Row.Refuse("person_email", "person-unknown", "Nobody in the cluster's firms has this address.",
                "Import the people first, or correct the address.");
        if (c.With.Count > Rules.MaxWith || c.SkillUris.Count > Rules.MaxSkills)
            c.Row.Refuse("with_emails", "too-many", $"A record names {Rules.MaxWith} people and {Rules.MaxSkills} skills at most.",
                "Leave some out, or make two rows of it.");
        if (c.With.Contains(c.Person))
            c.Row.Refuse("with_emails", "with-oneself", "The record names its own owner.", "Name only the others who were there.");
        foreach (var stranger in c.With.Where(email => known.Of(email) is null))
            c.Row.Refuse("with_emails", "companion-unknown", $"Nobody in the cluster's firms has the address {stranger}.",
                "Correct it, or remove it from the list.");
        foreach (var uri in c.SkillUris.Where(known.UnknownSkills.ContainsKey))
            c.Row.Refuse("skill_uris", "skill-unknown", $"The catalogue has no skill {uri}.", known.UnknownSkills[uri]);
        return c.Row.IsSound && owner is not null ? CommandOf(c, owner, known, now) : null;
    }

    private static RecordLearning CommandOf(Cells c, Companion owner, Known known, DateTimeOffset now)
    {
        var kind = WireNames.Parse<LearningKind>(c.Kind);
        ValueList<Companion> with = [.. c.With.Select(email => known.Of(email, owner.Firm)!)]; // a sound row: all are known
        var content = new Content(
            kind, c.What, c.Learnt, c.HappenedAt, c.Minutes, with, [.. c.SkillUris],
            c.Part is { } part ? WireNames.Parse<LearningPart>(part) : Defaults.PartOf(kind), new ValueList<string>([]));
        // A file says nothing of what its people would show: private unless told.
        var visibility = c.Visibility is { } shown ? WireNames.Parse<Visibility>(shown) : Visibility.Private;
        return new(owner.Person, owner.Firm, content, visibility, $"import {c.Ref}", now);
    }

    private async Task<Known> LookUp(Id<Cluster> cluster, List<Cells> cells, CancellationToken ct)
    {
        var emails = cells.SelectMany(c => c.With.Append(c.Person)).Where(e => e.Length > 0).Distinct().ToList();
        var people = await directory.PeopleByEmail(cluster, emails, ct);
        var firmsOf = await directory.FirmsOf([.. people.Values.Distinct()], ct);
        var admitted = (await directory.AdmittedTo(cluster, ct)).Select(f => f.Firm).ToHashSet();
        var places = people
            .Where(p => firmsOf.ContainsKey(p.Value))
            .Select(p => (p.Key, Place: new Place(p.Value, [.. firmsOf[p.Value].Where(admitted.Contains).Order()])))
            .Where(p => p.Place.Firms.Count > 0).ToDictionary(p => p.Key, p => p.Place);
        return new(places, await UnknownSkills(cells, ct));
    }

    private async Task<Dictionary<string, string>> UnknownSkills(List<Cells> cells, CancellationToken ct)
    {
        var wanted = cells.SelectMany(c => c.SkillUris).Distinct().ToList();
        var found = await skills.Find(wanted, Language, ct);
        var remedies = new Dictionary<string, string>();
        foreach (var uri in wanted.Where(u => !found.ContainsKey(u)))
        {
            var near = await skills.Near(uri, Language, ct);
            remedies[uri] = near.Count == 0
                ? "Look the skill up with GET /api/v1/skills?q=…, or remove it."
                : $"Did you mean {string.Join(" or ", near.Select(n => $"{n.Uri} ({n.Label})"))}?";
        }

        return remedies;
    }

    private static string[] NamesOf<T>()
        where T : struct, Enum => [.. Enum.GetValues<T>().Select(v => WireNames.Of(v))];

    /// <summary>Whom and what the chunk names, as far as it is known.</summary>
    private sealed record Known(Dictionary<string, Place> People, Dictionary<string, string> UnknownSkills)
    {
        /// <param name="beside">Where the record's owner works: who works there too was there as a colleague.</param>
        public Companion? Of(string email, Id<Firm>? beside = null) => People.TryGetValue(email, out var place)
            ? new(place.Person, beside is { } firm && place.Firms.Contains(firm) ? firm : place.Firms[0])
            : null;
    }

    /// <param name="Firms">Admitted ones where the person works.</param>
    private sealed record Place(Id<Person> Person, IReadOnlyList<Id<Firm>> Firms);

    /// <summary>A row's cells; what is wrong with them is the row's fault.</summary>
    private sealed class Cells(CsvRow row)
    {
        public CsvRow Row { get; } = row;

        public string Ref { get; } = row.Text("record_ref", 100);

        public string Person { get; } = row.Email("person_email");

        public string Kind { get; } = row.OneOf("kind", Kinds);

        public DateTimeOffset HappenedAt { get; } = row.Instant("happened_at");

        public int Minutes { get; } = row.OptionalWhole("minutes", 1, Rules.MaxMinutes) ?? Defaults.Minutes;

        public string What { get; } = row.Text("what", Rules.MaxText);

        public string Learnt { get; } = row.OptionalText("learnt", Rules.MaxText) ?? "";

        public IReadOnlyList<string> With { get; } = row.EmailList("with_emails");

        public IReadOnlyList<string> SkillUris { get; } = row.List("skill_uris");

        public string? Part { get; } = row.OptionalOneOf("part", Parts);

        public string? Visibility { get; } = row.OptionalOneOf("visibility", Visibilities);
    }
}
