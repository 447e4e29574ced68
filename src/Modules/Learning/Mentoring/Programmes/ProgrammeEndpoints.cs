using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Mentoring.Programmes;

internal static class ProgrammeEndpoints
{
    internal sealed record FoundBody(string Title, string Aim, DateOnly From, DateOnly Until) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("title", Title, 1, 120).Text("aim", Aim, 1, MentoringRules.MaxText)
            .Day("from", From, new(2000, 1, 1), new(2200, 1, 1)).Day("until", Until, new(2000, 1, 1), new(2210, 1, 1));
    }

    /// <param name="Email">Instead of the id: of somebody from outside with an account.</param>
    internal sealed record InviteBody(ProgrammePart Part, Id<Person>? Person = null, string? Email = null) : IValidated
    {
        public void Validate(Faults faults) => faults.Check(Person is null != Email is null, "person", "one-of-two", "Name either a person or an address.");
    }

    internal sealed record JoinBody(ProgrammePart Part);

    /// <param name="Words">Why the two are proposed to each other; both read it.</param>
    internal sealed record PairBody(Id<Person> Mentor, Id<Person> Mentee, string Words) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("words", Words, 1, MentoringRules.MaxText);
    }

    internal sealed record Words(string Text) : IValidated
    {
        public void Validate(Faults faults) => faults.Text("text", Text, 1, MentoringRules.MaxText);
    }

    internal sealed record Summary(Id<Programme> Id, Personal<string> Title, DateOnly From, DateOnly Until, DateTimeOffset? EndedAt);

    /// <summary>Of a proposed pair nothing but how it stands.</summary>
    internal sealed record Proposed(Id<Person> Mentor, Id<Person> Mentee, PairStatus Status);

    /// <param name="Members">For coordinators; for others only themselves.</param>
    /// <param name="Pairs">For coordinators.</param>
    internal sealed record Answer(
        Id<Programme> Id, Id<Cluster> Cluster, Personal<string> Title, Personal<string> Aim, DateOnly From, DateOnly Until, IReadOnlyList<Programme.Member> Members,
        IReadOnlyList<Proposed>? Pairs, ProgrammeFigures Figures, DateTimeOffset? EndedAt, Personal<string> Outcome, long Version);

    internal static void MapProgrammes(this IEndpointRouteBuilder routes)
    {
        const string leads = "coordinators of its cluster", sees = "people of its cluster, and who was invited";
        routes.MapPost("/learning/mentoring/clusters/{cluster}/programmes", Found)
            .WithName(nameof(FoundProgramme)).WithSummary("Found a mentoring programme: aim and time")
            .WithExample(new FoundBody("First year in charge", "New leaders of small firms learn from old ones", new(2027, 2, 1), new(2027, 12, 31)))
            .InClusterMayCall("cluster", Role.Coordinator);
        routes.MapGet("/learning/mentoring/clusters/{cluster}/programmes", List)
            .WithName("ListProgrammes").WithSummary("A cluster's mentoring programmes, those that run first").Produces<IReadOnlyList<Summary>>().SignedInMayCall("people of the cluster");
        routes.MapGet("/learning/mentoring/programmes/{id}", Read)
            .WithName("ReadProgramme").WithSummary("A mentoring programme, with figures from five people on").Produces<Answer>().SignedInMayCall(sees);
        routes.MapPost("/learning/mentoring/programmes/{id}/invitations", Invite)
            .WithName(nameof(InviteToProgramme)).WithSummary("Invite somebody; mentors may come from outside the cluster")
            .WithExample(new InviteBody(ProgrammePart.Mentor, Id<Person>.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f", null))).SignedInMayCall(leads);
        routes.MapPost("/learning/mentoring/programmes/{id}/membership", Join)
            .WithName(nameof(JoinProgramme)).WithSummary("Join as a mentor or as a mentee").WithExample(new JoinBody(ProgrammePart.Mentee)).SignedInMayCall(sees);
        routes.MapPost("/learning/mentoring/programmes/{id}/membership/end", Leave)
            .WithName(nameof(LeaveProgramme)).WithSummary("Leave the programme; what two people have begun is theirs to go on or end").SignedInMayCall(sees);
        routes.MapPost("/learning/mentoring/programmes/{id}/pairs", Pair)
            .WithName("ProposePair").WithSummary("Propose two members to each other; it begins when both have accepted")
            .WithExample(new PairBody(Id<Person>.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e5f", null), Id<Person>.Parse("0198f2c4-7d1e-7c3a-9b43-0a1b2c3d4e60", null), "You both sell to the same trade"))
            .SignedInMayCall(leads);
        routes.MapPost("/learning/mentoring/programmes/{id}/review", Review)
            .WithName(nameof(ReviewProgramme)).WithSummary("Note how the programme goes").WithExample(new Words("Half of the pairs meet every week")).SignedInMayCall(leads);
        routes.MapPost("/learning/mentoring/programmes/{id}/end", End)
            .WithName(nameof(EndProgramme)).WithSummary("End the programme, with what came of it").WithExample(new Words("Nine of ten would do it again")).SignedInMayCall(leads);
    }

    internal static Task<IResult> Found(Id<Cluster> cluster, FoundBody body, Caller caller, ProgrammeDesk desk, CancellationToken ct) =>
        desk.Found(new(cluster, caller.Person, body.Title.Trim(), body.Aim.Trim(), body.From, body.Until, desk.Now), ct);

    private static async Task<IResult> List(Id<Cluster> cluster, Caller caller, ProgrammeDesk desk, CancellationToken ct) => await desk.BelongsTo(cluster, caller, ct)
        ? TypedResults.Ok((await desk.Of(cluster, ct)).ConvertAll(r => new Summary(r.Id, r.Title, r.FromDay, r.UntilDay, r.EndedAt)))
        : Problems.From(ProgrammeRules.Unknown);

    private static async Task<IResult> Read(Id<Programme> id, Caller caller, ProgrammeDesk desk, HttpContext http, CancellationToken ct)
    {
        if (await desk.Find(id, caller, ct) is not { } seen) return Problems.From(ProgrammeRules.Unknown);
        var (k, pairs) = (seen.State, await desk.Pairs(id, ct));
        ETags.Set(http, seen.Version);
        return TypedResults.Ok(new Answer(
            id, k.Founded.Cluster, k.Founded.Title, k.Founded.Aim, k.Founded.FromDay, k.Founded.UntilDay, seen.Leads ? k.Members : [.. k.Members.Where(m => m.Person == caller.Person)],
            seen.Leads ? pairs.ConvertAll(p => new Proposed(p.Mentor, p.Mentee, p.Status)) : null, ProgrammeDesk.Figures(pairs), k.EndedAt, k.Outcome, seen.Version));
    }

    internal static Task<IResult> Invite(Id<Programme> id, InviteBody body, IfMatch ifMatch, Caller caller, ProgrammeDesk desk, CancellationToken ct) => desk.Lead(
        id, caller,
        async seen => await desk.Named(body.Person, body.Email, ct) is { } person
            ? (new InviteToProgramme(person, body.Part, !await desk.WorksIn(seen.State.Founded.Cluster, person, ct), caller.Person, desk.Now), null)
            : (null, ProgrammeRules.PersonUnknown), ct);

    internal static Task<IResult> Join(Id<Programme> id, JoinBody body, IfMatch ifMatch, Caller caller, ProgrammeDesk desk, CancellationToken ct) => desk.Take(
        id, caller, async seen => new JoinProgramme(caller.Person, body.Part, await desk.WorksIn(seen.State.Founded.Cluster, caller.Person, ct), desk.Now), ct);

    internal static Task<IResult> Leave(Id<Programme> id, IfMatch ifMatch, Caller caller, ProgrammeDesk desk, CancellationToken ct) =>
        desk.Take(id, caller, _ => Task.FromResult<ICommand<Programme, ProgrammeEvent>>(new LeaveProgramme(caller.Person, desk.Now)), ct);

    internal static async Task<IResult> Pair(Id<Programme> id, PairBody body, Caller caller, ProgrammeDesk desk, PairDesk pairs, CancellationToken ct)
    {
        if (await desk.Find(id, caller, ct) is not { } seen) return Problems.From(ProgrammeRules.Unknown);
        if (!seen.Leads) return Problems.From(Permissions.NotAllowed);
        if (seen.State.EndedAt is not null) return Problems.From(ProgrammeRules.Over);
        if (!Has(body.Mentor, ProgrammePart.Mentor) || !Has(body.Mentee, ProgrammePart.Mentee)) return Problems.From(ProgrammeRules.NotInIt);
        return await pairs.Ask(new(body.Mentor, body.Mentee, MentorKind.Mentor, caller.Person, id, body.Words.Trim(), "", [], Rhythm.Weekly, desk.Now), ct);

        bool Has(Id<Person> person, ProgrammePart part) => seen.State.Find(person) is { Joined: true } member && member.Part == part;
    }

    internal static Task<IResult> Review(Id<Programme> id, Words body, IfMatch ifMatch, Caller caller, ProgrammeDesk desk, CancellationToken ct) =>
        desk.Lead(id, caller, _ => Do(new ReviewProgramme(caller.Person, body.Text.Trim(), desk.Now)), ct);

    internal static Task<IResult> End(Id<Programme> id, Words body, IfMatch ifMatch, Caller caller, ProgrammeDesk desk, CancellationToken ct) =>
        desk.Lead(id, caller, _ => Do(new EndProgramme(caller.Person, body.Text.Trim(), desk.Now)), ct);

    private static Task<(ICommand<Programme, ProgrammeEvent>?, Refusal?)> Do(ICommand<Programme, ProgrammeEvent> command) =>
        Task.FromResult<(ICommand<Programme, ProgrammeEvent>?, Refusal?)>((command, null));
}
