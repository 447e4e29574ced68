using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Skills.Audits;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Levels;
using ClusterNet.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace ClusterNet.Tests.Skills;

/// <summary>What a closed audit found of one skill of one person.</summary>
/// <param name="Level">-1 where nobody said anything.</param>
internal sealed record Found(string Person, string Firm, string Skill, int Required, int Level);

/// <summary>Closed audits, told to the store as the close of an audit does: what the figures are made of, without the way there.</summary>
internal static class GapWorld
{
    private static readonly Id<RoleProfile> Usual = new(Guid.CreateVersion7());
    private static int _audits;

    public static async Task<string> CloseAudit(this RunningHost host, string? cluster, IReadOnlyList<Found> found, Id<RoleProfile>? profile = null)
    {
        var ct = TestContext.Current.CancellationToken;
        var audit = new Id<Audit>(Guid.CreateVersion7());
        var at = DateTimeOffset.UtcNow.AddMinutes(-10).AddSeconds(Interlocked.Increment(ref _audits));
        var by = Id<Person>.Parse(found[0].Person, null);
        ValueList<Id<Firm>> firms = [.. found.Select(f => Id<Firm>.Parse(f.Firm, null)).Distinct()];
        List<CampaignEvent> facts =
        [
            new AuditOpened(Id(cluster), firms, Personal<string>.Of("Audit"), [new(profile ?? Usual, [])], RaterScheme.Self, at, by, at),
            .. firms.Select(f => new AuditFirmJoined(f, [], by, at)),
            new AuditClosed(by, Id(cluster), firms, at),
        ];
        await Tell<Campaign, CampaignEvent>(host, audit.Value, [.. facts], ct);
        foreach (var person in found.GroupBy(f => (f.Person, f.Firm)))
        {
            var who = Id<Person>.Parse(person.Key.Person, null);
            await Tell<SkillLevels, LevelEvent>(host, SkillLevels.IdOf(who), [new SkillLevelsRated(
                who, audit, Id<Firm>.Parse(person.Key.Firm, null), [], Levels([]), [], Levels([]), [.. person.Select(f => new RequiredSkill(f.Skill, f.Required))],
                Levels([.. person.Select(f => f.Level)]), at)], ct);
        }

        return audit.ToString();
    }

    private static Id<Cluster>? Id(string? cluster) => cluster is null ? null : Id<Cluster>.Parse(cluster, null);

    private static Personal<ValueList<int>> Levels(ValueList<int> levels) => Personal<ValueList<int>>.Of(levels);

    private static async Task Tell<TState, TEvent>(RunningHost host, Guid stream, TEvent[] facts, CancellationToken ct)
        where TState : IState<TState, TEvent>
        where TEvent : class
    {
        var streams = host.Services.GetRequiredService<Streams<TState, TEvent>>();
        (await streams.Execute(stream, new Told<TState, TEvent>(facts), new Execution(CommandMetadata.System("test")), ct)).ShouldBeOfType<Outcome.Written>();
    }

    private sealed record Told<TState, TEvent>(TEvent[] Facts) : ICommand<TState, TEvent>
    {
        public Decision<TEvent> Decide(TState state) => Decision<TEvent>.Of(Facts);
    }
}
