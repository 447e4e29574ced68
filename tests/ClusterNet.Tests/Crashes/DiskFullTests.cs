using System.Collections.Concurrent;
using System.Diagnostics;
using ClusterNet.Auditing;
using ClusterNet.Ledger;
using ClusterNet.Privacy;
using ClusterNet.Tests.EventStore.Fakes;
using Npgsql;
using Shouldly;
using static ClusterNet.Tests.EventStore.Fakes.Given;
using static ClusterNet.Tests.EventStore.Fakes.Rig;

namespace ClusterNet.Tests.Crashes;

/// <summary>The volume of the events is full for a while: what was acknowledged is there, what was not is not, and it goes on by itself.</summary>
public class DiskFullTests
{
    private const int Writers = 8;

    [Fact]
    public async Task No_acknowledged_event_is_lost_while_the_disk_is_full_and_writing_goes_on_when_there_is_room()
    {
        await using var rig = await Start();
        await using var volume = await SmallVolume.Mount(rig);
        var (acknowledged, refused) = (new ConcurrentBag<Guid>(), 0);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            while (!enough.IsCancellationRequested)
            {
                var id = Guid.CreateVersion7();
                try
                {
                    (await rig.Tallies.Execute(id, Adding(1, unit: new string('u', 6_000), times: 2), By(), Ct)).Written();
                    acknowledged.Add(id);
                }
                catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DiskFull)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        })));

        while (Volatile.Read(ref refused) < 50) await Task.Yield();
        await volume.Grow();
        var before = acknowledged.Count;
        while (acknowledged.Count < before + 100) await Task.Yield();
        await enough.CancelAsync();
        await writing;
        await rig.Sign();

        (await rig.Scalar<long>("select count(*) from events.mt_streams where id = any($1)", acknowledged.ToArray())).ShouldBe(acknowledged.Count);
        (await rig.Scalar<long>("select count(*) from events.mt_events")).ShouldBe(acknowledged.Count * 2);
        (await rig.Scalar<long>("select size from ledger.state")).ShouldBe(acknowledged.Count * 2);
        var faults = new AuditFaults(20);
        await new LogFsck(rig.Database, rig.Get<KeyDatabase>(), rig.Get<LogMirror>(), rig.Get<ErasureJournal>(), faults, new Progress<AuditStep>()).Run(Ct);
        faults.Count.ShouldBe(0, string.Join(Environment.NewLine, faults.Kept));
    }

    /// <summary>The table of events on a file system in memory that is soon full.</summary>
    private sealed class SmallVolume(Rig rig, string folder) : IAsyncDisposable
    {
        private const string Name = "small";

        public static async Task<SmallVolume> Mount(Rig rig)
        {
            var folder = Directory.CreateDirectory(Path.Combine(TestServer.NewFolder(), "volume")).FullName;
            if (!OperatingSystem.IsLinux() || Run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", folder) != 0) Assert.Skip("Needs Linux, and the right to mount a small file system.");
            var server = await rig.Scalar<string>("show data_directory");
            Run("chown", $"--reference={server}", folder).ShouldBe(0);
            await rig.Execute($"create tablespace {Name} location '{folder}'");
            await rig.Execute($"alter table events.mt_events set tablespace {Name}");
            return new(rig, folder);
        }

        public Task Grow() => Task.Run(() => Run("mount", "-o", "remount,size=600m", folder).ShouldBe(0));

        public async ValueTask DisposeAsync()
        {
            await rig.Execute("alter table events.mt_events set tablespace pg_default");
            await rig.Execute($"drop tablespace {Name}");
            Run("umount", folder);
        }

        private static int Run(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true });
            process.ShouldNotBeNull().WaitForExit();
            return process.ExitCode;
        }
    }
}
