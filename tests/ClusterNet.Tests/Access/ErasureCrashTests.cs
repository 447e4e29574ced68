using System.Net;
using ClusterNet.Access.Contracts;
using ClusterNet.Access.Erasures;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Tests.Accreditation;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Access;

/// <summary>A Host that dies in the middle of an erasure: the next one finishes it.</summary>
public sealed class ErasureCrashTests(StoryHost story) : IClassFixture<StoryHost>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_crash_at_any_step_leaves_an_erasure_that_the_next_start_completes()
    {
        foreach (var step in Enum.GetValues<ErasureStep>())
        {
            var marker = $"zqcrash{step.ToString().ToLowerInvariant()}";
            var life = await Life.Of(story, marker, granted: false);
            var id = await CrashAt(step, life);

            await Life.Carried(story.Host);

            using var anybody = story.Host.Anonymous();
            (await anybody.Get($"/access/erasures/{id}")).ShouldBe(HttpStatusCode.OK).Text("stage").ShouldBe("completed", $"{step}");
            (await new Traces(story.Host).Of(marker)).ShouldBeEmpty($"{step}");
            story.Host.Services.GetRequiredService<ErasureJournal>().Read().Count(e => e.Subject == Guid.Parse(life.Me.Person)).ShouldBe(1, $"{step}");
        }
    }

    private async Task<Id<PersonErasure>> CrashAt(ErasureStep step, Life life)
    {
        var worker = story.Host.Services.GetRequiredService<ErasureWorker>();
        var saga = story.Host.Services.GetRequiredService<ErasureSaga>();
        var id = new Id<PersonErasure>(Guid.NewGuid());
        // Nobody else carries it on meanwhile.
        await using var turn = await worker.OwnTurn(Ct);
        var person = new Id<Person>(Guid.Parse(life.Me.Person));
        var request = new RequestErasure(person, [.. PersonalDataPolicy.All], ErasureBasis.ConsentWithdrawn, person, default, DateTimeOffset.UtcNow);
        (await story.Host.Services.GetRequiredService<Streams<PersonErasure, PersonErasureEvent>>()
            .Execute(id.Value, request, new(CommandMetadata.System("test")), Ct)).ShouldBeOfType<Outcome.Written>();
        await Should.ThrowAsync<CrashException>(async () =>
        {
            while (await saga.Advance(id, Ct, s => _ = s == step ? throw new CrashException() : s)) continue;
        });
        return id;
    }

    private sealed class CrashException : Exception;
}
