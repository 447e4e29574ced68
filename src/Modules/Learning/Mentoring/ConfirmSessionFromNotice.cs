using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Resources;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Learning.Mentoring;

/// <summary>Who is told that a session was logged confirms it there: what was said of it stands in the notice, and is what is confirmed.</summary>
internal sealed class ConfirmSessionFromNotice(PairDesk desk, SessionLearning learning, IStringLocalizer<MentoringTexts> text) : INoticeAction
{
    private const string Page = "/mentoring/pairs/";

    public string Kind => "mentoring-logged";

    public string Done => text["ConfirmDone"];

    public IStringLocalizer Words => text;

    public async Task<IReadOnlyDictionary<string, NoticeAsk>> Open(Caller caller, IReadOnlyCollection<string> hrefs, CancellationToken ct)
    {
        var asks = new Dictionary<string, NoticeAsk>();
        foreach (var href in hrefs)
        {
            if (await Waiting(href, caller, ct) is not var (pair, session)) continue;
            var next = session.NextStep.Or("") is { Length: > 0 } step ? $"\n{text["NextStep"]}: {step}" : "";
            asks[href] = new($"{session.What.Or(text["Erased"])} ({text["MinutesOf", session.Minutes]}){next}", text["ConfirmSession"], pair.Version);
        }

        return asks;
    }

    public async Task<IResult> Do(Caller caller, string href, CancellationToken ct) => await Waiting(href, caller, ct) is var (pair, session)
        ? await LogSessionEndpoint.Confirm(pair.Id, session.Id, new(), IfMatch.Any, caller, desk, learning, ct)
        : MentoringRules.SessionUnknown.ToProblem();

    /// <summary>The newest session that waits for the caller's word.</summary>
    private async Task<(SeenPair Pair, Pair.Session Session)?> Waiting(string href, Caller caller, CancellationToken ct) =>
        href.StartsWith(Page, StringComparison.Ordinal) && Id<Pair>.TryParse(href[Page.Length..], null, out var id) && await desk.Find(id, caller, ct) is { } pair
        && pair.State.Sessions.Where(s => s.ConfirmedAt is null && s.By != caller.Person).MaxBy(s => s.HappenedAt) is { } session ? (pair, session) : null;
}
