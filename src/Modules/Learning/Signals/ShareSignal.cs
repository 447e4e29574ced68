using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Records;
using ClusterNet.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ClusterNet.Learning.Signals;

internal sealed record ShareSignal(Id<Firm> Firm, Noticed Said, Id<Person> Author, DateTimeOffset Now) : ICommand<SignalLife, SignalEvent>
{
    public Decision<SignalEvent> Decide(SignalLife state) => state is SignalLife.Absent
        ? new SignalShared(Firm, Said.What, Said.Link, Said.SoWhat, Said.Tags, Said.Visibility, Author, Now)
        : Decision<SignalEvent>.Nothing;
}

internal sealed record CorrectSignal(Noticed Said, Id<Person> By, DateTimeOffset Now) : ICommand<SignalLife, SignalEvent>
{
    public Decision<SignalEvent> Decide(SignalLife state) => state switch
    {
        SignalLife.Kept k when k.Author != By => SignalRules.NotAuthor,
        SignalLife.Kept { Withdrawn: true } => SignalRules.Withdrawn,
        SignalLife.Kept k when k.Now.Said == Said => Decision<SignalEvent>.Nothing,
        SignalLife.Kept => new SignalCorrected(Said.What, Said.Link, Said.SoWhat, Said.Tags, Said.Visibility, By, Now),
        _ => SignalRules.Unknown,
    };
}

internal sealed record WithdrawSignal(string Reason, Id<Person> By, DateTimeOffset Now) : ICommand<SignalLife, SignalEvent>
{
    public Decision<SignalEvent> Decide(SignalLife state) => state switch
    {
        SignalLife.Kept k when k.Author != By => SignalRules.NotAuthor,
        SignalLife.Kept { Withdrawn: true } => Decision<SignalEvent>.Nothing,
        SignalLife.Kept => new SignalWithdrawn(Reason, By, Now),
        _ => SignalRules.Unknown,
    };
}

internal static class ShareSignalEndpoint
{
    /// <param name="What">What was heard, read or seen, in a sentence or two.</param>
    /// <param name="Tags">One to six: where in the world around the firm it comes from.</param>
    /// <param name="Link">http or https; nothing ever fetches it.</param>
    /// <param name="SoWhat">What it means for one's firm.</param>
    /// <param name="Visibility">firm, cluster or network.</param>
    /// <param name="Firm">Needed only by people who work in several firms.</param>
    internal sealed record Body(
        string What, IReadOnlyList<SignalTag> Tags, string? Link = null, string? SoWhat = null, Visibility Visibility = Visibility.Cluster, Id<Firm>? Firm = null) : IValidated
    {
        public void Validate(Faults faults) => SignalRules.Validate(faults, What, Link, SoWhat, Tags, Visibility);

        internal Noticed Said => SignalRules.Said(What, Link, SoWhat, Tags, Visibility);
    }

    internal sealed record CorrectionBody(string What, IReadOnlyList<SignalTag> Tags, string? Link = null, string? SoWhat = null, Visibility Visibility = Visibility.Cluster) : IValidated
    {
        public void Validate(Faults faults) => SignalRules.Validate(faults, What, Link, SoWhat, Tags, Visibility);

        internal Noticed Said => SignalRules.Said(What, Link, SoWhat, Tags, Visibility);
    }

    internal sealed record WithdrawalBody(string? Reason = null) : IValidated
    {
        public void Validate(Faults faults) => faults.OptionalText("reason", Reason, SignalRules.MaxReason);
    }

    internal static void MapShareSignal(this IEndpointRouteBuilder routes)
    {
        const string what = "From 2028 public buyers ask for the carbon footprint of steel parts.", so = "We need figures for our ten best sellers.";
        routes.MapPost("/learning/signals", Share)
            .WithName(nameof(ShareSignal)).WithSummary("Share a piece of outside knowledge, with what it means for one's firm")
            .WithExample(new Body(what, [SignalTag.Legal, SignalTag.Environmental], "https://example.org/buying", so)).SignedInMayCall("everybody who works in a firm");
        routes.MapPut("/learning/signals/{id}", Correct)
            .WithName(nameof(CorrectSignal)).WithSummary("Say it better; what was said before stays readable in its versions")
            .WithExample(new CorrectionBody(what, [SignalTag.Legal], "https://example.org/buying", so)).SignedInMayCall("who shared it");
        routes.MapPost("/learning/signals/{id}/withdrawal", Withdraw)
            .WithName(nameof(WithdrawSignal)).WithSummary("Take a signal out of the lists; its page says so, and why").WithExample(new WithdrawalBody("It was a rumour."))
            .SignedInMayCall("who shared it");
    }

    internal static async Task<IResult> Share(Body body, Caller caller, SignalDesk signals, Company company, CancellationToken ct)
    {
        var (firm, noFirm) = await company.FirmOf(caller.Person, body.Firm, ct);
        return firm is { } there
            ? await signals.Share(signals.NewId<Signal>(), new(there, body.Said, caller.Person, signals.Now), ct)
            : Problems.From(noFirm!); // one of the two is given
    }

    internal static Task<IResult> Correct(Id<Signal> id, CorrectionBody body, IfMatch ifMatch, Caller caller, SignalDesk signals, CancellationToken ct) =>
        signals.Run(id, caller, new CorrectSignal(body.Said, caller.Person, signals.Now), ct);

    internal static Task<IResult> Withdraw(Id<Signal> id, WithdrawalBody body, IfMatch ifMatch, Caller caller, SignalDesk signals, CancellationToken ct) =>
        signals.Run(id, caller, new WithdrawSignal((body.Reason ?? "").Trim(), caller.Person, signals.Now), ct);
}
