using ClusterNet.EventStore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClusterNet.Access.Erasures;

/// <summary>
/// Continues whatever erasure is not finished: new ones at once, interrupted ones at the next start, held ones when their holds have ended. One at a
/// time over all Hosts, so that two last operators do not erase each other.
/// </summary>
internal sealed class ErasureWorker(
    ErasureSaga saga, RowVacuum vacuum, RestoredErasures restored, Database database, TimeProvider clock, ILogger<ErasureWorker> logger) : BackgroundService
{
    private const long Lock = 7203215917;
    private static readonly TimeSpan Poll = TimeSpan.FromMinutes(1);

    /// <summary>Longer than any Host keeps a key, and any command runs.</summary>
    private static readonly TimeSpan LookedAtAgainFor = TimeSpan.FromMinutes(15);

    private readonly SemaphoreSlim _wake = new(0);

    /// <summary>Somebody asked for erasure on this Host.</summary>
    public void Wake()
    {
        // Two at once may both release it: then it looks twice.
        if (_wake.CurrentCount == 0) _wake.Release();
    }

    /// <summary>Carries everything on as far as it goes now.</summary>
    public async Task CatchUp(CancellationToken ct)
    {
        await using var turn = await OwnTurn(ct);
        await restored.AskAgain(ct);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        const string due = "stage = 'under-way' or (stage = 'waiting' and (held_until is null or held_until < $1))";
        foreach (var id in await Find(due, ct, today)) await Alone(id, Finish, ct);
        foreach (var id in await Find("completed_at > $1", ct, clock.GetUtcNow() - LookedAtAgainFor)) await Alone(id, saga.LookAgain, ct);
    }

    /// <summary>The one turn over all Hosts; disposing it gives it back.</summary>
    internal async Task<IAsyncDisposable> OwnTurn(CancellationToken ct)
    {
        var turn = new Turn(await database.Source.OpenConnectionAsync(ct));
        try
        {
            await turn.Wait(ct);
            return turn;
        }
        catch
        {
            await turn.DisposeAsync();
            throw;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await CatchUp(stoppingToken);
                await _wake.WaitAsync(Poll, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                if (e is NpgsqlException) logger.LogWarning("Erasures cannot reach the database: {Reason}", e.Message);
                else logger.LogError(e, "Erasures stand still");
                await Task.Delay(Poll, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Finish(Id<PersonErasure> id, CancellationToken ct)
    {
        var moved = false;
        while (await saga.Advance(id, ct)) moved = true;
        if (moved) await vacuum.After(id, ct);
    }

    private async Task Alone(Id<PersonErasure> id, Func<Id<PersonErasure>, CancellationToken, Task> work, CancellationToken ct)
    {
        try
        {
            await work(id, ct);
        }
        catch (Exception e) when (e is not (NpgsqlException { IsTransient: true } or OperationCanceledException or OutOfMemoryException))
        {
            // It stands still there, says so, and is tried again: no step is skipped, and others go on.
            logger.LogError(e, "Erasure {Erasure} stands still", id);
        }
    }

    private Task<List<Id<PersonErasure>>> Find(string where, CancellationToken ct, params object[] values) => database.Query(
        AccessModule.Name, Statement.Of($"select id from access.erasures where {where} order by requested_at, id", values),
        r => new Id<PersonErasure>(r.GetGuid(0)), ct);

    private sealed class Turn(NpgsqlConnection connection) : IAsyncDisposable
    {
        public async Task Wait(CancellationToken ct)
        {
            // Ends with the transaction, which ends with the connection: a killed Host leaves no lock behind.
            var transaction = await connection.BeginTransactionAsync(ct);
            await using var locking = new NpgsqlCommand($"select pg_advisory_xact_lock({Lock})", connection, transaction) { CommandTimeout = 0 };
            await locking.ExecuteNonQueryAsync(ct);
        }

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
