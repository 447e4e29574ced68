using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Projections;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Accounts;

internal abstract record FunderEvent;

/// <param name="Name">An authority, a chamber, a foundation: written by a person, and may name one.</param>
[StoredAs("pool_funder_named")]
internal sealed record FunderNamed(
    Id<Cluster> Cluster, [PersonalData(nameof(By), KeyClass.FreeText)] Personal<string> Name, Id<Person> By, DateTimeOffset At) : FunderEvent;

/// <summary>Who gives money to a pool and belongs to no firm of it.</summary>
internal abstract record Funder : IState<Funder, FunderEvent>
{
    public sealed record Absent : Funder;

    public sealed record Named : Funder;

    public static Funder Initial { get; } = new Absent();

    public static Funder Evolve(Funder state, FunderEvent fact) => fact switch
    {
        FunderNamed => new Named(),
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}

internal sealed record NameFunder(Id<Cluster> Cluster, string Name, Id<Person> By, DateTimeOffset Now) : ICommand<Funder, FunderEvent>
{
    public static readonly Refusal NameTaken = new("funder-exists", "The pool has a funder of this name already. Use that one, or give this one a name of its own.");

    public Decision<FunderEvent> Decide(Funder state) => state is Funder.Absent ? new FunderNamed(Cluster, Name, By, Now) : Decision<FunderEvent>.Nothing;
}

internal sealed record FunderRow(Id<Funder> Id, Id<Cluster> Cluster, Personal<string> Name, Id<Person> NamedBy, DateTimeOffset NamedAt, long Version);

/// <summary>The funders of all pools, each name once in a pool.</summary>
internal sealed class Funders() : InlineProjection<FunderEvent, FunderRow>(ResourcesModule.Name, Table)
{
    public static readonly Table<FunderRow> Table = new(ResourcesModule.Name, "pool_funders", nameof(FunderRow.Id)) { Guard = true, Indexes = ["unique (cluster, lower(name))"] };

    protected override FunderRow? Apply(FunderRow? row, Recorded<FunderEvent> recorded) => recorded.Fact is FunderNamed e
        ? new(new(recorded.Stream), e.Cluster, e.Name, e.By, e.At, recorded.Version)
        : row;
}

internal static class NameFunderEndpoint
{
    internal sealed record Body(string Name) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("name", Name, 1, 200);
    }

    internal static void MapNameFunder(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/resources/clusters/{cluster}/funders", Handle)
            .WithName(nameof(NameFunder))
            .WithSummary("Name a funder, who then has an account in the pool's books")
            .WithExample(new Body("Regional fund for skills"))
            .SignedInMayCall("the cluster's coordinator; for people outside the cluster it does not exist");

    internal static async Task<IResult> Handle(
        Id<Cluster> cluster, Body body, Caller caller, Standing standing, Streams<Funder, FunderEvent> funders, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await standing.MayKeepBooks(caller, cluster, ct) is { } refusal) return Problems.From(refusal);
        var id = Id<Funder>.New(clock);
        return await commands.Run(
            funders, id.Value, new NameFunder(cluster, body.Name.Trim(), caller.Person, clock.GetUtcNow()), Reply.Created($"/api/v1/resources/clusters/{cluster}/funders", id), ct,
            onGuard: _ => Task.FromResult(NameFunder.NameTaken));
    }
}
