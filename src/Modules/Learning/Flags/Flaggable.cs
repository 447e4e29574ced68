using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Learning.Discussions;

namespace ClusterNet.Learning.Flags;

/// <summary>What flags and moderation look at in whatever can be flagged as a whole: pages, items of libraries, practices, signals.</summary>
/// <param name="IsShown">Everybody for whom it is can read it, unless it is hidden.</param>
/// <param name="Waits">Something of it waits for review.</param>
/// <param name="Flags">Of those who find that it should be looked at; empty once it was.</param>
/// <param name="NotShown">How it says that nothing can be said of it now.</param>
internal sealed record Flaggable(bool IsShown, bool Waits, bool Hidden, ValueList<PostFlag> Flags, Refusal NotShown)
{
    /// <summary>Somebody finds that it should be looked at: once each.</summary>
    public Decision<TEvent> Flag<TEvent>(Id<Person> by, TEvent flagged)
        where TEvent : class =>
        !IsShown || Hidden ? NotShown : Flags.Any(f => f.By == by) ? Decision<TEvent>.Nothing : flagged;

    /// <summary>It is hidden, shown again, sent back, or nothing is wrong with it.</summary>
    public Decision<TEvent> Moderate<TEvent>(Moderation step, TEvent moderated)
        where TEvent : class => step switch
        {
            Moderation.Hide when Hidden => Decision<TEvent>.Nothing,
            Moderation.Hide when !IsShown => NotShown,
            Moderation.Restore when !Hidden => Decision<TEvent>.Nothing,
            Moderation.Return when !Waits => ModeratePost.NotInReview,
            Moderation.Keep when Flags.Count == 0 => Decision<TEvent>.Nothing,
            _ => moderated,
        };

    /// <summary>Steps that would change something.</summary>
    public bool Takes(Moderation step) => step switch
    {
        Moderation.Hide => IsShown && !Hidden,
        Moderation.Restore => Hidden,
        Moderation.Return => Waits,
        _ => Flags.Count > 0,
    };

    /// <summary>Whether something is hidden once a step was taken.</summary>
    public static bool HiddenAfter(Moderation step, bool hidden) => step switch
    {
        Moderation.Hide => true,
        Moderation.Restore => false,
        _ => hidden,
    };
}
