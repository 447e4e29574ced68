using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;
using ClusterNet.Projections;

namespace ClusterNet.Clusters.People;

/// <summary>Tells modules above that somebody left a firm.</summary>
internal sealed class EndedEmployments : IFactSource
{
    public Type Family => typeof(EmploymentEvent);

    public object? Publish(Recorded recorded) => recorded.Fact is EmploymentEnded e ? new EmploymentHasEnded(e.Person, e.Firm, e.At) : null;
}
