using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Demand;

/// <param name="Done">The session of the proposal, when it is over or cancelled.</param>
internal sealed record SetAside(Id<Cluster> Cluster, string SkillUri, string Reason, Id<Session>? Done, Id<Person> By, DateTimeOffset Now) : ICommand<Proposal, DemandEvent>
{
    public Decision<DemandEvent> Decide(Proposal state)
    {
        if (state.SetAside) return Decision<DemandEvent>.Nothing;
        return state.Planned(Done) is { } refusal ? refusal : new DemandProposalSetAside(Cluster, SkillUri, Reason, By, Now);
    }
}

internal sealed record Resume(Id<Person> By, DateTimeOffset Now) : ICommand<Proposal, DemandEvent>
{
    public Decision<DemandEvent> Decide(Proposal state) => state.SetAside ? new DemandProposalResumed(By, Now) : Decision<DemandEvent>.Nothing;
}

internal static class SetAsideEndpoint
{
    public const int MaxReason = 300;

    internal sealed record Body(string SkillUri, string Reason) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("skillUri", SkillUri, 1, 500).Text("reason", Reason, 1, MaxReason);
    }

    internal sealed record ResumeBody(string SkillUri) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("skillUri", SkillUri, 1, 500);
    }

    internal static void MapSetAside(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/resources/clusters/{cluster}/demand/set-aside", Handle)
            .WithName(nameof(SetAside)).WithSummary("Set a proposal aside, with a reason: it is no open proposal any more")
            .WithExample(new Body("http://data.europa.eu/esco/skill/5f2efbdf-08a2-49cd-9c06-bd284e4f0fbf", "The chamber of commerce runs it in May"))
            .SignedInMayCall("the coordinator of the cluster");
        routes.MapPost("/resources/clusters/{cluster}/demand/resumption", Again)
            .WithName("ResumeProposal").WithSummary("Take a proposal up again that was set aside")
            .WithExample(new ResumeBody("http://data.europa.eu/esco/skill/5f2efbdf-08a2-49cd-9c06-bd284e4f0fbf"))
            .SignedInMayCall("the coordinator of the cluster");
    }

    internal static async Task<IResult> Handle(
        Id<Cluster> cluster, Body body, Caller caller, Standing standing, DemandDesk desk, Streams<Proposal, DemandEvent> proposals, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await standing.MayKeepBooks(caller, cluster, ct) is { } refusal) return Problems.From(refusal);
        if (SkillNeed.Of(await desk.Read(cluster, ct)).All(n => n.SkillUri != body.SkillUri)) return Problems.From(PlanProposal.NoDemand);
        var id = Proposal.IdOf(cluster, body.SkillUri);
        var done = await desk.Done((await proposals.Load(id.Value, ct)).State.Session, ct);
        return await commands.Run(
            proposals, id.Value, new SetAside(cluster, body.SkillUri, body.Reason.Trim(), done, caller.Person, clock.GetUtcNow()), Reply.Changed(DemandDesk.Link(cluster), id), ct);
    }

    internal static async Task<IResult> Again(
        Id<Cluster> cluster, ResumeBody body, Caller caller, Standing standing, Streams<Proposal, DemandEvent> proposals, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await standing.MayKeepBooks(caller, cluster, ct) is { } refusal) return Problems.From(refusal);
        var id = Proposal.IdOf(cluster, body.SkillUri);
        return await commands.Run(proposals, id.Value, new Resume(caller.Person, clock.GetUtcNow()), Reply.Changed(DemandDesk.Link(cluster), id), ct);
    }
}
