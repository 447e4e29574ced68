using ClusterNet.Access.Contracts;
using ClusterNet.Privacy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Access.Erasures;

/// <summary>Which personal data the installation holds of anybody, why and how long.</summary>
internal static class ReadPersonalDataEndpoint
{
    /// <param name="Members">Which members of which events hold it.</param>
    internal sealed record OfClass(
        string Class, string What, string Purpose, string LegalBasis, string Retention, IReadOnlyList<PersonalEntry> Members);

    internal sealed record Answer(IReadOnlyList<OfClass> Classes);

    internal static void MapReadPersonalData(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/access/personal-data", Handle)
            .WithName("ReadPersonalData").WithSummary("Which personal data is held, for what purpose, on which basis, and how long")
            .Produces<Answer>().AnyoneMayCall("it tells of kinds of data, not of persons");

    private static Ok<Answer> Handle(PersonalInventory inventory, PersonalDataPolicy policy) => TypedResults.Ok(new Answer(
        [
            .. policy.Classes.Select(c => new OfClass(
                c.Class, c.What, c.Purpose, c.LegalBasis, c.Retention, [.. inventory.Entries.Where(e => e.KeyClass == c.Class)])),
        ]));
}
