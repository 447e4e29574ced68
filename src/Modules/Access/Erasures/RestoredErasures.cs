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
        foreach (var entries in journal.Read().GroupBy(e => e.Subject))
        {
            var person = new Id<Person>(entries.Key);
            var known = (await ErasureRows.Of(person, database, ct)).SelectMany(r => r.Erased);
            ValueList<string> classes = [.. PersonalDataPolicy.All.Intersect(entries.SelectMany(e => e.Classes)).Except(known)];
            // Somebody who came after the moment of the backup has nothing here.
            if (classes.Count == 0 || (await data.Envelopes(entries.Key, ct)).Count == 0) continue;
            var command = new RequestErasure(person, classes, ErasureBasis.LegalObligation, person, Personal<string>.Erased, clock.GetUtcNow());
            await erasures.Execute(Guid.NewGuid(), command, new(CommandMetadata.System("restored erasure")), ct);
        }
    }
}
