using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Projections;
using ClusterNet.Resources.Accounts;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Sessions;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Resources.Demand;

/// <summary>A proposal as somebody sees it.</summary>
/// <param name="Costs">Null for members, as are <paramref name="Offer"/> and <paramref name="SetAside"/>.</param>
/// <param name="Offer">Null where nothing is free within the weeks that are looked at.</param>
/// <param name="TaughtBefore">The trainer of the offer gave a session on this skill.</param>
/// <param name="Session">The session that is planned and not over.</param>
internal sealed record SkillProposal(SkillNeed Need, string Label, HeadCosts? Costs, Offer? Offer, bool TaughtBefore, Id<Session>? Session, ProposalRow? SetAside)
{
    public bool IsOpen => Session is null && SetAside is null;
}

/// <param name="Price">Null for members.</param>
/// <param name="Proposals">Those with most to save first.</param>
internal sealed record DemandBoard(TrainingPrice? Price, IReadOnlyList<SkillProposal> Proposals);

/// <summary>Trainers and rooms of a pool, and which trainers gave which skill.</summary>
internal sealed record Supply(IReadOnlyList<Candidate> Rooms, IReadOnlyList<Candidate> Trainers, ILookup<string, Id<Resource>> Taught)
{
    /// <summary>Trainers who gave the skill before come first; where none of them is free, any other.</summary>
    public Offer? Earliest(string skill, int people, TimeSpan length)
    {
        var known = Taught[skill].ToHashSet();
        return (Trainers.Where(t => known.Contains(t.Row.Id)).ToList() is { Count: > 0 } preferred ? Offer.Earliest(Rooms, preferred, people, length) : null)
            ?? Offer.Earliest(Rooms, Trainers, people, length);
    }
}

/// <summary>What the firms of a cluster need to learn, and what it would cost together.</summary>
internal sealed class DemandDesk(
    ISkillGaps gaps, IPlannedSkills plans, ISkillCatalogue catalogue, Wishes wishes, IFirmDirectory directory, Streams<TrainingPrice, TrainingPriceEvent> prices, Timetables timetables,
    Database database, TimeProvider clock)
{
    /// <summary>Nobody finds out today what takes place tomorrow.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromDays(7);

    /// <summary>Rooms that are always open would offer a night.</summary>
    public const string WorkingHours = "Mon-Fri 08:00-18:00";

    public const int WeeksAhead = 8;
    private const int MostResources = 60;

    public static string Link(Id<Cluster> cluster) => $"/api/v1/resources/clusters/{cluster}/demand";

    private static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    /// <summary>The coordinator, and managers of the cluster's firms, see what it costs and plan it.</summary>
    public async Task<bool> MayPlan(Caller caller, Id<Cluster> cluster, CancellationToken ct) =>
        caller.Is(Role.Coordinator, RoleScope.Cluster(cluster)) || (await directory.AdmittedTo(cluster, ct)).Any(f => caller.Is(Role.Manager, RoleScope.Firm(f.Firm)));

    public async Task<TrainingPrice> Price(Id<Cluster> cluster, CancellationToken ct) => (await prices.Load(TrainingPrice.IdOf(cluster), ct)).State;

    /// <summary>
    /// All figures that are told, of all sources. What was there before a session on the skill that took place counts as served until it is measured, wished for
    /// or planned anew.
    /// </summary>
    public async Task<IReadOnlyList<Need>> Read(Id<Cluster> cluster, CancellationToken ct)
    {
        var served = await Served(cluster, ct);
        var measured = await gaps.ClosureOf(cluster, DateTimeOffset.MaxValue, ct) is [.., var newest] ? newest.ClosedAt : (DateTimeOffset?)null;
        var planned = await plans.Of(cluster, ct);
        var wished = await wishes.Of(cluster, ct);
        var names = await catalogue.Find([.. wished.Select(w => w.SkillUri).Concat(planned.Skills.Select(p => p.SkillUri)).Distinct()], Language, ct);
        return
        [
            .. (await gaps.DemandOf(cluster, ct)).Where(g => IsNew(g.SkillUri, measured)).Select(g => new Need(g.SkillUri, NeedSource.Gap, g.Firm, g.BelowLevel, g.BelowLevel)),
            .. wished.Select(w => (w.Firm, w.Person, Skill: Now(w.SkillUri), w.MadeAt)).Where(w => IsNew(w.Skill, w.MadeAt)).GroupBy(w => (w.Skill, w.Firm))
                .Select(g => (g.Key, People: g.Select(w => w.Person).Distinct().Count())).Select(g => new Need(g.Key.Skill, NeedSource.Wish, g.Key.Firm, g.People, g.People)),
            .. planned.Skills.Select(p => p with { SkillUri = Now(p.SkillUri) }).Where(p => IsNew(p.SkillUri, planned.AsOf))
                .Select(p => new Need(p.SkillUri, NeedSource.Plan, p.Firm, p.AtLeast, p.AtMost)),
        ];

        string Now(string uri) => names.TryGetValue(uri, out var card) && card is { Retired: true, SuccessorUris: [var next] } ? next : uri;

        bool IsNew(string skill, DateTimeOffset? at) => !served.TryGetValue(skill, out var since) || at > since;
    }

    /// <summary>All proposals that somebody may see.</summary>
    public async Task<DemandBoard> Board(Id<Cluster> cluster, Caller caller, CancellationToken ct)
    {
        var needs = SkillNeed.SeenBy(caller, cluster, await Read(cluster, ct));
        var labels = await catalogue.Find([.. needs.Select(n => n.SkillUri)], Language, ct);
        var rows = (await Query(ProposalRows.Table.Select("where cluster = $1"), ProposalRows.Table.Read, ct, cluster.Value)).ToDictionary(r => r.SkillUri);
        var open = await Ahead([.. rows.Values.Select(r => r.Session).OfType<Id<Session>>()], ct);
        var mayPlan = await MayPlan(caller, cluster, ct);
        var price = mayPlan ? await Price(cluster, ct) : null;
        var supply = mayPlan ? await Supply(cluster, ct) : null;
        return new(price, [.. needs.Select(Of).OrderByDescending(p => p.Costs?.SavedCents ?? 0).ThenByDescending(p => p.Need.AtLeast).ThenBy(p => p.Label, StringComparer.CurrentCulture)]);

        SkillProposal Of(SkillNeed need)
        {
            var row = rows.GetValueOrDefault(need.SkillUri);
            var session = row?.Session is { } planned && open.Contains(planned) ? planned : (Id<Session>?)null;
            var setAside = mayPlan && row?.SetAsideAt is not null ? row : null;
            if (price is null || supply is null) return new(need, labels.LabelOf(need.SkillUri), null, null, false, session, null);
            var offer = supply.Earliest(need.SkillUri, need.AtLeast, TimeSpan.FromHours(price.Hours));
            var total = offer is null ? 0 : HeadCosts.Worth(offer.Resources.Select(r => (r, 1)), offer.Slot);
            var costs = HeadCosts.Of(price.AloneCents, total, offer?.Seats ?? need.AtLeast);
            return new(need, labels.LabelOf(need.SkillUri), costs, offer, offer?.Trainer is { } t && supply.Taught[need.SkillUri].Contains(t.Id), session, setAside);
        }
    }

    /// <summary>Proposals that wait for a decision: several firms need the skill, and nothing is planned.</summary>
    public async Task<int> OpenOf(Id<Cluster> cluster, CancellationToken ct)
    {
        var rows = await Query(ProposalRows.Table.Select("where cluster = $1"), ProposalRows.Table.Read, ct, cluster.Value);
        var ahead = await Ahead([.. rows.Select(r => r.Session).OfType<Id<Session>>()], ct);
        var closed = rows.Where(r => r.SetAsideAt is not null || (r.Session is { } s && ahead.Contains(s))).Select(r => r.SkillUri).ToHashSet();
        return SkillNeed.Of(await Read(cluster, ct)).Count(n => n.IsShared && !closed.Contains(n.SkillUri));
    }

    /// <summary>What is kept of a proposal when it is planned.</summary>
    public async Task<DemandProposalPlanned> Planned(string skill, IReadOnlyList<Need> needs, Request request, int seats, Id<Person> by, CancellationToken ct)
    {
        var need = SkillNeed.Of(needs.Where(n => n.SkillUri == skill))[0]; // the caller saw it
        var price = await Price(request.Cluster, ct);
        var rows = (await timetables.Read(request, ct)).Resources.ToDictionary(r => r.Id);
        var length = request.Slot.End - request.Slot.Start;
        var total = HeadCosts.Worth(request.Wanted.Where(w => rows.ContainsKey(w.Resource)).Select(w => (rows[w.Resource], w.Units)), request.Slot);
        var costs = HeadCosts.Of(SessionCosts.Worth(price.HourCents, 1, length), total, Math.Min(need.AtLeast, seats));
        var gap = await gaps.MeasuresOf(request.Cluster, [skill], ct) is [var newest, ..] ? newest : null;
        return new(
            request.Cluster, skill, request.Session, need.Firms, need.AtLeast, need.AtMost, seats, costs.AloneCents, costs.PooledCents, gap?.People, gap?.BelowLevel, by, clock.GetUtcNow());
    }

    /// <summary>The session, when it is over or cancelled.</summary>
    public async Task<Id<Session>?> Done(Id<Session>? session, CancellationToken ct) =>
        session is { } planned && !(await Ahead([planned], ct)).Contains(planned) ? planned : null;

    public async Task<Supply> Supply(Id<Cluster> cluster, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var within = new Slot(now + Notice, now + Notice + TimeSpan.FromDays(7 * WeeksAhead));
        var rows = await Query(
            Pools.Table.Select("where cluster = $1 and active and kind = any($2) order by lower(name), id limit $3"), Pools.Table.Read, ct, cluster.Value,
            (string[])[WireNames.Of(ResourceKind.Room), WireNames.Of(ResourceKind.Trainer)], MostResources);
        var occupied = (await timetables.Taken([.. rows.Select(r => r.Id.Value)], within, ct)).ToLookup(o => o.Resource);
        var hours = new Dictionary<string, IReadOnlyList<Slot>>();
        var taught = await Query(
            """
            select skill, (u ->> 'resource')::uuid from resources.sessions s, unnest(s.skill_uris) skill, jsonb_array_elements(s.uses) u
            where s.cluster = $1 and s.standing = 'booked' and s.ends_at <= $2 group by 1, 2
            """,
            r => (Skill: r.GetString(0), Resource: new Id<Resource>(r.GetGuid(1))), ct, cluster.Value, now);
        return new(
            [.. rows.Where(r => r.Kind == ResourceKind.Room).Select(r => new Candidate(r, Offer.Both(Free(r), Working(r.TimeZone))))],
            [.. rows.Where(r => r.Kind == ResourceKind.Trainer).Select(r => new Candidate(r, Free(r)))], taught.ToLookup(t => t.Skill, t => t.Resource));

        IReadOnlyList<Slot> Free(PoolRow row) => [.. FreeSlot.Of(row, [.. occupied[row.Id]], within).Select(f => new Slot(f.Start, f.End))];

        IReadOnlyList<Slot> Working(string zone) => hours.TryGetValue(zone, out var known) ? known : hours[zone] = new Availability(WorkingHours, zone).Open(within);
    }

    /// <summary>When the last session on a skill took place that was planned from a proposal.</summary>
    private async Task<Dictionary<string, DateTimeOffset>> Served(Id<Cluster> cluster, CancellationToken ct) => (await Query(
        """
        select p.skill_uri, max(s.ends_at) from resources.demand_planned p join resources.sessions s on s.id = p.session
        where p.cluster = $1 and s.standing = 'booked' and s.ends_at <= $2 group by p.skill_uri
        """,
        r => (Skill: r.GetString(0), EndedAt: r.GetFieldValue<DateTimeOffset>(1)), ct, cluster.Value, clock.GetUtcNow())).ToDictionary(s => s.Skill, s => s.EndedAt);

    /// <summary>Those of these sessions that are booked and not over.</summary>
    private async Task<HashSet<Id<Session>>> Ahead(IReadOnlyList<Id<Session>> sessions, CancellationToken ct) => sessions.Count == 0
        ? []
        : [.. await Query(
            "select id from resources.sessions where id = any($1) and standing = 'booked' and ends_at > $2", r => new Id<Session>(r.GetGuid(0)), ct,
            sessions.Select(s => s.Value).ToArray(), clock.GetUtcNow())];

    private Task<List<T>> Query<T>(string sql, Func<Npgsql.NpgsqlDataReader, T> map, CancellationToken ct, params object[] values) =>
        database.Query(ResourcesModule.Name, Statement.Of(sql, values), map, ct);
}
