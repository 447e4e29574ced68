using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.Audits;

/// <param name="Answered">Peers who have begun to answer: they stay.</param>
internal sealed record ChoosePeers(
    Id<Person> Person, ValueList<Id<Person>> Peers, ValueList<Id<Person>> Answered, Id<Person> By, DateTimeOffset Now) : ICommand<Campaign, CampaignEvent>
{
    public static readonly Refusal NoPeers = new("no-peers-asked", "In this audit peers do not rate. Open one of 270 degrees for that.");
    public static readonly Refusal NoPeer = new(
        "not-a-peer", "Neither the person nor who rates as the manager is a peer. Choose other colleagues.", 422);
    public static readonly Refusal HasAnswered = new("peer-has-answered", "A peer who has begun to answer stays. Choose the others around.");

    public Decision<CampaignEvent> Decide(Campaign state)
    {
        if (state is not Campaign.Open o) return state is Campaign.Absent ? AuditRules.Unknown : AuditRules.Ended;
        if (o.Raters != RaterScheme.ThreeQuarters) return NoPeers;
        if (o.Find(Person) is not { } rated) return o.HasLeft(Person) ? AuditRules.PersonLeft : AuditRules.NotRated;
        if (Now >= o.Deadline) return AuditRules.DeadlinePassed;
        if (Peers.Any(p => p == Person || p == rated.Manager || o.HasLeft(p))) return NoPeer;
        if (rated.Peers.Any(p => Answered.Contains(p) && !Peers.Contains(p))) return HasAnswered;
        return rated.Peers.Order().SequenceEqual(Peers.Order()) ? Decision<CampaignEvent>.Nothing : new AuditPeersChosen(Person, Peers, By, Now);
    }
}

internal static class ChoosePeersEndpoint
{
    private static readonly Refusal Strangers = new(
        "peer-not-of-firm", "Peers are colleagues in the firm for which the person is rated. Look the firm's people up.", 422);

    internal sealed record Body(IReadOnlyList<Id<Person>> Peers) : IValidated
    {
        public void Validate(Faults faults) => faults.Count("peers", Peers, 0, AuditRules.MaxPeers);
    }

    internal static void MapChoosePeers(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/skills/audits/{id}/people/{person}/peers", Handle)
            .WithName(nameof(ChoosePeers)).WithSummary("Choose who rates somebody as a peer; three at least, or what peers say is not shown")
            .WithExample(new Body([Id<Person>.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f", null)]))
            .SignedInMayCall("the person who is rated, and managers of the firm");

    internal static async Task<IResult> Handle(
        Id<Audit> id, Id<Person> person, Body body, IfMatch ifMatch, Caller caller, AuditDesk desk, AuditReads reads, IFirmDirectory directory,
        Streams<Campaign, CampaignEvent> campaigns, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await desk.Open(id, caller, ct) is not { } audit) return Problems.From(AuditRules.Unknown);
        if ((await reads.People(id, ct)).FirstOrDefault(p => p.Person == person) is not { } rated) return Problems.From(AuditRules.NotRated);
        if (caller.Person != person && !audit.Manages(rated.Firm)) return Problems.From(AuditRules.NotManager);
        var staff = (await directory.EmployedBy([rated.Firm], ct)).Select(e => e.Person).ToHashSet();
        var peers = body.Peers.Distinct().ToList();
        if (!peers.All(staff.Contains)) return Problems.From(Strangers);
        var answered = (await reads.Sheets(id, ct)).Where(s => s.Person == person && s.Kind == RaterKind.Peer).Select(s => s.Rater);
        var command = new ChoosePeers(person, [.. peers], [.. answered], caller.Person, clock.GetUtcNow());
        return await commands.Run(campaigns, id.Value, command, Reply.Changed($"/api/v1/skills/audits/{id}", id), ct);
    }
}
