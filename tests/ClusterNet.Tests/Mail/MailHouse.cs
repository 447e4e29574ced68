using ClusterNet.Mail;
using ClusterNet.Tests.EventStore.Fakes;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClusterNet.Tests.Mail;

/// <summary>One Host's outbox on a database of its own, with a clock that the test sets.</summary>
internal sealed class MailHouse(Rig rig, IDataProtectionProvider protection, MailSettings settings) : IAsyncDisposable
{
    public Rig Rig => rig;

    public TestClock Clock { get; } = new();

    public Outbox Outbox => field ??= new(rig.Database, protection, settings, Clock);

    public MailWorker Worker => field ??= new(rig.Database, Outbox, Clock, NullLogger<MailWorker>.Instance);

    public static async Task<MailHouse> Start(MailSettings? settings = null) =>
        new(await Rig.Start(), new EphemeralDataProtectionProvider(), settings ?? MailSettings.ToFolder(TestServer.NewFolder()));

    /// <summary>Another Host on the same database, with the same keys and settings.</summary>
    public async Task<MailHouse> Second(MailSettings? other = null) => new(await rig.SecondHost(), protection, other ?? settings);

    public Task Queue(params IEnumerable<MailMessage> mails) =>
        rig.Database.Execute(Fake.Module, mails.Select(m => Outbox.Queue(m)), Rig.Ct);

    public Task<long> Waiting() => rig.Scalar<long>("select count(*) from mail.outbox");

    public ValueTask DisposeAsync()
    {
        Worker.Dispose();
        return rig.DisposeAsync();
    }
}
