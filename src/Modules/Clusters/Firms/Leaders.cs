using ClusterNet.Access.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Clusters.Firms;

internal sealed record NameLeader(Id<Person> Person, DateTimeOffset Now) : ICommand<FirmProfile, FirmProfileEvent>
{
    public Decision<FirmProfileEvent> Decide(FirmProfile state) => state switch
    {
        FirmProfile.Registered r when r.Leaders.Contains(Person) => Decision<FirmProfileEvent>.Nothing,
        FirmProfile.Registered => new FirmLeaderNamed(Person, Now),
        _ => Refusals.FirmUnknown,
    };
}

internal sealed record ReleaseLeader(Id<Person> Person, DateTimeOffset Now, bool EvenLast = false) : ICommand<FirmProfile, FirmProfileEvent>
{
    public static readonly Refusal LastLeader = new(
        "last-leader", "This is the firm's only owner or manager. Make somebody else owner or manager first, then repeat this.");

    public Decision<FirmProfileEvent> Decide(FirmProfile state) => state switch
    {
        FirmProfile.Registered r when !r.Leaders.Contains(Person) => Decision<FirmProfileEvent>.Nothing,
        FirmProfile.Registered { Leaders.Count: 1 } when !EvenLast => LastLeader,
        FirmProfile.Registered => new FirmLeaderReleased(Person, Now),
        _ => Refusals.FirmUnknown,
    };
}
