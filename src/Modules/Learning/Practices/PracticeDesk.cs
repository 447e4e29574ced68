using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Communities;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Flags;
using ClusterNet.Learning.Records;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Learning.Practices;

/// <summary>A practice that the reader may see.</summary>
/// <param name="Manages">The firm that it comes from.</param>
/// <param name="Moderates">Coordinates a cluster of that firm.</param>
/// <param name="Uses">Of all firms.</param>
internal sealed record SeenPractice(PracticeRow Row, PracticeLife.Kept State, Reader Reader, bool Manages, bool Moderates, IReadOnlyList<PracticeUseRow> Uses)
{
    public Id<Practice> Id => Row.Id;

    public bool IsAuthor => Row.Author == Reader.Person;

    /// <summary>Its author, and who manages the firm that it comes from.</summary>
    public bool MayChange => IsAuthor || Manages;

    public bool IsOfFirm => Reader.Firms.Contains(Row.Firm.Value);

    /// <summary>People of the firm that it comes from, and of firms that use it.</summary>
    public bool MayAnswer => IsAuthor || IsOfFirm || Uses.Any(u => Reader.Firms.Contains(u.Firm.Value));

    /// <summary>
    /// What stood there before, the newest first: to its author all of it, to others what was published and was shown to a circle of theirs already then.
    /// </summary>
    public IReadOnlyList<PracticeVersion> Versions =>
        [.. State.Versions.Where(v => IsAuthor || (!v.Draft && (v == State.Now || IsOfFirm || IsShown(v.Said.Visibility)))).Reverse()];

    private bool IsShown(Visibility then) => then == Visibility.Network || (then == Visibility.Cluster && Reader.ClusterFirms.Contains(Row.Firm.Value));
}

/// <summary>A practice in a list.</summary>
/// <param name="Trying">How many firms try it.</param>
/// <param name="Using">How many have adopted or adapted it.</param>
internal sealed record ListedPractice(PracticeRow Row, int Trying, int Using);

/// <summary>Who may see which practices: one rule, for lists, pages, search, counts and notices alike.</summary>
internal sealed class PracticeDesk(
    Database database, RecordReader readers, CommunityDesk communities, Moderators moderators, IFirmDirectory directory, IPeopleNames names,
    Streams<PracticeLife, PracticeEvent> practices, Streams<PracticeUse, PracticeUseEvent> uses, Streams<PracticeTalk, PracticeTalkEvent> talks, Commands commands, TimeProvider clock)
{
    /// <summary>
    /// Over p (learning.practices), with <see cref="Reader.Values"/> from $1 on: a draft its author; else the circle that it is shown to, and whoever works in a
    /// firm that uses it, so that nobody loses what they work by.
    /// </summary>
    private const string InCircle = """
        (p.author = $1 or p.status <> 'draft' and (p.visibility = 'network' or p.firm = any($2) or p.visibility = 'cluster' and p.firm = any($3)
            or exists (select 1 from learning.practice_uses mine where mine.practice = p.id and mine.firm = any($2))))
        """;

    /// <summary>The same without what a coordinator has hidden, which its author sees still.</summary>
    public const string Sees = $"({InCircle} and (not p.hidden or p.author = $1))";

    private const string Counts = """
        (select count(*)::int from learning.practice_uses u where u.practice = p.id and u.stage = 'trying'),
        (select count(*)::int from learning.practice_uses u where u.practice = p.id and u.stage in ('adopted', 'adapted'))
        """;

    private static readonly string Columns = string.Join(", ", PracticeRows.Table.ColumnList.Split(", ").Select(c => $"p.{c}"));

    public DateTimeOffset Now => clock.GetUtcNow();

    public Id<T> NewId<T>() => Id<T>.New(clock);

    public Task<Reader> ReaderOf(Caller caller, CancellationToken ct) => readers.ReaderOf(caller, ct);

    /// <summary>The practice; null when it is unknown or none of the caller's business.</summary>
    public async Task<SeenPractice?> Find(Id<Practice> id, Caller caller, CancellationToken ct)
    {
        var reader = await readers.ReaderOf(caller, ct);
        if (await Rows(InCircle, reader, "p.id = {0}", [id.Value], "", ct) is not [var listed]) return null;
        if ((await practices.Load(id.Value, ct)).State is not PracticeLife.Kept kept) return null;
        var manages = kept.Status != PracticeStatus.Draft && caller.Is(Role.Manager, RoleScope.Firm(kept.Firm));
        var moderates = kept.Status != PracticeStatus.Draft && await moderators.Include(caller, kept.Firm, ct);
        // What was hidden, those see who can put it right or show it again.
        if (kept.Hidden && !(kept.Author == caller.Person || manages || moderates)) return null;
        return new(listed.Row, kept, reader, manages, moderates, await Uses("practice = $1 order by begun_at, id", ct, id.Value));
    }

    /// <summary>Those that the reader may see.</summary>
    /// <param name="condition">Over p, with its values as {0}, {1}…</param>
    /// <param name="rest">Order and limit, numbered alike.</param>
    public Task<List<ListedPractice>> List(Reader reader, string condition, IReadOnlyList<object> values, string rest, CancellationToken ct) =>
        Rows(Sees, reader, condition, values, rest, ct);

    private Task<List<ListedPractice>> Rows(string sees, Reader reader, string condition, IReadOnlyList<object> values, string rest, CancellationToken ct)
    {
        var sql = $"select {Columns}, {Counts} from learning.practices p where {sees} and {condition} {rest}";
        for (var i = values.Count - 1; i >= 0; i--) sql = sql.Replace($"{{{i}}}", $"${reader.Values.Count + i + 1}", StringComparison.Ordinal);
        return database.Query(
            LearningModule.Name, Statement.Of(sql, [.. reader.Values, .. values]),
            r => new ListedPractice(PracticeRows.Table.Read(r), r.GetInt32(r.FieldCount - 2), r.GetInt32(r.FieldCount - 1)), ct);
    }

    public Task<List<PracticeUseRow>> Uses(string where, CancellationToken ct, params object[] values) =>
        database.Query(LearningModule.Name, Statement.Of(PracticeUseRows.Table.Select($"where {where}"), values), PracticeUseRows.Table.Read, ct);

    /// <summary>All that firms told of their uses, in the order of time.</summary>
    public Task<List<PracticeStepRow>> Steps(Id<Practice> id, CancellationToken ct) => database.Query(
        LearningModule.Name, Statement.Of(PracticeStepRows.Table.Select("where practice = $1 order by at, use, number"), id.Value), PracticeStepRows.Table.Read, ct);

    public async Task<(PracticeTalk State, long Version)> Talk(Id<Practice> id, CancellationToken ct)
    {
        var loaded = await talks.Load(PracticeTalk.IdOf(id), ct);
        return (loaded.State, loaded.Version);
    }

    /// <summary>Those among people who may see it: for what is told to nobody who cannot read it.</summary>
    public async Task<IReadOnlySet<Id<Person>>> Readers(PracticeLife.Kept practice, Id<Practice> id, IReadOnlyCollection<Id<Person>> people, CancellationToken ct)
    {
        if (practice.Status == PracticeStatus.Draft || practice.Hidden) return people.Where(p => p == practice.Author).ToHashSet();
        if (practice.Now.Said.Visibility == Visibility.Network) return people.ToHashSet();
        HashSet<Id<Firm>> firms = [practice.Firm, .. (await Uses("practice = $1", ct, id.Value)).Select(u => u.Firm)];
        var seeing = (await directory.FirmsOf(people, ct)).Where(p => p.Value.Any(firms.Contains)).Select(p => p.Key).Append(practice.Author).ToHashSet();
        if (practice.Now.Said.Visibility == Visibility.Cluster)
        {
            foreach (var cluster in await directory.ClustersOf(practice.Firm, ct)) seeing.UnionWith(await communities.Readers(cluster, people, ct));
        }

        seeing.IntersectWith(people);
        return seeing;
    }

    /// <summary>A command on the description itself, for who may see it.</summary>
    public async Task<IResult> Run(Id<Practice> id, Caller caller, Func<SeenPractice, ICommand<PracticeLife, PracticeEvent>> command, CancellationToken ct) =>
        await Find(id, caller, ct) is { } seen ? await commands.Run(practices, id.Value, command(seen), Reply.Changed(Address(id), id), ct) : Problems.From(PracticeRules.Unknown);

    public Task<IResult> Describe(Id<Practice> id, DescribePractice command, CancellationToken ct) =>
        commands.Run(practices, id.Value, command, Reply.Created(Address(id), id), ct);

    /// <summary>What a firm tells of its use, as long as the practice may be used.</summary>
    public Task<IResult> Tell(Id<Practice> id, TellUse command, CancellationToken ct) => commands.Run(
        uses, PracticeUse.IdOf(id, command.Told.Firm), command, Reply.Changed($"{Address(id)}/spread", id), ct,
        also: _ => StillPublished(id, command.Told.Stage == UseStage.GivenUp, ct));

    /// <summary>A question or what becomes of it, as long as the practice is published.</summary>
    public Task<IResult> Talk(Id<Practice> id, ICommand<PracticeTalk, PracticeTalkEvent> command, CancellationToken ct, Func<long, Answer>? answer = null) => commands.Run(
        talks, PracticeTalk.IdOf(id), command, answer ?? Reply.Changed($"{Address(id)}/questions", id), ct, also: _ => StillPublished(id, false, ct));

    /// <summary>Names of those who wrote here, for they have spoken to all readers; with the page of those whom the reader may open.</summary>
    public async Task<(IReadOnlyDictionary<Id<Person>, string> Names, IReadOnlySet<Id<Person>> Seen)> People(IEnumerable<Id<Person>> people, Caller caller, CancellationToken ct)
    {
        List<Id<Person>> all = [.. people.Distinct()];
        return (await names.Known(all, ct), (await names.SeenBy(caller, all, ct)).Keys.ToHashSet());
    }

    public static string Address(Id<Practice> id) => $"/api/v1/learning/practices/{id}";

    private async Task<IReadOnlyList<Prepared>> StillPublished(Id<Practice> id, bool leaving, CancellationToken ct) => [await practices.Prepare(id.Value, new StillPublished(leaving), ct)];
}

/// <summary>Whether something may still be told of it: decided on the practice itself, in the transaction of what is told.</summary>
/// <param name="Leaving">A firm gives it up, which it may do of what was withdrawn too.</param>
internal sealed record StillPublished(bool Leaving) : ICommand<PracticeLife, PracticeEvent>
{
    public Decision<PracticeEvent> Decide(PracticeLife state) => state switch
    {
        PracticeLife.Kept { Hidden: true } => PracticeRules.Hidden,
        PracticeLife.Kept { Status: PracticeStatus.Published } => Decision<PracticeEvent>.Nothing,
        PracticeLife.Kept { Status: PracticeStatus.Withdrawn } when Leaving => Decision<PracticeEvent>.Nothing,
        PracticeLife.Kept { Status: PracticeStatus.Withdrawn } => PracticeRules.Withdrawn,
        PracticeLife.Kept => PracticeRules.NotPublished,
        _ => PracticeRules.Unknown,
    };
}
