using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Resources;
using ClusterNet.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Localization;

namespace ClusterNet.Learning.Records;

/// <summary>Who is told that a record names them confirms it there: what it says stands in the notice, and is what is confirmed.</summary>
internal sealed class ConfirmFromNotice(
    Database database, Streams<Entry, EntryEvent> entries, RecordReader records, Commands commands, TimeProvider clock, IStringLocalizer<Texts> text) : INoticeAction
{
    private const string Page = "/learning/records/";

    public string Kind => "learning-named";

    public string Done => text["ConfirmDone"];

    public IStringLocalizer Words => text;

    public async Task<IReadOnlyDictionary<string, NoticeAsk>> Open(Caller caller, IReadOnlyCollection<string> hrefs, CancellationToken ct)
    {
        var rows = await database.Query(
            LearningModule.Name,
            Statement.Of(
                RecordList.Table.Select($"where {ListRecordsEndpoint.AsksMe} and id = any($2)"), caller.Person.Value,
                hrefs.Select(RecordOf).OfType<Id<LearningRecord>>().Select(r => r.Value).ToArray()),
            RecordList.Table.Read, ct);
        return rows.ToDictionary(
            r => Page + r.Id,
            r => new NoticeAsk(
                $"{text["NoticeSays", text["Kind-" + r.Kind], r.What.Or(text["Erased"])]}{(r.Learnt.Or("") is { Length: > 0 } learnt ? "\n" + learnt : "")} ({text["Minutes", r.Minutes]})",
                text["Confirm"], r.Version));
    }

    public async Task<IResult> Do(Caller caller, string href, CancellationToken ct) => RecordOf(href) is { } record
        ? await ConfirmLearningEndpoint.Handle(record, IfMatch.Any, caller, entries, records, commands, clock, ct)
        : Rules.Unknown.ToProblem();

    private static Id<LearningRecord>? RecordOf(string href) =>
        href.StartsWith(Page, StringComparison.Ordinal) && Id<LearningRecord>.TryParse(href[Page.Length..], null, out var record) ? record : null;
}
