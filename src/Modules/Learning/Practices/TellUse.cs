using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Records;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Practices;

internal sealed record TellUse(PracticeUseTold Told) : ICommand<PracticeUse, PracticeUseEvent>
{
    public Decision<PracticeUseEvent> Decide(PracticeUse state) => state.Told switch
    {
        [] when Told.Stage == UseStage.GivenUp => PracticeRules.NotBegun,
        [.., var last] when last == Told with { By = last.By, At = last.At } => Decision<PracticeUseEvent>.Nothing,
        _ => Told,
    };
}

internal static class TellUseEndpoint
{
    /// <param name="Stage">trying, adopted, adapted or given-up.</param>
    /// <param name="Changed">What one's firm does differently; needed where it was adapted.</param>
    /// <param name="Result">What came of it; needed except while it is being tried.</param>
    /// <param name="Verdict">too-early, worked, partly or did-not.</param>
    /// <param name="MinutesPerMonth">Saved, where somebody counted.</param>
    /// <param name="CentsPerMonth">Saved, in euro cents, where somebody counted.</param>
    /// <param name="Firm">Needed only by people who work in several firms.</param>
    internal sealed record Body(
        UseStage Stage, string? Result = null, UseVerdict Verdict = UseVerdict.TooEarly, string? Changed = null, int? MinutesPerMonth = null, long? CentsPerMonth = null,
        Id<Firm>? Firm = null) : IValidated
    {
        public void Validate(Faults faults) => faults
            .OptionalText("changed", Changed, PracticeRules.MaxText).OptionalText("result", Result, PracticeRules.MaxText)
            .Check(Stage != UseStage.Adapted || !string.IsNullOrWhiteSpace(Changed), "changed", "change-needed", "Say what your firm does differently.")
            .Check(Stage == UseStage.Trying || !string.IsNullOrWhiteSpace(Result), "result", "result-needed", "Say what came of it: others decide by that.")
            .Check(Stage == UseStage.Trying || Verdict != UseVerdict.TooEarly, "verdict", "verdict-needed", "Say whether it worked, partly worked, or did not. While it is too early, it is being tried.")
            .Whole("minutesPerMonth", MinutesPerMonth, 0, PracticeRules.MaxMinutes).Whole("centsPerMonth", CentsPerMonth, 0, PracticeRules.MaxCents);
    }

    internal static void MapTellUse(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/learning/practices/{id}/use", Handle)
            .WithName(nameof(TellUse)).WithSummary("Say how far one's firm has come with a practice, and with what result; a firm has one use, told step by step")
            .WithExample(new Body(UseStage.Adapted, "Half the rejects after a month.", UseVerdict.Worked, "Brass instead of copper.", 300, 45_000))
            .SignedInMayCall("everybody who sees the practice and works in a firm, for that firm");

    internal static async Task<IResult> Handle(Id<Practice> id, Body body, IfMatch ifMatch, Caller caller, PracticeDesk practices, Company company, CancellationToken ct)
    {
        if (await practices.Find(id, caller, ct) is null) return Problems.From(PracticeRules.Unknown);
        var (firm, noFirm) = await company.FirmOf(caller.Person, body.Firm, ct);
        if (firm is not { } there) return Problems.From(noFirm!); // one of the two is given
        return await practices.Tell(
            id,
            new(new(
                id, there, body.Stage, (body.Changed ?? "").Trim(), (body.Result ?? "").Trim(), body.Verdict, body.MinutesPerMonth, body.CentsPerMonth, caller.Person, practices.Now)),
            ct);
    }
}
