using System.Globalization;
using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Resources.Sessions;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Resources.Pool;

/// <param name="Described">The description as it shall be.</param>
internal sealed record DescribeResource(ResourceDescribed Described) : ICommand<Resource, ResourceEvent>
{
    public Decision<ResourceEvent> Decide(Resource state) => state switch
    {
        Resource.Pooled { Described: { } now } when now with { By = Described.By, At = Described.At } == Described => Decision<ResourceEvent>.Nothing,
        Resource.Pooled => Described,
        Resource.Withdrawn => Timetable.Withdrawn,
        _ => Timetable.ResourceUnknown,
    };
}

internal static class DescribeResourceEndpoint
{
    internal const int MostMinutes = 8 * 60;

    /// <param name="Equipment">What it has, such as a beamer and twelve benches.</param>
    /// <param name="TrainingUri">The skill of the catalogue that one needs before one uses it; one that it has already may stay when it retires.</param>
    /// <param name="BufferBefore">Minutes that it needs before each booking, within its hours; bookings that are there keep what they have.</param>
    /// <param name="BufferAfter">Minutes that it needs after each booking.</param>
    internal sealed record Body(
        string Equipment = "", IReadOnlyList<Accessibility>? Accessibility = null, string? TrainingUri = null, int BufferBefore = 0, int BufferAfter = 0) : IValidated
    {
        public void Validate(Faults faults)
        {
            faults.Text("equipment", Equipment, 0, 2_000);
            faults.Count("accessibility", Accessibility, 0, 4);
            if (TrainingUri is not null) faults.Url("trainingUri", TrainingUri);
            faults.Whole("bufferBefore", BufferBefore, 0, MostMinutes).Whole("bufferAfter", BufferAfter, 0, MostMinutes);
        }
    }

    internal static void MapDescribeResource(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/resources/resources/{id}/description", Handle)
            .WithName(nameof(DescribeResource))
            .WithSummary("Describe a resource: what it has, how accessible it is, what one must know to use it, and the minutes that it needs around each booking")
            .WithExample(new Body("Beamer, whiteboard, twelve benches", [Pool.Accessibility.StepFree, Pool.Accessibility.Lift], null, 15, 30))
            .SignedInMayCall("a manager of the firm that contributed it, or the cluster's coordinator");

    internal static async Task<IResult> Handle(
        Id<Resource> id, Body body, Caller caller, PoolQueries pool, ISkillCatalogue skills, Streams<Resource, ResourceEvent> resources, Commands commands, TimeProvider clock,
        CancellationToken ct)
    {
        if (await pool.Find(id, caller, ct) is not { } resource) return Problems.From(Timetable.ResourceUnknown);
        if (!Standing.IsFor(caller, resource.Cluster, resource.Firm)) return Problems.From(Standing.NotForFirm);
        if (body.TrainingUri is { } skill && skill != resource.TrainingUri
            && await skills.Check([skill], CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, ct) is { } unknown) return Problems.From(unknown);
        var described = new ResourceDescribed(
            body.Equipment.Trim(), [.. (body.Accessibility ?? []).Distinct().Order()], body.TrainingUri, body.BufferBefore, body.BufferAfter, caller.Person, clock.GetUtcNow());
        return await commands.Run(resources, id.Value, new DescribeResource(described), Reply.Changed($"/api/v1/resources/resources/{id}", id), ct);
    }
}
