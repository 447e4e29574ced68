using ClusterNet.Privacy;
using ClusterNet.Tests.EventStore.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;

namespace ClusterNet.Tests.Privacy;

public class KeyErasureTests
{
    private static readonly Guid Ada = Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e01"), Ben = Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e02");

    [Fact]
    public async Task An_erased_subject_has_no_key_and_gets_none_again()
    {
        await using var rig = await Rig.Start();
        var keys = rig.Get<KeyRing>();
        (await keys.FindOrMake(Names(Ada, "learning", "identity"), Rig.Ct)).Count.ShouldBe(2);
        await keys.FindOrMake(Names(Ben, "learning"), Rig.Ct);

        (await keys.Erase(Ada, ["learning", "freetext"], Rig.Ct)).ShouldBe(1);
        (await keys.Erase(Ada, ["learning", "freetext"], Rig.Ct)).ShouldBe(0);

        (await keys.FindOrMake(Names(Ada, "learning", "freetext"), Rig.Ct)).ShouldBeEmpty();
        (await keys.Find(Names(Ada, "learning", "identity"), Rig.Ct)).Keys.ShouldBe([new(Ada, "identity")]);
        (await keys.Find(Names(Ben, "learning"), Rig.Ct)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Another_host_forgets_an_erased_key_at_once_also_after_its_connection_was_cut()
    {
        await using var first = await Rig.Start();
        await using var second = await first.SecondHost();
        using var listener = new ErasureListener(second.Get<KeyDatabase>(), second.Get<KeyRing>(), NullLogger<ErasureListener>.Instance);
        await listener.StartAsync(Rig.Ct);
        foreach (var subject in (Guid[])[Ada, Ben])
        {
            await Listening(first);
            await first.Get<KeyRing>().FindOrMake(Names(subject, "learning"), Rig.Ct);
            (await second.Get<KeyRing>().Find(Names(subject, "learning"), Rig.Ct)).ShouldHaveSingleItem();

            await first.Get<KeyRing>().Erase(subject, ["learning"], Rig.Ct);

            // The clock stands still, so the cache does not end by itself.
            while ((await second.Get<KeyRing>().Find(Names(subject, "learning"), Rig.Ct)).Count > 0) await Task.Yield();
            await Cut(first);
        }

        await listener.StopAsync(Rig.Ct);
    }

    [Fact]
    public async Task Keys_that_are_made_while_their_subject_is_erased_do_not_survive()
    {
        await using var rig = await Rig.Start();
        await using var other = await rig.SecondHost();
        foreach (var subject in Enumerable.Range(0, 40).Select(_ => Guid.NewGuid()))
        {
            await Task.WhenAll(
                rig.Get<KeyRing>().FindOrMake(Names(subject, "learning", "identity"), Rig.Ct).AsTask(),
                other.Get<KeyRing>().Erase(subject, ["learning", "identity"], Rig.Ct));

            (await other.Get<KeyRing>().FindOrMake(Names(subject, "learning", "identity"), Rig.Ct)).ShouldBeEmpty();
        }
    }

    private static async Task Listening(Rig rig)
    {
        const string listeners =
            "select count(*) from pg_stat_activity where datname = current_database() and query like 'listen%' and wait_event = 'ClientRead'";
        await using var command = rig.Keys.CreateCommand(listeners);
        while ((long)(await command.ExecuteScalarAsync(Rig.Ct) ?? 0L) == 0) await Task.Yield();
    }

    private static async Task Cut(Rig rig)
    {
        await using var command = rig.Keys.CreateCommand(
            "select count(pg_terminate_backend(pid, 10000)) from pg_stat_activity where datname = current_database() and query like 'listen%' and pid <> pg_backend_pid()");
        (await command.ExecuteScalarAsync(Rig.Ct)).ShouldBe(1L);
    }

    private static HashSet<KeyName> Names(Guid subject, params string[] classes) => [.. classes.Select(c => new KeyName(subject, c))];
}
