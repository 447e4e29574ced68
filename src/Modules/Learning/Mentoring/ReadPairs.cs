using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Mentoring;

/// <summary>One's own mentoring: with whom, and what the two have said.</summary>
internal static class ReadPairsEndpoint
{
    internal sealed record Summary(
        Id<Pair> Id, Id<Person> Mentor, Id<Person> Mentee, MentorKind Kind, PairStatus Status, IReadOnlyList<Id<Person>> WaitsFor, IReadOnlyList<string> SkillUris,
        Rhythm Rhythm, DateTimeOffset AskedAt, DateTimeOffset? BegunAt, DateTimeOffset? EndedAt, DateTimeOffset? NextAt, int Sessions, int Minutes, long Version)
    {
        public static Summary Of(PairRow r) => new(
            r.Id, r.Mentor, r.Mentee, r.Kind, r.Status, [.. r.Waits.Select(w => new Id<Person>(w))], r.SkillUris, r.Rhythm, r.AskedAt, r.BegunAt, r.EndedAt, r.NextAt,
            r.SessionCount, r.MinuteCount, r.Version);
    }

    /// <param name="Place">Empty for nothing said.</param>
    internal sealed record Planned(Id<MentoringSession> Id, DateTimeOffset StartsAt, int Minutes, Personal<string> Place);

    internal sealed record Said(Id<Person> By, Personal<string> Text, DateTimeOffset At);

    internal sealed record Answer(
        Id<Pair> Id, Id<Person> Mentor, Id<Person> Mentee, MentorKind Kind, PairStatus Status, IReadOnlyList<Id<Person>> WaitsFor, Id<Person> AskedBy, Personal<string> Words,
        Personal<string> Needs, Personal<ValueList<string>> Goals, IReadOnlyList<string> SkillUris, Rhythm Rhythm, DateTimeOffset AskedAt, DateTimeOffset? BegunAt,
        DateTimeOffset? EndedAt, Personal<string> Reason, Planned? Next, IReadOnlyList<Pair.Session> Sessions, IReadOnlyList<Said> Feedback, IReadOnlyList<Said> Reviews, long Version)
    {
        public static Answer Of(SeenPair p)
        {
            var k = p.State;
            return new(
                p.Id, k.Mentor, k.Mentee, k.Asked.Kind, k.Status, k.Waits, k.Asked.By, k.Asked.Words, k.Needs, k.Goals, k.SkillUris, k.Rhythm, k.Asked.At, k.BegunAt, k.EndedAt,
                k.Reason, k.Next is { } n ? new(n.Session, n.StartsAt, n.Minutes, n.Place) : null, k.Sessions, [.. k.Feedback.Select(f => new Said(f.By, f.Text, f.At))],
                [.. k.Reviews.Select(r => new Said(r.By, r.Text, r.At))], p.Version);
        }
    }

    internal static void MapReadPairs(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/learning/mentoring/pairs", List)
            .WithName("ListMentoring").WithSummary("One's own mentoring, as mentor and as mentee, the newest first").Produces<IReadOnlyList<Summary>>()
            .SignedInMayCall("everybody about themselves").OwnData();
        routes.MapGet("/learning/mentoring/pairs/{id}", Read)
            .WithName("ReadMentoring").WithSummary("One mentoring with its goals, needs, sessions and what the two told each other").Produces<Answer>().SignedInMayCall("the two");
    }

    private static async Task<IResult> List(Caller caller, PairDesk desk, CancellationToken ct) =>
        TypedResults.Ok((await desk.Of(caller.Person, ct)).ConvertAll(Summary.Of));

    private static async Task<IResult> Read(Id<Pair> id, Caller caller, PairDesk desk, HttpContext http, CancellationToken ct)
    {
        if (await desk.Find(id, caller, ct) is not { } pair) return Problems.From(MentoringRules.Unknown);
        ETags.Set(http, pair.Version);
        return TypedResults.Ok(Answer.Of(pair));
    }
}
