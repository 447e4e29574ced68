using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Skills.Areas;
using ClusterNet.Skills.Audits;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Levels;
using ClusterNet.Skills.Resources;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Skills.Gaps;

/// <param name="BeforeHundredths">The mean gap in the audit before of the same role profiles; null where it did not ask for the skill, or may not be told.</param>
internal sealed record SkillGapLine(
    string Skill, string Label, IReadOnlyList<string> Areas, int People, int AtLevel, int MeanGapHundredths, int WidestGap, int? BeforeHundredths);

/// <param name="Requirements">For each person and skill one.</param>
internal sealed record AreaGapLine(string Area, int Requirements, int AtLevel, int MeanGapHundredths, int WidestGap, int? BeforeHundredths);

/// <param name="Firm">Null for several small firms together.</param>
/// <param name="Person">In a heat map of one's own firm; null in one of firms.</param>
/// <param name="Name">The firm's or the person's.</param>
internal sealed record HeatCell(Id<Firm>? Firm, Id<Person>? Person, string? Name, string Area, int Requirements, int AtLevel, int MeanGapHundredths);

/// <param name="Audit">Null while none is closed.</param>
/// <param name="Before">The audit with which this one is compared: the one before of the same role profiles; null for none.</param>
/// <param name="Hidden">Cells of fewer than five people, which no figure here contains.</param>
internal sealed record GroupGaps(
    Id<Audit>? Audit, DateTimeOffset? ClosedAt, IReadOnlyList<SkillGapLine> Skills, IReadOnlyList<AreaGapLine> Areas, IReadOnlyList<HeatCell> Heat, int Hidden,
    IReadOnlyList<ClosedAudit> Campaigns, ClosedAudit? Before)
{
    public static readonly GroupGaps None = new(null, null, [], [], [], 0, [], null);
}

/// <summary>A closed audit, to choose between.</summary>
internal sealed record ClosedAudit(Id<Audit> Audit, Personal<string> Title, DateTimeOffset? ClosedAt);

/// <param name="Level">What counted when the audit was closed; null where nobody said anything.</param>
/// <param name="Sources">What each source says today, kept apart.</param>
internal sealed record MatrixCell(string Skill, string Label, int Required, int? Level, int? Gap, GapState State, IReadOnlyList<SourceLevel> Sources);

/// <param name="Level">As it was said; a stale one counts a step lower.</param>
internal sealed record SourceLevel(LevelSource Source, int Level, DateTimeOffset At, bool Stale);

/// <param name="Name">Null for somebody erased.</param>
internal sealed record MatrixPerson(Id<Person> Person, string? Name, Id<Firm> Firm, IReadOnlyList<MatrixCell> Cells);

/// <param name="Claimed">What the person says; null for nothing.</param>
/// <param name="Source">Which of the three counts now.</param>
internal sealed record OwnGap(
    string Skill, string Label, Id<Audit> Audit, int Required, int? Claimed, int? Rated, int? Evidenced, int? Level, LevelSource? Source, int? Gap, GapState State);

/// <summary>One person alone can do this.</summary>
/// <param name="Asked">Of so many.</param>
/// <param name="Person">Null where that person's profile is not open to the caller; then the firm is not named either.</param>
internal sealed record SinglePoint(string Skill, string Label, int Required, int Asked, Id<Person>? Person, string? Name, Id<Firm>? Firm, string? FirmName);

/// <summary>Puts together what each reader may see of gaps; endpoints and pages show it.</summary>
internal sealed class GapViews(
    GapReads reads, LevelReads levels, IAreas areas, ISkillCatalogue catalogue, IPeopleNames names, IFirmDirectory firms, TimeProvider clock,
    IStringLocalizer<GapTexts> text)
{
    private static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <summary>For a coordinator: from five people on.</summary>
    /// <param name="audit">Null for the newest.</param>
    /// <returns>Null where this audit is no closed one of the cluster.</returns>
    public async Task<GroupGaps?> OfCluster(Id<Cluster> cluster, Id<Audit>? audit, CancellationToken ct)
    {
        var closed = await reads.OfCluster(cluster, ct);
        if (closed.Count == 0 && audit is null) return GroupGaps.None;
        var at = audit is { } a ? closed.FindIndex(c => c.Id == a) : 0;
        if (at < 0) return null;
        var shown = ShownGaps.Of(await reads.Found(closed[at].Id, ct));
        var earlier = Before(closed, at);
        var before = earlier is null ? new([], 0) : ShownGaps.Of(await reads.Found(earlier.Id, ct));
        var cards = await firms.Cards([.. shown.Cells.Select(c => c.Firm).OfType<Id<Firm>>().Distinct()], ct);
        var of = await areas.Of(cluster, Uris(shown, before), ct);
        return new(
            closed[at].Id, closed[at].EndedAt, await Lines(shown.BySkill(), before.BySkill(), of, ct), AreaLines(shown, before, of),
            [
                .. shown.ByArea(of).Select(c => new HeatCell(
                    c.Firm, null, c.Firm is { } f ? cards.GetValueOrDefault(f)?.Name : text["Together"].Value, c.Area, c.Figures.People, c.Figures.AtLevel, c.Figures.MeanHundredths))
                    .OrderBy(c => c.Firm is null).ThenBy(c => c.Name, StringComparer.CurrentCulture).ThenBy(c => AreaKeys.Order(c.Area)),
            ],
            shown.Hidden, [.. closed.Select(Shown)], earlier is null ? null : Shown(earlier));
    }

    /// <summary>For the firm's manager, whose own people these are.</summary>
    public async Task<GroupGaps?> OfFirm(Caller caller, Id<Firm> firm, Id<Audit>? audit, CancellationToken ct)
    {
        var closed = await reads.OfFirm(firm, ct);
        if (closed.Count == 0 && audit is null) return GroupGaps.None;
        var at = audit is { } a ? closed.FindIndex(c => c.Id == a) : 0;
        if (at < 0) return null;
        var found = Of(firm, await reads.Found(closed[at].Id, ct));
        var earlier = Before(closed, at);
        var before = earlier is null ? [] : Of(firm, await reads.Found(earlier.Id, ct));
        var (now, then) = (Whole(found), Whole(before));
        var of = await areas.Of(closed[at].Cluster, Uris(now, then), ct);
        return new(
            closed[at].Id, closed[at].EndedAt, await Lines(now.BySkill(), then.BySkill(), of, ct), AreaLines(now, then, of), await HeatOfPeople(caller, found, of, [], ct), 0,
            [.. closed.Select(Shown)], earlier is null ? null : Shown(earlier));
    }

    /// <summary>A firm's people in an audit.</summary>
    public async Task<IReadOnlyList<MatrixPerson>> Matrix(Caller caller, Id<Firm> firm, Id<Audit> audit, CancellationToken ct) =>
        await Matrix(caller, Of(firm, await reads.Found(audit, ct)), [], ct);

    /// <param name="found">Of people whom the caller may see.</param>
    /// <param name="audited">Whose names a grant opens as well.</param>
    public async Task<IReadOnlyList<MatrixPerson>> Matrix(Caller caller, IReadOnlyList<FoundGap> found, IReadOnlyCollection<Id<Person>> audited, CancellationToken ct)
    {
        var (called, labels) = (await Called(caller, found, audited, ct), await Labels(found.Select(f => f.SkillUri), ct));
        var (held, now) = ((await levels.Of([.. found.Select(f => f.Person).Distinct()], ct)).ToLookup(l => (l.Person, l.SkillUri)), clock.GetUtcNow());
        return
        [
            .. found.GroupBy(f => (f.Person, f.Firm)).Select(g => new MatrixPerson(
                g.Key.Person, called.GetValueOrDefault(g.Key.Person), g.Key.Firm,
                [
                    .. g.Select(f => new MatrixCell(
                        f.SkillUri, labels.LabelOf(f.SkillUri), f.Required, f.Level, f.Gap, f.State,
                        [.. held[(f.Person, f.SkillUri)].Select(l => new SourceLevel(l.Source, l.Level, l.At, Decay.IsStale(l.Source, l.At, now)))]))
                        .OrderBy(c => c.Label, StringComparer.CurrentCulture).ThenBy(c => c.Skill, StringComparer.Ordinal),
                ]))
                .OrderBy(p => p.Name, StringComparer.CurrentCulture).ThenBy(p => p.Person),
        ];
    }

    /// <summary>Person and area.</summary>
    /// <inheritdoc cref="Matrix(Caller, IReadOnlyList{FoundGap}, IReadOnlyCollection{Id{Person}}, CancellationToken)"/>
    public async Task<IReadOnlyList<HeatCell>> HeatOfPeople(
        Caller caller, IReadOnlyList<FoundGap> found, Id<Cluster>? cluster, IReadOnlyCollection<Id<Person>> audited, CancellationToken ct) =>
        await HeatOfPeople(caller, found, await areas.Of(cluster, [.. found.Select(f => f.SkillUri).Distinct()], ct), audited, ct);

    public async Task<IReadOnlyList<OwnGap>> Own(Id<Person> person, CancellationToken ct)
    {
        var (rows, held, now) = (await reads.Newest(person, ct), await levels.Of([person], ct), clock.GetUtcNow());
        var labels = await Labels(rows.Select(r => r.SkillUri), ct);
        return [.. rows.Select(r => Own(r, [.. held.Where(h => h.SkillUri == r.SkillUri)], labels, now)).OrderByDescending(g => g.Gap ?? 0).ThenBy(g => g.Label, StringComparer.CurrentCulture)];
    }

    /// <summary>
    /// Skills that one person alone showed at the level asked for, in the newest closed audit of the cluster. Where fewer than five were asked, only
    /// if that person's profile is open to the caller.
    /// </summary>
    public async Task<IReadOnlyList<SinglePoint>> SinglePoints(Caller caller, Id<Cluster> cluster, CancellationToken ct)
    {
        if ((await reads.OfCluster(cluster, ct)).FirstOrDefault() is not { } newest) return [];
        var found = await reads.Found(newest.Id, ct);
        var alone = SinglePointsOf(found);
        var open = await names.ProfilesSeenBy(caller, [.. alone.Select(a => a.Who.Person).Distinct()], ct);
        var (called, cards) = (await names.SeenBy(caller, open, ct), await firms.Cards([.. alone.Select(a => a.Who.Firm).Distinct()], ct));
        var labels = await Labels(alone.Select(a => a.Who.SkillUri), ct);
        return
        [
            .. alone.Where(a => a.Asked >= ShownGaps.LeastPeople || open.Contains(a.Who.Person)).Select(a => (a.Asked, a.Who, Seen: open.Contains(a.Who.Person)))
                .Select(a => new SinglePoint(
                    a.Who.SkillUri, labels.LabelOf(a.Who.SkillUri), a.Who.Required, a.Asked, a.Seen ? a.Who.Person : null,
                    a.Seen ? called.GetValueOrDefault(a.Who.Person) : null, a.Seen ? a.Who.Firm : null, a.Seen ? cards.GetValueOrDefault(a.Who.Firm)?.Name : null))
                .OrderBy(p => p.Label, StringComparer.CurrentCulture),
        ];
    }

    internal static IReadOnlyList<(int Asked, FoundGap Who)> SinglePointsOf(IReadOnlyList<FoundGap> found) =>
    [
        .. found.Where(f => f.Level is not null).GroupBy(f => f.SkillUri).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (Asked: g.Select(f => f.Person).Distinct().Count(), Able: g.Where(f => f.Gap == 0).DistinctBy(f => f.Person).ToList()))
            .Where(g => g.Able.Count == 1).Select(g => (g.Asked, g.Able[0])),
    ];

    private static IReadOnlyList<FoundGap> Of(Id<Firm> firm, IEnumerable<FoundGap> found) => [.. found.Where(f => f.Firm == firm)];

    /// <summary>Of closed audits, the newest first, the one before that measured one of the same role profiles; null for none.</summary>
    private static AuditRow? Before(List<AuditRow> closed, int at)
    {
        var asked = closed[at].Profiles.Select(p => p.Profile).ToHashSet();
        return closed.Skip(at + 1).FirstOrDefault(a => a.Profiles.Any(p => asked.Contains(p.Profile)));
    }

    private static ClosedAudit Shown(AuditRow audit) => new(audit.Id, audit.Title, audit.EndedAt);

    private async Task<IReadOnlyDictionary<Id<Person>, string>> Called(
        Caller caller, IReadOnlyList<FoundGap> found, IReadOnlyCollection<Id<Person>> audited, CancellationToken ct)
    {
        var called = new Dictionary<Id<Person>, string>(await names.SeenBy(caller, [.. found.Select(f => f.Person).Distinct()], ct));
        if (audited.Count > 0)
            foreach (var (person, name) in await names.Known(audited, ct)) called.TryAdd(person, name);
        return called;
    }

    /// <summary>One's own people, with nobody left out.</summary>
    private static ShownGaps Whole(IEnumerable<FoundGap> found) =>
        new([.. found.GroupBy(f => (f.Firm, f.SkillUri)).Select(g => new GapCell(g.Key.Firm, g.Key.SkillUri, GapFigures.Of(g)))], 0);

    private static IReadOnlyCollection<string> Uris(params ShownGaps[] all) => [.. all.SelectMany(s => s.Cells).Select(c => c.SkillUri).Distinct()];

    private static OwnGap Own(FoundGapRow row, IReadOnlyList<HeldLevel> held, IReadOnlyDictionary<string, SkillCard> labels, DateTimeOffset now)
    {
        var counts = Decay.Counting(held, now);
        var level = Decay.Of(counts, now);
        var gap = Gaps.Of(row.Required, level);
        return new(
            row.SkillUri, labels.LabelOf(row.SkillUri), row.Audit, row.Required, By(LevelSource.Claimed), By(LevelSource.Rated),
            By(LevelSource.Evidenced), level, counts?.Source, gap, Gaps.StateOf(gap));

        int? By(LevelSource source) => held.Where(h => h.Source == source).Select(h => (int?)h.Level).FirstOrDefault();
    }

    private async Task<IReadOnlyList<SkillGapLine>> Lines(
        IReadOnlyDictionary<string, GapFigures> now, IReadOnlyDictionary<string, GapFigures> before, IReadOnlyDictionary<string, IReadOnlyList<string>> of,
        CancellationToken ct)
    {
        var labels = await Labels(now.Keys, ct);
        return
        [
            .. now.Select(s => new SkillGapLine(
                s.Key, labels.LabelOf(s.Key), of.GetValueOrDefault(s.Key, []), s.Value.People, s.Value.AtLevel, s.Value.MeanHundredths,
                s.Value.Widest, before.GetValueOrDefault(s.Key)?.MeanHundredths))
                .OrderByDescending(l => l.MeanGapHundredths).ThenBy(l => l.Label, StringComparer.CurrentCulture),
        ];
    }

    private static IReadOnlyList<AreaGapLine> AreaLines(ShownGaps now, ShownGaps before, IReadOnlyDictionary<string, IReadOnlyList<string>> of)
    {
        var earlier = Sums(before);
        return
        [
            .. Sums(now).OrderBy(a => AreaKeys.Order(a.Key)).Select(a => new AreaGapLine(
                a.Key, a.Value.People, a.Value.AtLevel, a.Value.MeanHundredths, a.Value.Widest, earlier.GetValueOrDefault(a.Key)?.MeanHundredths)),
        ];

        Dictionary<string, GapFigures> Sums(ShownGaps shown) =>
            shown.ByArea(of).GroupBy(c => c.Area).ToDictionary(g => g.Key, g => GapFigures.Sum(g.Select(c => c.Figures)));
    }

    private async Task<IReadOnlyList<HeatCell>> HeatOfPeople(
        Caller caller, IReadOnlyList<FoundGap> found, IReadOnlyDictionary<string, IReadOnlyList<string>> of, IReadOnlyCollection<Id<Person>> audited,
        CancellationToken ct)
    {
        var called = await Called(caller, found, audited, ct);
        return
        [
            .. found.Where(f => f.Level is not null).SelectMany(f => of.GetValueOrDefault(f.SkillUri, []).Select(area => (Area: area, Gap: f)))
                .GroupBy(x => (x.Gap.Firm, x.Gap.Person, x.Area)).Select(g => (g.Key, Figures: GapFigures.Of(g.Select(x => x.Gap))))
                .Select(g => new HeatCell(
                    g.Key.Firm, g.Key.Person, called.GetValueOrDefault(g.Key.Person), g.Key.Area, g.Figures.People, g.Figures.AtLevel, g.Figures.MeanHundredths))
                .OrderBy(c => c.Name, StringComparer.CurrentCulture).ThenBy(c => c.Person).ThenBy(c => AreaKeys.Order(c.Area)),
        ];
    }

    private Task<IReadOnlyDictionary<string, SkillCard>> Labels(IEnumerable<string> uris, CancellationToken ct) =>
        catalogue.Find([.. uris.Distinct()], Language, ct);
}
