using ClusterNet.Auditing;
using ClusterNet.EventStore;
using ClusterNet.Ledger;
using ClusterNet.Privacy;
using ClusterNet.Tests.Access;
using ClusterNet.Tests.Accreditation;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Ledger;

/// <summary>An erasure as a person orders it leaves nothing that the check would take for a fault.</summary>
public sealed class OrderedForgettingTests(StoryHost story) : IClassFixture<StoryHost>
{
    [Theory]
    [InlineData]
    [InlineData("freetext")]
    public async Task An_erasure_that_was_ordered_is_no_fault(params string[] classes)
    {
        var mira = await story.Entrepreneur();
        object order = classes.Length == 0 ? new { confirm = "erase" } : new { confirm = "erase", classes };
        await mira.Client.Post("/access/me/erasure", order);
        await Life.Carried(story.Host);
        await story.Host.Signed();

        var (services, faults) = (story.Host.Services, new AuditFaults(10));
        services.GetRequiredService<ErasureJournal>().Read().ShouldContain(e => e.Subject == Guid.Parse(mira.Person));
        await new LogFsck(
            services.GetRequiredService<Database>(), services.GetRequiredService<KeyDatabase>(), services.GetRequiredService<LogMirror>(),
            services.GetRequiredService<ErasureJournal>(), faults, new Progress<AuditStep>()).Run(TestContext.Current.CancellationToken);
        faults.Kept.ShouldBeEmpty();
    }
}
