using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Mentoring;

/// <summary>Mentors and peer coaches: those who are shown, with reasons.</summary>
internal static class ReadMentorsEndpoint
{
    private const int MaxWishes = 10;

    /// <param name="Visibility">To the mentor alone.</param>
    internal sealed record OfferAnswer(
        Id<Offer> Id, Id<Person> Person, MentorKind Kind, IReadOnlyList<string> SkillUris, IReadOnlyList<string> Languages, Personal<ValueList<string>> Interests,
        Personal<string> Site, Personal<string> Availability, Personal<string> Accommodates, int HoursPerMonth, int Capacity, Reach Reach, Visibility? Visibility,
        bool Paused, long Version)
    {
        public static OfferAnswer Of(OfferRow r, bool own) => new(
            r.Id, r.Person, r.Kind, r.SkillUris, r.Languages, r.Interests, r.Site, r.Availability, r.Accommodates, r.HoursPerMonth, r.Capacity, r.Reach,
            own ? r.Visibility : null, r.Paused, r.Version);
    }

    /// <summary>A mentor with what speaks for and what against; people choose.</summary>
    internal sealed record MatchAnswer(OfferAnswer Mentor, int PlacesFree, IReadOnlyList<Reason> Reasons, IReadOnlyList<Conflict> Conflicts)
    {
        public static MatchAnswer Of(Match m, Id<Person> caller) => new(OfferAnswer.Of(m.Offer, m.Offer.Person == caller), m.PlacesFree, m.Reasons, m.Conflicts);
    }

    internal static void MapReadMentors(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/learning/mentoring/mentors", List)
            .WithName("FindMentors").WithSummary("Mentors and peer coaches who could help, each with reasons and conflicts of interest")
            .WithDescription(
                "Parameters: skill (a concept URI), interest, language (each may be given several times), site (where a peer coach is to be at hand), hours (a month, at least) and kind. Who shares the most comes first; " +
                "equals come in a random order that stays the same. There is no score: people choose.")
            .Produces<IReadOnlyList<MatchAnswer>>().SignedInMayCall("each offer as its mentor shows it");
        routes.MapGet("/learning/mentoring/mentors/{id}", Read)
            .WithName("ReadMentor").WithSummary("One offer of a mentor or peer coach").Produces<MatchAnswer>().SignedInMayCall("each offer as its mentor shows it");
        routes.MapGet("/learning/mentoring/me/offers", Own)
            .WithName("ListOwnMentorOffers").WithSummary("What one offers oneself").Produces<IReadOnlyList<OfferAnswer>>().SignedInMayCall("everybody about themselves").OwnData();
    }

    private static async Task<IResult> List(
        Caller caller, MatchDesk desk, CancellationToken ct, string[]? skill = null, string[]? interest = null, string[]? language = null, int? hours = null, string? kind = null, string? site = null)
    {
        if (kind is not null && OfferDesk.KindOf(kind) is null) return Problems.Of(400, "unknown-kind", "The parameter 'kind' takes mentor or peer-coach.", ("parameter", "kind"));
        var wish = new Wish(
            caller.Person, kind is null ? null : OfferDesk.KindOf(kind), [.. (skill ?? []).Distinct().Take(MaxWishes)], [.. (interest ?? []).Distinct().Take(MaxWishes)],
            [.. (language ?? []).Distinct().Take(MaxWishes)], hours ?? 0, (site ?? "").Trim());
        return TypedResults.Ok((await desk.Find(wish, caller, ct)).Select(m => MatchAnswer.Of(m, caller.Person)).ToList());
    }

    private static async Task<IResult> Read(Id<Offer> id, Caller caller, OfferDesk offers, MatchDesk desk, HttpContext http, CancellationToken ct)
    {
        if (await offers.Find(id.Value, caller, ct) is not { } offer) return Problems.From(MentoringRules.OfferUnknown);
        ETags.Set(http, offer.Version);
        return TypedResults.Ok(MatchAnswer.Of(await desk.Of(offer, caller, ct), caller.Person));
    }

    private static async Task<IResult> Own(Caller caller, OfferDesk offers, CancellationToken ct) =>
        TypedResults.Ok((await offers.Own(caller.Person, ct)).ConvertAll(r => OfferAnswer.Of(r, true)));
}
