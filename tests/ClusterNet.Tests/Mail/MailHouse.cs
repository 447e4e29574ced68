using ClusterNet.Mail;
using ClusterNet.Tests.EventStore.Fakes;
using ClusterNet.Web;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;

namespace ClusterNet.Tests.Mail;

/// <summary>One Host's outbox on a database of its own, with a clock that the test sets.</summary>
internal sealed class MailHouse(Rig rig, IDataProtectionProvider protection, MailSettings settings) : IAsyncDisposable
{
    public Rig Rig => rig;

    public TestClock Clock { get; } = new();

    public Outbox Outbox => field ??= new(rig.Database, protection, settings, new PublicUrl(new("https://network.example"), new NoServer()), Clock);

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

/// <summary>Listens nowhere: the address of links is set.</summary>
internal sealed class NoServer : IServer
{
    public IFeatureCollection Features { get; } = new FeatureCollection();

    public void Dispose()
    {
        // Holds nothing.
    }

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
