using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Access.Erasures;

/// <summary>
/// Carries a request for erasure on, one step at a time. Every step finds out itself what is left to do, so that a crash at any point costs nothing
/// but the repetition of a step.
/// </summary>
internal sealed class ErasureSaga(
    Streams<PersonErasure, PersonErasureEvent> erasures, ErasureEffects effects, IEnumerable<IErasureHold> holds, IEnumerable<IRecipients> recipients,
    LastCopies copies, TimeProvider clock)
{
    /// <summary>One step.</summary>
    /// <param name="beforeNoting">For tests of crashes: called when a step has had its effect and is not noted yet.</param>
    /// <returns>Whether there may be more to do now.</returns>
    public async Task<bool> Advance(Id<PersonErasure> id, CancellationToken ct, Action<ErasureStep>? beforeNoting = null)
    {
        var loaded = await erasures.Load(id.Value, ct);
        if (loaded.State is PersonErasure.Requested or PersonErasure.Waiting) return await Order(id, ((PersonErasure.Existing)loaded.State).Case, ct);
        if (loaded.State is not PersonErasure.Erasing erasing) return false;
        foreach (var step in Enum.GetValues<ErasureStep>())
        {
            if (erasing.Taken.Contains(step)) continue;
            var stores = await effects.Have(step, OrderOf(id, loaded, erasing), ct);
            beforeNoting?.Invoke(step);
            return await Decide(id, new NoteStep(step, [.. stores], clock.GetUtcNow()), ct);
        }

        List<Recipient> told = [];
        foreach (var source in recipients) told.AddRange(await source.Of(erasing.Case.Person, ct));
        return await Decide(id, new CompleteErasure([.. told], await copies.UnreadableFrom(ct), clock.GetUtcNow()), ct);
    }

    /// <summary>
    /// What a command that was under way at the moment of the order wrote afterwards goes as well: the steps are had once more.
    /// </summary>
    public async Task LookAgain(Id<PersonErasure> id, CancellationToken ct)
    {
        var loaded = await erasures.Load(id.Value, ct);
        if (loaded.State is not PersonErasure.Existing { Case: var c } || c.Erased.Count == 0) return;
        var order = OrderOf(id, loaded, new(c, c.Erased, []));
        foreach (var step in Enum.GetValues<ErasureStep>().Except([ErasureStep.Keys])) await effects.Have(step, order, ct);
    }

    /// <summary>The holds that apply now to what is asked.</summary>
    public async Task<IReadOnlyList<Hold>> HoldsOn(Id<Person> person, IReadOnlyCollection<string> classes, CancellationToken ct)
    {
        List<Hold> found = [];
        foreach (var source in holds) found.AddRange(await source.Of(person, classes, ct));
        return found;
    }

    private async Task<bool> Order(Id<PersonErasure> id, ErasureCase asked, CancellationToken ct) =>
        await Decide(id, new OrderErasure(await HoldsOn(asked.Person, asked.Remaining, ct), clock.GetUtcNow()), ct);

    private async Task<bool> Decide(Id<PersonErasure> id, ICommand<PersonErasure, PersonErasureEvent> command, CancellationToken ct)
    {
        var before = (await erasures.Load(id.Value, ct)).Version;
        // A guard refuses while another request of the same person is under way: that one first.
        return await erasures.Execute(id.Value, command, new(CommandMetadata.System($"erasure/{id}")), ct) is Outcome.Written w && w.Version > before;
    }

    private static CarriedOrder OrderOf(Id<PersonErasure> id, Loaded<PersonErasure> loaded, PersonErasure.Erasing erasing)
    {
        var fact = loaded.Events.Last(e => e.Fact is PersonErased);
        return new(id, erasing.Case.Person, erasing.Case.By, erasing.Classes, fact.Id, ((PersonErased)fact.Fact).At);
    }
}

/// <summary>An order as its steps need it.</summary>
/// <param name="EventId">The event that ordered it.</param>
internal sealed record CarriedOrder(
    Id<PersonErasure> Erasure, Id<Person> Person, Id<Person> By, IReadOnlyList<string> Classes, Guid EventId, DateTimeOffset At)
{
    public bool Closes => ErasureCase.Closes(Classes);
}
