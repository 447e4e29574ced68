using System.Diagnostics;
using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;
using ClusterNet.Skills.Contracts;

namespace ClusterNet.Skills.Audits;

internal abstract record SheetEvent;

/// <summary>What a rater has said so far: the whole sheet as it is from now on.</summary>
/// <param name="Answers">Of the rated person.</param>
/// <param name="Comments">Of the rater: they are the rater's words.</param>
[StoredAs("rating_saved")]
internal sealed record RatingSaved(
    Id<Audit> Audit, Id<Person> Rater, Id<Person> Person, Id<Firm> Firm, RaterKind Kind,
    [PersonalData(nameof(RatingSaved.Person), KeyClass.Learning)] Personal<ValueList<SheetAnswer>> Answers,
    [PersonalData(nameof(RatingSaved.Rater), KeyClass.FreeText)] Personal<ValueList<SheetComment>> Comments, DateTimeOffset At) : SheetEvent;

[StoredAs("rating_sent")]
internal sealed record RatingSent(Id<Audit> Audit, Id<Person> Rater, Id<Person> Person, DateTimeOffset At) : SheetEvent;

/// <param name="Level">0 to 5; null for "can't say".</param>
internal sealed record SheetAnswer(string SkillUri, int? Level);

internal sealed record SheetComment(string SkillUri, string Text);

/// <summary>What one person says of another's skills in an audit: saved as it goes, sent, and changeable until the audit ends.</summary>
internal abstract record Sheet : IState<Sheet, SheetEvent>
{
    public sealed record Empty : Sheet;

    public sealed record Filled(Personal<ValueList<SheetAnswer>> Answers, Personal<ValueList<SheetComment>> Comments, bool Sent) : Sheet;

    public static Sheet Initial { get; } = new Empty();

    public static Guid IdOf(Id<Audit> audit, Id<Person> rater, Id<Person> person) =>
        NamedGuid.Of("audit-sheet", audit.ToString(), rater.ToString(), person.ToString());

    public static Sheet Evolve(Sheet state, SheetEvent fact) => (state, fact) switch
    {
        (Filled f, RatingSaved e) => f with { Answers = e.Answers, Comments = e.Comments },
        (_, RatingSaved e) => new Filled(e.Answers, e.Comments, false),
        (Filled f, RatingSent) => f with { Sent = true },
        (_, RatingSent) => state,
        _ => throw new UnreachableException(fact.GetType().Name),
    };
}
