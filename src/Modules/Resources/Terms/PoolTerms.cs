using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Terms;

internal abstract record PoolTermsEvent;

[StoredAs("pool_terms_set")]
internal sealed record PoolTermsSet(Id<Cluster> Cluster, SeatTerms Terms, Id<Person> By, DateTimeOffset At) : PoolTermsEvent;

/// <summary>The terms that new sessions of a cluster's pool begin with.</summary>
internal sealed record PoolTerms(SeatTerms Terms) : IState<PoolTerms, PoolTermsEvent>
{
    public static PoolTerms Initial { get; } = new(SeatTerms.None);

    public static Guid IdOf(Id<Cluster> cluster) => NamedGuid.Of("pool-terms", cluster.ToString());

    public static PoolTerms Evolve(PoolTerms state, PoolTermsEvent fact) => fact switch
    {
        PoolTermsSet e => new(e.Terms),
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

internal sealed record SetPoolTerms(Id<Cluster> Cluster, SeatTerms Terms, Id<Person> By, DateTimeOffset Now) : ICommand<PoolTerms, PoolTermsEvent>
{
    public Decision<PoolTermsEvent> Decide(PoolTerms state) =>
        state.Terms == Terms ? Decision<PoolTermsEvent>.Nothing : new PoolTermsSet(Cluster, Terms, By, Now);
}

internal static class PoolTermsEndpoints
{
    internal static void MapPoolTerms(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/resources/clusters/{cluster}/terms", Show)
            .WithName("ShowPoolTerms").WithSummary("The terms that new sessions of the pool begin with")
            .Produces<SeatTerms>().SignedInMayCall("who belongs to the cluster");
        routes.MapPut("/resources/clusters/{cluster}/terms", Set)
            .WithName(nameof(SetPoolTerms)).WithSummary("Set the terms that new sessions begin with; sessions that are booked keep theirs")
            .WithExample(new TermsBody(2_000, 3_000, 24))
            .SignedInMayCall("the cluster's coordinator; for people outside the cluster it does not exist");
    }

    private static async Task<IResult> Show(
        Id<Cluster> cluster, Caller caller, Standing standing, Streams<PoolTerms, PoolTermsEvent> terms, HttpContext http, CancellationToken ct)
    {
        if (!await standing.MaySee(caller, cluster, ct)) return Problems.From(Standing.ClusterUnknown);
        var loaded = await terms.Load(PoolTerms.IdOf(cluster), ct);
        if (loaded.Version > 0) ETags.Set(http, loaded.Version);
        return Results.Ok(loaded.State.Terms);
    }

    internal static async Task<IResult> Set(
        Id<Cluster> cluster, TermsBody body, Caller caller, Standing standing, Streams<PoolTerms, PoolTermsEvent> terms, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await standing.MayKeepBooks(caller, cluster, ct) is { } refusal) return Problems.From(refusal);
        return await commands.Run(
            terms, PoolTerms.IdOf(cluster), new SetPoolTerms(cluster, body.ToTerms(), caller.Person, clock.GetUtcNow()),
            Reply.Changed($"/api/v1/resources/clusters/{cluster}/terms", cluster), ct);
    }
}
