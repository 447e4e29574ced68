using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Pool;
using ClusterNet.Resources.Sessions;
using ClusterNet.Resources.Terms;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Demand;

/// <param name="Done">The session of the proposal, when it is over or cancelled.</param>
internal sealed record PlanProposal(DemandProposalPlanned Fact, Id<Session>? Done) : ICommand<Proposal, DemandEvent>
{
    public static readonly Refusal NoDemand = new("no-demand", "Nobody in the cluster is known to need this skill now. Look at the list of proposals.");

    public Decision<DemandEvent> Decide(Proposal state) => state.Planned(Done) is { } refusal ? refusal : Fact;
}

/// <summary>Books a session, and says what can be learnt there.</summary>
internal sealed record BookDescribed(BookSession Booking, SessionDescribed Described) : ICommand<Session, SessionEvent>
{
    public Decision<SessionEvent> Decide(Session state)
    {
        var booked = Booking.Decide(state);
        return booked.Refusal is not null || booked.Facts.Length == 0 ? booked : Decision<SessionEvent>.Of([.. booked.Facts, Described]);
    }
}

internal static class PlanProposalEndpoint
{
    /// <param name="SkillUri">Of the proposal.</param>
    /// <param name="Firm">The firm that organises the session.</param>
    internal sealed record Body(
        string SkillUri, Id<Firm> Firm, string Title, DateTimeOffset Start, DateTimeOffset End, int SeatCount, IReadOnlyList<BookSessionEndpoint.ResourceBody> Resources,
        SessionKind Kind = SessionKind.Workshop, Id<Person>? Trainer = null) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("skillUri", SkillUri, 1, 500);
            new BookSessionEndpoint.Body(Firm, Kind, Title, Start, End, SeatCount, Resources, Trainer).Validate(faults);
        }
    }

    internal static void MapPlanProposal(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/resources/clusters/{cluster}/demand/sessions", Handle)
            .WithName(nameof(PlanProposal))
            .WithSummary("Plan a session from a proposal: booked whole or not at all, with its skill; firms that need it and people who wished for it are told")
            .WithExample(new Body(
                "http://data.europa.eu/esco/skill/5f2efbdf-08a2-49cd-9c06-bd284e4f0fbf", new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f")), "Market research basics",
                new(2027, 3, 9, 8, 0, 0, TimeSpan.Zero), new(2027, 3, 9, 14, 0, 0, TimeSpan.Zero), 19, [new(new(Guid.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e61")))]))
            .SignedInMayCall("the coordinator of the cluster; a manager for the own firm as organiser");

    internal static async Task<IResult> Handle(
        Id<Cluster> cluster, Body body, Caller caller, Standing standing, DemandDesk desk, Timetables timetables, AlternativeFinder finder, Streams<Session, SessionEvent> sessions,
        Streams<Proposal, DemandEvent> proposals, Streams<PoolTerms, PoolTermsEvent> terms, Commands commands, TimeProvider clock, CancellationToken ct)
    {
        if (await standing.MayActFor(caller, cluster, body.Firm, ct) is { } refusal) return Problems.From(refusal);
        if (body.Trainer is { } trainer && !await standing.WorksInCluster(trainer, cluster, ct)) return Problems.From(BookSessionEndpoint.TrainerUnknown);
        var needs = await desk.Read(cluster, ct);
        if (SkillNeed.SeenBy(caller, cluster, needs).All(n => n.SkillUri != body.SkillUri)) return Problems.From(PlanProposal.NoDemand);
        var (id, now, proposal) = (Id<Session>.New(clock), clock.GetUtcNow(), Proposal.IdOf(cluster, body.SkillUri));
        var request = new Request(
            id, cluster, [.. body.Resources.Select(r => new Wanted(r.Resource, r.Units))], new(body.Start.ToUniversalTime(), body.End.ToUniversalTime()), body.Trainer);
        var usual = (await terms.Load(PoolTerms.IdOf(cluster), ct)).State.Terms;
        var planned = await desk.Planned(body.SkillUri, needs, request, body.SeatCount, caller.Person, ct);
        return await timetables.Settle(request, Attempt, ct);

        async Task<(IResult, bool)> Attempt(Timetable timetable)
        {
            // Who planned it a moment ago has the room as well: that it is planned says more than that the room is taken.
            var state = (await proposals.Load(proposal.Value, ct)).State;
            var done = await desk.Done(state.Session, ct);
            if (state.Planned(done) is { } already) return (Problems.From(already), false);
            var lost = false;
            var booking = new BookSession(
                request, await finder.Offer(request, timetable, body.SeatCount, now, ct), body.Firm, body.Kind, body.Title.Trim(), body.SeatCount, null, caller.Person, now)
            {
                Terms = usual,
            };
            var command = new BookDescribed(booking, new("", [body.SkillUri], "", "", null, caller.Person, now));
            var result = await commands.Run(
                sessions, id.Value, command, Reply.Created($"/api/v1/resources/sessions/{id}", id), ct, _ => Task.FromResult(BookSessionEndpoint.Lost(out lost)),
                async _ => [await proposals.Prepare(proposal.Value, new PlanProposal(planned, done), ct)]);
            return (result, lost);
        }
    }
}
