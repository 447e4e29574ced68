using ClusterNet.Access.Contracts;
using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Contracts;
using ClusterNet.Learning.Records;

namespace ClusterNet.Learning.Mentoring;

/// <summary>Learning records that come of sessions: each of the two has their own, at most one of each session, whoever works in no firm has none.</summary>
internal sealed class SessionLearning(Streams<Entry, EntryEvent> entries, Company company, IFirmDirectory directory)
{
    public const string Source = "mentoring";

    /// <summary>The same session of the same person is the same record.</summary>
    public static Guid RecordOf(Id<MentoringSession> session, Id<Person> person) =>
        NamedGuid.Of("mentoring-session-record", session.ToString(), person.ToString());

    /// <summary>The record of who logged the session.</summary>
    public async Task<IReadOnlyList<Prepared>> OfLogged(SeenPair pair, IReadOnlyList<object> facts, CancellationToken ct)
    {
        var logged = facts.OfType<MentoringSessionLogged>().First();
        return await Recorded(pair.State, logged.By, logged, ct) is { } record ? [record] : [];
    }

    /// <summary>The other one's word on that record, and a record of the other's own where it is wanted.</summary>
    public async Task<IReadOnlyList<Prepared>> OfConfirmed(SeenPair pair, IReadOnlyList<object> facts, bool record, CancellationToken ct)
    {
        var confirmed = facts.OfType<MentoringSessionConfirmed>().First();
        var session = pair.State.Sessions.First(s => s.Id == confirmed.Session);
        var prepared = new List<Prepared>();
        // Where there is no such record, or it was changed so that it asks nobody, the session is confirmed all the same.
        var word = await entries.Prepare(RecordOf(session.Id, session.By), new ConfirmLearning(confirmed.By, confirmed.At), ct);
        if (word.Refusal is null) prepared.Add(word);
        if (!record) return prepared;
        var logged = new MentoringSessionLogged(session.Id, session.By, session.HappenedAt, session.Minutes, session.What, session.NextStep, confirmed.At);
        if (await Recorded(pair.State, confirmed.By, logged, ct) is { } own) prepared.Add(own);
        return prepared;
    }

    private async Task<Prepared?> Recorded(Pair.Kept pair, Id<Person> person, MentoringSessionLogged session, CancellationToken ct)
    {
        var other = pair.OtherThan(person);
        var firms = (await directory.EmploymentsOf(person, ct)).Select(e => e.Firm).Distinct().Order().ToList();
        if (firms.Count == 0) return null;
        var (firm, with) = (firms[0], ValueList.Of<Companion>([]));
        foreach (var candidate in firms)
        {
            // A mentor from outside, of no firm nearby, cannot be named: such a record stands on its owner's word alone.
            var (near, stranger) = await company.Of(candidate, [other], ct);
            if (stranger is not null) continue;
            (firm, with) = (candidate, near);
            break;
        }

        var content = new Content(
            LearningKind.Mentoring, session.What.Or(""), session.NextStep.Or(""), session.HappenedAt, session.Minutes, with, pair.SkillUris,
            Defaults.PartOf(LearningKind.Mentoring), new ValueList<string>([]));
        return await entries.Prepare(RecordOf(session.Session, person), new RecordLearning(person, firm, content, null, Source, session.At), ct);
    }
}
