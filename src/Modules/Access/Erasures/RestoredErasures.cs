using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;

namespace ClusterNet.Access.Erasures;

/// <summary>
/// Erasures that the journal knows and these databases do not, because they were restored from before them. Their keys were destroyed again at the
/// start; here they are ordered again, so that rows, passwords and the like follow.
/// </summary>
internal sealed class RestoredErasures(
    Streams<PersonErasure, PersonErasureEvent> erasures, ErasureJournal journal, SubjectData data, Database database, TimeProvider clock)
{
    public async Task AskAgain(CancellationToken ct)
    {
        var entries = journal.Read().GroupBy(e => e.Subject).ToList();
        foreach (var subject in await Unknown([.. entries.Select(e => e.Key)], ct))
        {
            ValueList<string> classes = [.. PersonalDataPolicy.All.Intersect(entries.Single(e => e.Key == subject).SelectMany(e => e.Classes))];
            // Somebody who came after the moment of the backup has nothing here.
            if ((await data.Envelopes(subject, ct)).Count == 0) continue;
            var person = new Id<Person>(subject);
            var command = new RequestErasure(person, classes, ErasureBasis.LegalObligation, person, Personal<string>.Erased, clock.GetUtcNow());
            await erasures.Execute(Guid.NewGuid(), command, new(CommandMetadata.System("restored erasure")), ct);
        }
    }

    /// <summary>Those of whom no request is known at all.</summary>
    private async Task<IEnumerable<Guid>> Unknown(Guid[] subjects, CancellationToken ct)
    {
        if (subjects.Length == 0) return [];
        var known = await database.Query(
            AccessModule.Name, Statement.Of("select distinct person from access.erasures where person = any($1)", subjects), r => r.GetGuid(0), ct);
        return subjects.Except(known);
    }
}
