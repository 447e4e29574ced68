using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Mentoring;

internal sealed record CallForHelp(Id<Person> By, Id<HelpCall> Call, Id<Cluster> Cluster, string Words, DateTimeOffset Now) : PairCommand(By)
{
    public static readonly Refusal CalledAlready = new("help-called-already", "Your last call waits for the coordinator. Write to them, or wait until it is settled.");

    protected override Decision<PairEvent> Decide(Pair.Kept pair)
    {
        if (pair.BegunAt is null) return MentoringRules.NotActive;
        return pair.Calls.Any(c => c.By == By && !c.Settled) ? CalledAlready : new MentoringHelpCalled(Call, By, Cluster, Words, Now);
    }
}

/// <param name="Coordinator">Who has seen to it.</param>
internal sealed record SettleHelp(Id<HelpCall> Call, Id<Cluster> Cluster, Id<Person> Coordinator, DateTimeOffset Now) : ICommand<Pair, PairEvent>
{
    public static readonly Refusal Unknown = new("help-call-unknown", "The cluster has no such call for help. Read the list of calls.", 404);

    public Decision<PairEvent> Decide(Pair state) => (state as Pair.Kept)?.Calls.FirstOrDefault(c => c.Id == Call && c.Cluster == Cluster) switch
    {
        null => Unknown,
        { Settled: true } => Decision<PairEvent>.Nothing,
        _ => new MentoringHelpSettled(Call, Coordinator, Now),
    };
}

internal static class CallForHelpEndpoint
{
    public static readonly Refusal NoCluster = new(
        "no-cluster-to-ask", "Neither of you belongs to a cluster whose coordinator could help, or you name another one. Leave 'cluster' out, or talk to your firm.", 422);

    /// <param name="Words">All that the coordinator is told, with one's name.</param>
    /// <param name="Cluster">Needed by nobody; for people of several clusters.</param>
    internal sealed record Body(string Words, Id<Cluster>? Cluster = null) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("words", Words, 1, MentoringRules.MaxText);
    }

    /// <summary>A call as the coordinator sees it: that help is asked, by whom, in which words.</summary>
    internal sealed record Shown(Id<HelpCall> Id, Id<Person> Person, Personal<string> Words, DateTimeOffset At, DateTimeOffset? SettledAt);

    internal static void MapCallForHelp(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/learning/mentoring/pairs/{id}/help", Call)
            .WithName(nameof(CallForHelp)).WithSummary("Ask the cluster's coordinator for help; told are one's name and these words, and nothing else")
            .WithExample(new Body("We have not found a time for weeks. Could you talk to us both?")).SignedInMayCall("the two");
        routes.MapGet("/learning/mentoring/clusters/{cluster}/help", List)
            .WithName("ListHelpCalls").WithSummary("Calls for help, the newest first").Produces<IReadOnlyList<Shown>>().InClusterMayCall("cluster", Role.Coordinator);
        routes.MapPost("/learning/mentoring/clusters/{cluster}/help/{call}/settling", Settle)
            .WithName(nameof(SettleHelp)).WithSummary("Say that one has seen to a call for help").InClusterMayCall("cluster", Role.Coordinator);
    }

    internal static async Task<IResult> Call(
        Id<Pair> id, Body body, IfMatch ifMatch, Caller caller, PairDesk desk, IFirmDirectory directory, TimeProvider clock, CancellationToken ct)
    {
        if (await desk.Find(id, caller, ct) is not { } pair) return Problems.From(MentoringRules.Unknown);
        if (await ClusterFor(pair.State, body.Cluster, caller, directory, ct) is not { } cluster) return Problems.From(NoCluster);
        return await desk.Run(id, caller, new CallForHelp(caller.Person, Id<HelpCall>.New(clock), cluster, body.Words.Trim(), desk.Now), ct);
    }

    private static async Task<IResult> List(Id<Cluster> cluster, HelpDesk help, CancellationToken ct) =>
        TypedResults.Ok((await help.Of(cluster, ct)).Select(h => new Shown(h.Id, h.By, h.Words, h.At, h.SettledAt)).ToList());

    internal static Task<IResult> Settle(Id<Cluster> cluster, Id<HelpCall> call, Caller caller, HelpDesk help, CancellationToken ct) => help.Settle(cluster, call, caller, ct);

    /// <summary>The named cluster of the caller's, else one that both belong to, else one of the caller's, else one of the other's.</summary>
    private static async Task<Id<Cluster>?> ClusterFor(Pair.Kept pair, Id<Cluster>? named, Caller caller, IFirmDirectory directory, CancellationToken ct)
    {
        var own = await directory.ClustersOf(caller, ct);
        var others = new List<Id<Cluster>>();
        foreach (var job in await directory.EmploymentsOf(pair.OtherThan(caller.Person), ct)) others.AddRange(await directory.ClustersOf(job.Firm, ct));
        if (named is { } wanted) return own.Concat(others).Contains(wanted) ? wanted : null;
        return own.Where(others.Contains).Concat(own).Concat(others).Select(c => (Id<Cluster>?)c).FirstOrDefault();
    }
}
