using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Flags;
using ClusterNet.Learning.Records;
using ClusterNet.Search;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;

namespace ClusterNet.Learning.Signals;

/// <summary>A signal that the reader may see.</summary>
/// <param name="Moderates">Coordinates a cluster of the firm that it comes from.</param>
internal sealed record SeenSignal(SignalRow Row, SignalLife.Kept State, Reader Reader, bool Moderates)
{
    public bool IsAuthor => Row.Author == Reader.Person;

    /// <summary>What it said, the newest first: to its author all of it, to others what was shown to a circle of theirs already then.</summary>
    public IReadOnlyList<SignalVersion> Versions =>
        [.. State.Versions.Where(v => IsAuthor || v == State.Now || Reader.Firms.Contains(Row.Firm.Value) || IsShown(v.Said.Visibility)).Reverse()];

    private bool IsShown(Visibility then) => then == Visibility.Network || (then == Visibility.Cluster && Reader.ClusterFirms.Contains(Row.Firm.Value));
}

/// <summary>A signal in a list.</summary>
/// <param name="Views">How many others told what it means for them.</param>
/// <param name="Helpful">How many people it helped.</param>
internal sealed record ListedSignal(SignalRow Row, int Views, int Helpful);

/// <summary>Which signals are meant; what is null leaves all in.</summary>
/// <param name="Tag">A wire name.</param>
/// <param name="Mine">Shared by the reader, withdrawn ones among them.</param>
internal sealed record SignalFilter(string? Q = null, string? Tag = null, bool Mine = false);

/// <summary>Who may see which signals: one rule, for lists, pages, search and notices alike.</summary>
internal sealed class SignalDesk(
    Database database, RecordReader readers, IFirmDirectory directory, Moderators moderators, Streams<SignalLife, SignalEvent> signals,
    Streams<SignalVoice, SignalVoiceEvent> voices, Commands commands, TimeProvider clock)
{
    /// <summary>Over s (learning.signals), with <see cref="Reader.Values"/> from $1 on.</summary>
    private const string InCircle = "(s.author = $1 or s.visibility = 'network' or s.firm = any($2) or s.visibility = 'cluster' and s.firm = any($3))";

    /// <summary>The same without what a coordinator has hidden, which its author sees still.</summary>
    public const string Sees = $"({InCircle} and (not s.hidden or s.author = $1))";

    private const string Counts = """
        (select count(*)::int from learning.signal_voices v where v.signal = s.id and v.has_view),
        (select count(*)::int from learning.signal_voices v where v.signal = s.id and v.helpful)
        """;

    private static readonly string Columns = string.Join(", ", SignalRows.Table.ColumnList.Split(", ").Select(c => $"s.{c}"));

    public DateTimeOffset Now => clock.GetUtcNow();

    public Id<T> NewId<T>() => Id<T>.New(clock);

    /// <summary>The signal; null when it is unknown or none of the caller's business.</summary>
    public async Task<SeenSignal?> Find(Id<Signal> id, Caller caller, CancellationToken ct)
    {
        var reader = await readers.ReaderOf(caller, ct);
        if (await Rows($"where {InCircle} and s.id = $4", [.. reader.Values, id.Value], ct) is not [var found]) return null;
        if ((await signals.Load(id.Value, ct)).State is not SignalLife.Kept kept) return null;
        var moderates = await moderators.Include(caller, kept.Firm, ct);
        return !kept.Hidden || moderates || kept.Author == caller.Person ? new(found.Row, kept, reader, moderates) : null;
    }

    /// <summary>Those that the caller may see, the newest first.</summary>
    public async Task<IReadOnlyList<ListedSignal>> List(
        SignalFilter filter, Caller caller, (DateTimeOffset SharedAt, Guid Id)? after, int limit, CancellationToken ct)
    {
        var query = FoldedQuery.Of(filter.Q);
        if (query is null && !string.IsNullOrWhiteSpace(filter.Q)) return [];
        List<object> values = [.. (await readers.ReaderOf(caller, ct)).Values, after?.SharedAt ?? DateTimeOffset.MaxValue, after?.Id ?? Guid.AllBitsSet, limit];
        var conditions = filter.Mine ? "s.author = $1" : "not s.withdrawn and not s.hidden and s.what is not null";
        if (filter.Tag is { } tag)
        {
            values.Add(tag);
            conditions += $" and s.tags @> array[${values.Count}]";
        }

        if (query is not null)
        {
            conditions += $" and {FoldedQuery.Condition("s.folded", values.Count + 1)}";
            values.AddRange(query.BeginsWords);
        }

        return await Rows($"where {Sees} and {conditions} and (s.shared_at, s.id) < ($4, $5) order by s.shared_at desc, s.id desc limit $6", values, ct);
    }

    public Task<List<SignalVoiceRow>> Voices(Id<Signal> id, CancellationToken ct) => database.Query(
        LearningModule.Name, Statement.Of(SignalVoiceRows.Table.Select("where signal = $1 order by view_at, id"), id.Value), SignalVoiceRows.Table.Read, ct);

    /// <summary>Whether everybody who sees a community may see the signal, so that nothing of it is told to others there.</summary>
    public async Task<bool> IsShownTo(SeenSignal seen, Id<Cluster>? community, CancellationToken ct) => seen.Row.Visibility == Visibility.Network
        || (seen.Row.Visibility == Visibility.Cluster && community is { } cluster && (await directory.ClustersOf(seen.Row.Firm, ct)).Contains(cluster));

    public Task<IResult> Share(Id<Signal> id, ShareSignal command, CancellationToken ct) => commands.Run(signals, id.Value, command, Reply.Created(Address(id), id), ct);

    /// <summary>A command on the signal itself, for who may see it.</summary>
    public async Task<IResult> Run(Id<Signal> id, Caller caller, ICommand<SignalLife, SignalEvent> command, CancellationToken ct) =>
        await Find(id, caller, ct) is null ? Problems.From(SignalRules.Unknown) : await commands.Run(signals, id.Value, command, Reply.Changed(Address(id), id), ct);

    /// <summary>A command on the caller's own voice, as long as the signal stands.</summary>
    public Task<IResult> Run(Id<Signal> id, Id<Person> by, ICommand<SignalVoice, SignalVoiceEvent> command, CancellationToken ct) => commands.Run(
        voices, SignalVoice.IdOf(id, by), command, Reply.Changed(Address(id), id), ct, also: async _ => [await signals.Prepare(id.Value, new StillStands(), ct)]);

    public Task<Prepared> Prepare(Id<Signal> id, ICommand<SignalLife, SignalEvent> command, CancellationToken ct) => signals.Prepare(id.Value, command, ct);

    public static string Address(Id<Signal> id) => $"/api/v1/learning/signals/{id}";

    private Task<List<ListedSignal>> Rows(string rest, IReadOnlyList<object> values, CancellationToken ct) => database.Query(
        LearningModule.Name, Statement.Of($"select {Columns}, {Counts} from learning.signals s {rest}", values),
        r => new ListedSignal(SignalRows.Table.Read(r), r.GetInt32(r.FieldCount - 2), r.GetInt32(r.FieldCount - 1)), ct);
}

/// <summary>Whether something may still be said of it: decided on the signal itself, in the transaction of what is said.</summary>
internal sealed record StillStands : ICommand<SignalLife, SignalEvent>
{
    public Decision<SignalEvent> Decide(SignalLife state) => state switch
    {
        SignalLife.Kept { Withdrawn: true } => SignalRules.Withdrawn,
        SignalLife.Kept { Hidden: true } => SignalRules.Hidden,
        SignalLife.Kept => Decision<SignalEvent>.Nothing,
        _ => SignalRules.Unknown,
    };
}
