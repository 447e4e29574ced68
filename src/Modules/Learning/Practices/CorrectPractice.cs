using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Records;
using ClusterNet.Skills.Contracts;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Practices;

/// <param name="Manages">The firm that it comes from.</param>
internal sealed record CorrectPractice(Description Said, string Note, Id<Person> By, bool Manages, DateTimeOffset Now) : ICommand<PracticeLife, PracticeEvent>
{
    public Decision<PracticeEvent> Decide(PracticeLife state) => state switch
    {
        PracticeLife.Kept k when k.Author != By && !Manages => PracticeRules.NotAuthor,
        PracticeLife.Kept { Status: PracticeStatus.Withdrawn } => PracticeRules.Withdrawn,
        PracticeLife.Kept k when k.Now.Said == Said => Decision<PracticeEvent>.Nothing,
        PracticeLife.Kept => new PracticeCorrected(
            Said.Title, Said.Problem, Said.How, Said.Needs, Said.Gave, Note, Said.SkillUris, Said.Level, Said.Visibility, By, Now),
        _ => PracticeRules.Unknown,
    };
}

internal sealed record PublishPractice(Id<Person> By, DateTimeOffset Now) : ICommand<PracticeLife, PracticeEvent>
{
    public Decision<PracticeEvent> Decide(PracticeLife state) => state switch
    {
        PracticeLife.Kept k when k.Author != By => PracticeRules.NotAuthor,
        PracticeLife.Kept { Status: PracticeStatus.Draft } => new PracticePublished(By, Now),
        PracticeLife.Kept { Status: PracticeStatus.Published } => Decision<PracticeEvent>.Nothing,
        PracticeLife.Kept => PracticeRules.Withdrawn,
        _ => PracticeRules.Unknown,
    };
}

/// <param name="Reason">Only drafts go without one.</param>
internal sealed record WithdrawPractice(string Reason, Id<Person> By, bool Manages, DateTimeOffset Now) : ICommand<PracticeLife, PracticeEvent>
{
    public Decision<PracticeEvent> Decide(PracticeLife state) => state switch
    {
        PracticeLife.Kept k when k.Author != By && !Manages => PracticeRules.NotAuthor,
        PracticeLife.Kept { Status: PracticeStatus.Withdrawn } => Decision<PracticeEvent>.Nothing,
        PracticeLife.Kept { Status: PracticeStatus.Published } when Reason.Length == 0 => PracticeRules.ReasonNeeded,
        PracticeLife.Kept => new PracticeWithdrawn(Reason, By, Now),
        _ => PracticeRules.Unknown,
    };
}

/// <summary>Who closes the account takes along what nobody else has put into words: nobody is to begin with what cannot be read.</summary>
internal sealed record LeavePractice(Id<Person> By, DateTimeOffset Now) : ICommand<PracticeLife, PracticeEvent>
{
    public Decision<PracticeEvent> Decide(PracticeLife state) => state is PracticeLife.Kept { Status: not PracticeStatus.Withdrawn } k && k.Versions.All(v => v.By == By)
        ? new PracticeWithdrawn("", By, Now)
        : Decision<PracticeEvent>.Nothing;
}

internal static class CorrectPracticeEndpoint
{
    private const string Who = "who described it, and managers of the firm it comes from";

    /// <param name="Note">What was changed, in a few words.</param>
    internal sealed record Body(
        string Title, string Problem, string How, string? Needs = null, string? Gave = null, IReadOnlyList<string>? SkillUris = null, UseLevel Level = UseLevel.Leverage,
        Visibility Visibility = Visibility.Cluster, string? Note = null) : IValidated
    {
        public void Validate(Faults faults) =>
            PracticeRules.Validate(faults, Title, Problem, How, Needs, Gave, SkillUris, Visibility).OptionalText("note", Note, PracticeRules.MaxNote);

        internal Description Said => new DescribePracticeEndpoint.Body(Title, Problem, How, Needs, Gave, SkillUris, Level, Visibility).Said;
    }

    /// <param name="Reason">Needed for what is published.</param>
    internal sealed record WithdrawalBody(string? Reason = null) : IValidated
    {
        public void Validate(Faults faults) => faults.OptionalText("reason", Reason, PracticeRules.MaxReason);
    }

    internal static void MapCorrectPractice(this IEndpointRouteBuilder routes)
    {
        var example = DescribePracticeEndpoint.Example;
        routes.MapPut("/learning/practices/{id}", Correct)
            .WithName(nameof(CorrectPractice)).WithSummary("Put a practice in other words; what was said before stays readable in its versions")
            .WithExample(new Body(example.Title, example.Problem, "- copper bars on both sides\n- a tack every 20 mm", example.Needs, example.Gave, Note: "Closer tacks")).SignedInMayCall(Who);
        routes.MapPost("/learning/practices/{id}/publication", Publish)
            .WithName(nameof(PublishPractice)).WithSummary("Show a draft to those for whom it is").SignedInMayCall("who described it");
        routes.MapPost("/learning/practices/{id}/withdrawal", Withdraw)
            .WithName(nameof(WithdrawPractice)).WithSummary("Say that nobody is to begin with it any more, and why; it stays readable")
            .WithExample(new WithdrawalBody("The bars cracked after a year.")).SignedInMayCall(Who);
    }

    internal static async Task<IResult> Correct(
        Id<Practice> id, Body body, IfMatch ifMatch, Caller caller, PracticeDesk practices, ISkillCatalogue skills, HttpRequest request, CancellationToken ct)
    {
        if (await practices.Find(id, caller, ct) is not { } seen) return Problems.From(PracticeRules.Unknown);
        if (!seen.MayChange) return Problems.From(PracticeRules.NotAuthor);
        // Skills that it names already may have been retired meanwhile, and stay.
        var added = (body.SkillUris ?? []).Except(seen.State.Now.Said.SkillUris).ToList();
        if (await skills.Check(added, Language.Of(request), ct) is { } unknown) return Problems.From(unknown);
        return await practices.Run(id, caller, s => new CorrectPractice(body.Said, (body.Note ?? "").Trim(), caller.Person, s.Manages, practices.Now), ct);
    }

    internal static Task<IResult> Publish(Id<Practice> id, IfMatch ifMatch, Caller caller, PracticeDesk practices, CancellationToken ct) =>
        practices.Run(id, caller, _ => new PublishPractice(caller.Person, practices.Now), ct);

    internal static Task<IResult> Withdraw(Id<Practice> id, WithdrawalBody body, IfMatch ifMatch, Caller caller, PracticeDesk practices, CancellationToken ct) =>
        practices.Run(id, caller, s => new WithdrawPractice((body.Reason ?? "").Trim(), caller.Person, s.Manages, practices.Now), ct);
}
