using System.Diagnostics.Metrics;
using System.Globalization;
using System.Security.Cryptography;
using ClusterNet.EventStore;
using ClusterNet.Telemetry;
using MailKit.Net.Smtp;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace ClusterNet.Mail;

/// <summary>
/// Sends what waits in the outbox, on any number of Hosts: each mail is locked while one of them sends it, and its row goes in the same transaction.
/// A Host that dies between the server's yes and the commit sends it again, under the same Message-ID: SMTP allows no better (RFC 5321, section 4.5.4.1 and 6.1).
/// </summary>
public sealed class MailWorker : BackgroundService
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500), LongestPause = TimeSpan.FromMinutes(1);
    private static readonly Counter<long> Sent = ClusterNetTelemetry.Meter.CreateCounter<long>("clusternet.mail.sent", "{mail}");
    private static readonly Counter<long> Failed = ClusterNetTelemetry.Meter.CreateCounter<long>("clusternet.mail.failed", "{mail}", "Given up");
    private static readonly Counter<long> Delayed = ClusterNetTelemetry.Meter.CreateCounter<long>("clusternet.mail.delayed", "{attempt}");
    private static long _waiting;
    private readonly Database _database;
    private readonly Outbox _outbox;
    private readonly TimeProvider _clock;
    private readonly ILogger<MailWorker> _logger;

    static MailWorker() => ClusterNetTelemetry.Meter.CreateObservableGauge("clusternet.mail.waiting", () => Volatile.Read(ref _waiting), "{mail}");

    internal MailWorker(Database database, Outbox outbox, TimeProvider clock, ILogger<MailWorker> logger) =>
        (_database, _outbox, _clock, _logger) = (database, outbox, clock, logger);

    /// <summary>Sends all that is due.</summary>
    /// <returns>False when the mail server cannot be used now.</returns>
    public async Task<bool> Pass(CancellationToken ct)
    {
        await using var line = _outbox.Line();
        Turn turn;
        do turn = await SendNext(line, ct);
        while (turn == Turn.Done);
        await using var count = _database.Source.CreateCommand("select count(*) from mail.outbox");
        Volatile.Write(ref _waiting, Convert.ToInt64(await count.ExecuteScalarAsync(ct), CultureInfo.InvariantCulture));
        return turn == Turn.Nothing;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var pause = Poll;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                pause = await Pass(stoppingToken) ? Poll : Longer(pause);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e is NpgsqlException or InvalidOperationException or TimeoutException)
            {
                pause = Longer(pause);
                _logger.LogWarning("The outbox cannot be reached: {Reason}", e.Message);
            }

            await Task.Delay(pause, _clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause < LongestPause ? pause * 2 : LongestPause;

    private async Task<Turn> SendNext(IMailLine line, CancellationToken ct)
    {
        await using var connection = await _database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (await Outbox.Claim(connection, _clock.GetUtcNow(), ct) is not { } queued) return Turn.Nothing;
        // From here a Host that is told to stop finishes: half a sending would be a second one later.
        var (result, why) = await Attempt(line, queued);
        if (result is Result.Sent or Result.Refused)
        {
            await Run(connection, "delete from mail.outbox where id = $1", queued.Id);
            (result == Result.Sent ? Sent : Failed).Add(1);
            if (result == Result.Refused) _logger.LogError("Mail {Mail} can never be delivered and was deleted: {Reason}", queued.Id, why);
        }
        else
        {
            await Postpone(connection, queued, why);
        }

        await transaction.CommitAsync(CancellationToken.None);
        return result == Result.Away ? Turn.Away : Turn.Done;
    }

    private async Task<(Result Result, string Why)> Attempt(IMailLine line, QueuedMail queued)
    {
        try
        {
            await line.Send(_outbox.Open(queued), CancellationToken.None);
            return (Result.Sent, "");
        }
        catch (SmtpCommandException e) when (e.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted)
        {
            // 5yz: the same again will be refused again (RFC 5321, section 4.2.1). The server's text may name people; the code says enough.
            return ((int)e.StatusCode >= 500 ? Result.Refused : Result.Later, $"the mail server answered {(int)e.StatusCode}");
        }
        catch (Exception e) when (e is FormatException or NotSupportedException)
        {
            // No address, or one with letters that this mail server does not take (RFC 6531).
            return (Result.Refused, e.Message);
        }
        catch (CryptographicException)
        {
            return (Result.Later, "its key is missing from the key directory");
        }
        catch (SmtpCommandException e)
        {
            return (Result.Away, $"the mail server answered {(int)e.StatusCode}");
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return (Result.Away, e.GetType().Name);
        }
    }

    private async Task Postpone(NpgsqlConnection connection, QueuedMail queued, string why)
    {
        Delayed.Add(1);
        var now = _clock.GetUtcNow();
        await Run(connection, "update mail.outbox set attempts = attempts + 1, next_at = $2 where id = $1", queued.Id, now + Retry.WaitAfter(queued.Attempts + 1));
        _logger.LogWarning("Mail {Mail} waits after attempt {Attempt}: {Reason}", queued.Id, queued.Attempts + 1, why);
        var lost = await Run(
            connection, "delete from mail.outbox where id in (select id from mail.outbox where queued_at <= $1 for update skip locked)", now - Retry.GiveUpAfter);
        if (lost == 0) return;
        Failed.Add(lost);
        _logger.LogError("{Count} mails were given up after {Days} days: {Reason}", lost, Retry.GiveUpAfter.TotalDays, why);
    }

    private static async Task<int> Run(NpgsqlConnection connection, string sql, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private enum Turn
    {
        Done,
        Nothing,
        Away,
    }

    private enum Result
    {
        Sent,
        Refused,
        Later,
        Away,
    }
}

/// <summary>When a mail is tried again (RFC 5321, section 4.5.4.1 asks for days, with growing waits).</summary>
internal static class Retry
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(30), Longest = TimeSpan.FromHours(4);

    public static TimeSpan GiveUpAfter { get; } = TimeSpan.FromDays(3);

    /// <param name="attempts">From 1.</param>
    public static TimeSpan WaitAfter(int attempts) => TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(attempts - 1, 20)));
}
