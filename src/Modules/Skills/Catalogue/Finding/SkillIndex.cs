using ClusterNet.EventStore;
using ClusterNet.Ledger;
using ClusterNet.Skills.Contracts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ClusterNet.Skills.Catalogue.Finding;

/// <summary>
/// The catalogue in memory, one per Host: read from the rows when the Host starts or somebody asks first, then kept up with the log, so that
/// what another Host writes is found here, too.
/// </summary>
internal sealed partial class SkillIndex(
    Database database, IEventStore store, EventTypes types, LogPositions positions, CommitSignal signal, IEnumerable<ISkillUses> uses,
    TimeProvider clock, ILogger<SkillIndex> logger) : BackgroundService
{
    private const int AtOnce = 5_000;
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1), UsesEvery = TimeSpan.FromSeconds(30);
    private static readonly Dictionary<string, string> NoTexts = [];

    private readonly SemaphoreSlim _one = new(1);
    private readonly string[] _names = [.. types.All.Where(t => typeof(SkillEvent).IsAssignableFrom(t.Class)).Select(t => t.Name)];
    private SkillSnapshot? _skills;
    private IReadOnlyDictionary<string, float> _uses = new Dictionary<string, float>();
    private long _position = -1;
    private DateTimeOffset _usesAt;

    /// <summary>From 0 to 1: how much each skill is used here, those never used missing.</summary>
    public IReadOnlyDictionary<string, float> Uses => Volatile.Read(ref _uses);

    /// <summary>Waits until it has been read once.</summary>
    public async ValueTask<SkillSnapshot> Skills(CancellationToken ct)
    {
        if (Volatile.Read(ref _skills) is { } ready) return ready;
        await _one.WaitAsync(ct);
        try
        {
            return _skills ?? await Load(ct);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Takes in what this Host just wrote, so that it is found at once.</summary>
    public async Task Refresh(IReadOnlyCollection<Guid> streams, CancellationToken ct)
    {
        if (Volatile.Read(ref _skills) is null) return;
        await _one.WaitAsync(ct);
        try
        {
            await Replace(streams, ct);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Goes on to the end of the log.</summary>
    public async Task CatchUp(CancellationToken ct)
    {
        await Skills(ct);
        await _one.WaitAsync(ct);
        try
        {
            var last = await positions.Last(ct);
            while (_position < last)
            {
                var facts = await store.ReadAll(_position, AtOnce, _names, ct);
                await Replace([.. facts.Select(f => f.Event.Stream).Distinct()], ct);
                _position = Math.Min(last, _position + AtOnce);
            }
        }
        finally
        {
            _one.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CatchUp(stoppingToken);
                if (clock.GetUtcNow() - _usesAt >= UsesEvery) await CountUses(stoppingToken);
                await signal.NextMove(Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The database may be away; what is known stays findable.
                NotReached(e);
                await Task.Delay(Poll, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    internal async Task CountUses(CancellationToken ct)
    {
        var counts = new Dictionary<string, long>();
        foreach (var source in uses)
            foreach (var use in await source.All(ct)) counts[use.SkillUri] = counts.GetValueOrDefault(use.SkillUri) + use.Count;
        // The tenth use tells less than the first.
        Volatile.Write(ref _uses, counts.ToDictionary(c => c.Key, c => Math.Min(1f, 0.5f + 0.1f * MathF.Log2(1 + c.Value))));
        _usesAt = clock.GetUtcNow();
    }

    private async Task<SkillSnapshot> Load(CancellationToken ct)
    {
        // The position first: rows may be newer than it, never older.
        var position = await positions.Last(ct);
        var rows = await database.Query(SkillsModule.Name, Statement.Of(SkillList.Table.Select("order by uri")), r => Slim(SkillList.Table.Read(r)), ct);
        var skills = SkillSnapshot.Of(rows);
        Interlocked.Exchange(ref _position, position);
        Volatile.Write(ref _skills, skills);
        return skills;
    }

    private async Task Replace(IReadOnlyCollection<Guid> streams, CancellationToken ct)
    {
        if (streams.Count == 0) return;
        var rows = await database.Query(
            SkillsModule.Name, Statement.Of(SkillList.Table.Select("where id = any($1)"), [streams.ToArray()]), r => Slim(SkillList.Table.Read(r)), ct);
        Volatile.Write(ref _skills, (_skills ?? SkillSnapshot.Empty).With(rows));
    }

    // Descriptions are shown by pages that read the row itself.
    private static SkillRow Slim(SkillRow row) => row with { Descriptions = NoTexts };

    [LoggerMessage(Level = LogLevel.Warning, Message = "The catalogue in memory could not be brought up to date; it is tried again.")]
    private partial void NotReached(Exception e);
}
