using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Privacy;

namespace ClusterNet.Access.Erasures;

internal sealed record RequestErasure(
    Id<Person> Person, ValueList<string> Classes, ErasureBasis Basis, Id<Person> By, Personal<string> Reason, DateTimeOffset Now)
    : ICommand<PersonErasure, PersonErasureEvent>
{
    public Decision<PersonErasureEvent> Decide(PersonErasure state) => state is PersonErasure.Absent
        ? new PersonErasureRequested(Person, Classes, Basis, By, Reason, Now)
        : Decision<PersonErasureEvent>.Nothing;
}

/// <summary>Orders the erasure of what nothing holds; the rest waits, with its reasons.</summary>
internal sealed record OrderErasure(IReadOnlyList<Hold> Holds, DateTimeOffset Now) : ICommand<PersonErasure, PersonErasureEvent>
{
    public Decision<PersonErasureEvent> Decide(PersonErasure state)
    {
        if (state is not (PersonErasure.Requested or PersonErasure.Waiting)) return Decision<PersonErasureEvent>.Nothing;
        var c = ((PersonErasure.Existing)state).Case;
        ValueList<Hold> holds =
        [
            .. Holds.Where(h => c.Remaining.Contains(h.Class)).OrderBy(h => h.Class, StringComparer.Ordinal).ThenBy(h => h.Reason, StringComparer.Ordinal),
        ];
        ValueList<string> free = [.. c.Remaining.Except(holds.Select(h => h.Class))];
        List<PersonErasureEvent> facts = [];
        if (holds.Count > 0 && !holds.Equals(c.Holds)) facts.Add(new PersonErasureHeld(holds, Now));
        if (free.Count > 0) facts.Add(new PersonErased(c.Person, free, c.Basis, Now));
        return Decision<PersonErasureEvent>.Of([.. facts]);
    }
}

internal sealed record NoteStep(ErasureStep Step, ValueList<StoreCount> Stores, DateTimeOffset Now) : ICommand<PersonErasure, PersonErasureEvent>
{
    public Decision<PersonErasureEvent> Decide(PersonErasure state) => state is PersonErasure.Erasing e && !e.Taken.Contains(Step)
        ? new PersonErasureStepTaken(Step, Stores, Now)
        : Decision<PersonErasureEvent>.Nothing;
}

internal sealed record CompleteErasure(ValueList<Recipient> Recipients, DateOnly UnreadableFrom, DateTimeOffset Now)
    : ICommand<PersonErasure, PersonErasureEvent>
{
    public Decision<PersonErasureEvent> Decide(PersonErasure state) =>
        state is PersonErasure.Erasing e && Enum.GetValues<ErasureStep>().All(e.Taken.Contains)
            ? new PersonErasureCompleted(Recipients, UnreadableFrom, Now)
            : Decision<PersonErasureEvent>.Nothing;
}
