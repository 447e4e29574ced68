using ClusterNet.Clusters.Contracts;
using ClusterNet.EventStore;

namespace ClusterNet.Learning.Contracts;

/// <summary>
/// Records that their owners opened to the cluster or to everybody, for figures of the modules above. What is counted from them tells nobody more than
/// they may read one by one.
/// </summary>
public interface IOpenRecords
{
    /// <summary>A batch of the open records of these firms' people that touch a skill, by id; ask again after the last until fewer come than the limit.</summary>
    /// <param name="since">When the earliest of them happened.</param>
    /// <param name="after">The last one of the batch before; null for the first batch.</param>
    Task<IReadOnlyList<RecordFacts>> Touching(
        IReadOnlyCollection<Id<Firm>> firms, string skillUri, DateTimeOffset since, Id<LearningRecord>? after, int limit, CancellationToken ct);
}
