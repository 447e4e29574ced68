using ClusterNet.Access.Contracts;
using ClusterNet.Accreditation.Standards;
using ClusterNet.EventStore;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Accreditation.Applications;

/// <param name="Newest">The newest version of the application's standard, with its id; null where the application is on it.</param>
internal sealed record MoveApplication((Id<Standard> Id, Standard.Published Standard)? Newest, DateTimeOffset Now) : ICommand<Application, ApplicationEvent>
{
    public static readonly Refusal NotMovable = new(
        "application-not-movable", "An application is moved while it is a draft or more evidence is asked. See its phase.");

    public Decision<ApplicationEvent> Decide(Application state)
    {
        if (state is not (Application.Draft or Application.MoreEvidenceAsked)) return NotMovable.With("phase", Phases.Of(state));
        // Moved already, or sent twice.
        if (Newest is not { } newest) return Decision<ApplicationEvent>.Nothing;
        if (newest.Standard.Retired) return OpenApplication.StandardRetired;
        var terms = newest.Standard.Terms;
        return new ApplicationMoved(
            ((Application.Existing)state).Dossier.Candidate, newest.Id, terms.Version, [.. terms.Criteria.Select(c => c.Code)], Now);
    }
}

internal static class MoveApplicationEndpoint
{
    /// <summary>Versions that are passed over at once, so that a loop in the data ends.</summary>
    private const int MostVersions = 100;

    internal static void MapMoveApplication(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/accreditation/applications/{id}/move", Handle)
            .WithName(nameof(MoveApplication))
            .WithSummary("Move an application that is not submitted to the newest version of its standard; records stay with the criteria that both have")
            .SignedInMayCall("the candidate");

    internal static async Task<IResult> Handle(
        Id<Application> id, Caller caller, ApplicationDesk desk, StandardDesk standards, Database database, Commands commands, TimeProvider clock,
        CancellationToken ct)
    {
        var opened = await desk.Open(id, caller, ct);
        if (opened.Refused(Standing.Candidate) is { } refusal) return Problems.From(refusal);
        var newest = opened.Dossier.Standard;
        for (var passed = 0; passed < MostVersions && await Standards.Standards.SuccessionOf(newest, database, ct) is { } next; passed++) newest = next.Successor;
        (Id<Standard>, Standard.Published)? target = newest != opened.Dossier.Standard
            && (await standards.Standards.Load(newest.Value, ct)).State is Standard.Published published ? (newest, published) : null;
        return await commands.Run(desk.Applications, id.Value, new MoveApplication(target, clock.GetUtcNow()), ApplicationDesk.Changed(id), ct);
    }
}
