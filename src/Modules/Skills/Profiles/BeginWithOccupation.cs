using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Skills.Catalogue;
using ClusterNet.Skills.Contracts;
using ClusterNet.Skills.Occupations;
using ClusterNet.Skills.Scale;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Skills.Profiles;

/// <summary>What a role profile begins with that is drawn up from an occupation. Nothing of it is kept until somebody draws the profile up.</summary>
/// <param name="Essential">What the occupation takes, as far as a profile has room.</param>
/// <param name="Beyond">Essential skills for which a profile has no room.</param>
/// <param name="Optional">What helps with the occupation, to choose from.</param>
/// <param name="Retired">Skills of the occupation that are not for new use any more.</param>
/// <param name="Unknown">URIs of those that the catalogue does not have.</param>
internal sealed record OccupationDraft(
    IReadOnlyList<SkillCard> Essential, IReadOnlyList<SkillCard> Beyond, IReadOnlyList<SkillCard> Optional, IReadOnlyList<SkillCard> Retired, IReadOnlyList<string> Unknown)
{
    /// <summary>All that can be chosen.</summary>
    public IEnumerable<SkillCard> Offered => [.. Essential, .. Beyond, .. Optional];

    /// <param name="cards">What the catalogue knows of the occupation's skills.</param>
    public static OccupationDraft Of(OccupationRow occupation, IReadOnlyDictionary<string, SkillCard> cards)
    {
        var (essential, all) = (occupation.EssentialUris.Distinct().ToList(), occupation.EssentialUris.Concat(occupation.OptionalUris).Distinct().ToList());
        var usable = essential.Where(cards.ContainsKey).Select(u => cards[u]).Where(c => !c.Retired).ToList();
        return new(
            [.. usable.Take(ProfileRules.MaxSkills)], [.. usable.Skip(ProfileRules.MaxSkills)],
            [.. all.Except(essential).Where(cards.ContainsKey).Select(u => cards[u]).Where(c => !c.Retired)],
            [.. all.Where(cards.ContainsKey).Select(u => cards[u]).Where(c => c.Retired)], [.. all.Where(u => !cards.ContainsKey(u))]);
    }
}

internal static class BeginWithOccupationEndpoint
{
    internal sealed record Skill(string SkillUri, string Label, int Level);

    /// <param name="Skills">What to send as the profile's skills, edited or as it is.</param>
    /// <param name="Optional">Skills that may be added; essential ones for which a profile has no room come first.</param>
    /// <param name="WithoutRoom">How many of <paramref name="Optional"/> those are.</param>
    /// <param name="Retired">Left out: not for new use any more; with what stands in their place.</param>
    /// <param name="Unknown">Left out: the catalogue does not have them.</param>
    internal sealed record Shown(
        string Occupation, string Title, IReadOnlyList<Skill> Skills, IReadOnlyList<Skill> Optional, int WithoutRoom, IReadOnlyList<SkillCard> Retired,
        IReadOnlyList<string> Unknown, string Attribution);

    internal static void MapBeginWithOccupation(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/skills/occupations/{occupation}/profile", Handle)
            .WithName("BeginWithOccupation").WithSummary("What a role profile begins with that is drawn up from an occupation; nothing is kept")
            .WithDescription(
                $"Essential skills, {ProfileRules.MaxSkills} at most, at step {SkillScale.Usual}; optional ones to add. Edit it and send it with POST /skills/profiles.")
            .Produces<Shown>().AnyoneMayCall("the catalogue is public");

    private static async Task<IResult> Handle(
        Id<Occupation> occupation, IOccupations occupations, ISkillCatalogue skills, HttpContext http, CancellationToken ct, string? language = null)
    {
        if (await occupations.Read(occupation.ToString(), ct) is not { Kind: OccupationKind.Occupation } row) return Problems.From(ReadOccupationsEndpoints.Unknown);
        var wanted = Languages.Of(language, http.Request);
        var draft = OccupationDraft.Of(row, await skills.Find([.. row.EssentialUris, .. row.OptionalUris], wanted, ct));
        http.Response.Headers.Vary = "Accept-Language";
        return TypedResults.Ok(new Shown(
            row.Uri, row.LabelIn(wanted), Lines(draft.Essential), Lines([.. draft.Beyond, .. draft.Optional]), draft.Beyond.Count, draft.Retired, draft.Unknown,
            SearchSkillsEndpoint.Attribution));
    }

    private static IReadOnlyList<Skill> Lines(IEnumerable<SkillCard> cards) => [.. cards.Select(c => new Skill(c.Uri, c.Label, SkillScale.Usual))];
}
