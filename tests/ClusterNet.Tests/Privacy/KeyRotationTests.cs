using System.Collections.Concurrent;
using ClusterNet.Privacy;
using ClusterNet.Tests.EventStore.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;

namespace ClusterNet.Tests.Privacy;

public class KeyRotationTests
{
    [Fact]
    public async Task A_new_epoch_keeps_the_living_keys_and_destroys_the_old_one()
    {
        await using var rig = await Rig.Start();
        var (living, erased) = (Names(1_500), Names(3));
        var before = Texts(await rig.Get<KeyRing>().FindOrMake(living, Rig.Ct));
        await rig.Get<KeyRing>().FindOrMake(erased, Rig.Ct);
        foreach (var name in erased) await rig.Get<KeyRing>().Erase(name.Subject, [name.Class], Rig.Ct);

        (await rig.Get<KeyRotation>().Run(_ => true, Rig.Ct)).ShouldBeTrue();

        await using var host = await rig.SecondHost();
        (Texts(await host.Get<KeyRing>().Find(living, Rig.Ct)) == before).ShouldBeTrue();
        (await host.Get<KeyRing>().FindOrMake(erased, Rig.Ct)).ShouldBeEmpty();
        var epochs = await Epochs(rig);
        epochs.Select(e => (e.Name.Number, e.LivingKeys, e.DestroyedAt is not null)).ShouldBe([(1, 0, true), (2, 1_500, false)]);
        Directory.EnumerateFiles(rig.KeyDirectory).ShouldBe([rig.Get<IKeyVault>().PlaceOf(epochs[1].Name)]);
    }

    [Theory]
    [InlineData(nameof(RotationStep.KekMade))]
    [InlineData(nameof(RotationStep.EpochOpened))]
    [InlineData(nameof(RotationStep.BatchWrapped))]
    [InlineData(nameof(RotationStep.AllWrapped))]
    [InlineData(nameof(RotationStep.KekDestroyed))]
    [InlineData(nameof(RotationStep.EpochMarked))]
    public async Task A_rotation_that_dies_after_any_step_loses_no_key_and_is_finished_by_the_next_host(string step)
    {
        await using var rig = await Rig.Start();
        var names = Names(1_200);
        var before = Texts(await rig.Get<KeyRing>().FindOrMake(names, Rig.Ct));
        var dying = rig.Get<KeyRotation>();
        dying.Reached = reached =>
        {
            if (reached.ToString() == step) throw new IOException("The power went.");
        };

        await Should.ThrowAsync<IOException>(dying.Run(_ => true, Rig.Ct));
        await using var next = await rig.SecondHost();
        (Texts(await next.Get<KeyRing>().Find(names, Rig.Ct)) == before).ShouldBeTrue();
        await next.Get<KeyRotation>().Run(e => e.Name.Number == 1, Rig.Ct);

        await using var last = await rig.SecondHost();
        (Texts(await last.Get<KeyRing>().Find(names, Rig.Ct)) == before).ShouldBeTrue();
        (await Epochs(rig)).Select(e => (e.Name.Number, e.LivingKeys, e.DestroyedAt is not null)).ShouldBe([(1, 0, true), (2, 1_200, false)]);
    }

    [Fact]
    public async Task Hosts_read_and_write_while_epochs_change_under_them()
    {
        await using var rig = await Rig.Start();
        await using var other = await rig.SecondHost();
        var made = new ConcurrentQueue<(KeyName Name, byte[] Key)>();
        using var over = new CancellationTokenSource();

        var writing = Task.Run(async () =>
        {
            while (!over.IsCancellationRequested)
            {
                foreach (var (name, key) in await rig.Get<KeyRing>().FindOrMake(Names(3), Rig.Ct)) made.Enqueue((name, key));
            }
        }, Rig.Ct);
        var reading = Task.Run(async () =>
        {
            var reads = 0;
            for (; !over.IsCancellationRequested || reads == 0; reads++)
            {
                var known = made.ToArray();
                other.Get<KeyRing>().Forget(null);
                var found = await other.Get<KeyRing>().Find(known.Select(k => k.Name).ToHashSet(), Rig.Ct);
                foreach (var (name, key) in known) found[name].ShouldBe(key);
            }
        }, Rig.Ct);
        for (var epoch = 2; epoch <= 9; epoch++) (await rig.Get<KeyRotation>().Run(_ => true, Rig.Ct)).ShouldBeTrue();
        await over.CancelAsync();
        await Task.WhenAll(writing, reading);

        made.Count.ShouldBeGreaterThan(20);
        await using var host = await rig.SecondHost();
        var all = await host.Get<KeyRing>().Find(made.Select(k => k.Name).ToHashSet(), Rig.Ct);
        foreach (var (name, key) in made) all[name].ShouldBe(key);
        (await Epochs(rig)).Count(e => e.DestroyedAt is null).ShouldBe(1);
        Directory.EnumerateFiles(rig.KeyDirectory).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_key_that_is_made_while_its_epoch_ends_is_wrapped_in_the_next_one()
    {
        await using var rig = await Rig.Start();
        var slow = new SlowVault(rig.Get<IKeyVault>(), () => rig.Get<KeyRotation>().Run(e => e.Name.Number == 1, Rig.Ct));
        var names = Names(3);

        var made = Texts(await new KeyRing(rig.Get<KeyDatabase>(), slow, rig.Clock).FindOrMake(names, Rig.Ct));

        made.ShouldNotBeEmpty();
        (Texts(await rig.Get<KeyRing>().Find(names, Rig.Ct)) == made).ShouldBeTrue();
        (await Epochs(rig)).Select(e => (e.Name.Number, e.LivingKeys)).ShouldBe([(1, 0), (2, 3)]);
    }

    [Fact]
    public async Task Hosts_that_rotate_at_the_same_moment_begin_one_epoch()
    {
        await using var rig = await Rig.Start();
        await using var other = await rig.SecondHost();
        await rig.Get<KeyRing>().FindOrMake(Names(200), Rig.Ct);

        await Task.WhenAll(((Rig[])[rig, other]).Select(r => r.Get<KeyRotation>().Run(e => e.Name.Number == 1, Rig.Ct)));

        (await Epochs(rig)).Select(e => (e.Name.Number, e.LivingKeys)).ShouldBe([(1, 0), (2, 200)]);
    }

    [Fact]
    public async Task An_epoch_that_is_old_enough_ends_by_itself()
    {
        await using var rig = await Rig.Start();
        var opened = (await Epochs(rig)).Single().OpenedAt;
        foreach (var (age, epochs) in ((int, int)[])[(29, 1), (30, 2)])
        {
            rig.Clock.Now = opened.AddDays(age);
            var service = new KeyRotationService(
                rig.Get<KeyRotation>(), new(TimeSpan.FromDays(30)), rig.Clock, NullLogger<KeyRotationService>.Instance);
            using (service)
            {
                await service.Once(Rig.Ct);
                (await Epochs(rig)).Count.ShouldBe(epochs);
            }
        }
    }

    private static Task<IReadOnlyList<Epoch>> Epochs(Rig rig) => KeyEpochs.All(rig.Get<KeyDatabase>(), Rig.Ct);

    /// <summary>All keys as one text, which a failure does not print.</summary>
    private static string Texts(IReadOnlyDictionary<KeyName, byte[]> keys) =>
        string.Join('\n', keys.OrderBy(k => k.Key).Select(k => $"{k.Key} {Convert.ToHexString(k.Value)}"));

    private static HashSet<KeyName> Names(int count) => [.. Enumerable.Range(0, count).Select(_ => new KeyName(Guid.NewGuid(), "learning"))];

    /// <summary>Something happens between opening a key-encryption key and using it.</summary>
    private sealed class SlowVault(IKeyVault vault, Func<Task> meanwhile) : IKeyVault
    {
        public async Task<KeyEncryptionKey?> Open(EpochName epoch, CancellationToken ct)
        {
            var kek = await vault.Open(epoch, ct);
            await meanwhile();
            return kek;
        }

        public Task<EpochName> Make(int number, CancellationToken ct) => vault.Make(number, ct);

        public Task Destroy(EpochName epoch, CancellationToken ct) => vault.Destroy(epoch, ct);

        public string PlaceOf(EpochName epoch) => vault.PlaceOf(epoch);

        public int Highest() => vault.Highest();
    }
}
