using ClusterNet.Access.Contracts;

namespace ClusterNet.Access.Notices;

/// <summary>The kinds of notices that modules declared, and the topics by which people choose mail.</summary>
internal sealed class NoticeTopics(IEnumerable<NoticeKind> kinds)
{
    private static readonly string[] Order = ["learning", "accreditation", "firm", "resources", "privacy"];
    private readonly Dictionary<string, NoticeKind> _kinds = kinds.ToDictionary(k => k.Name);

    /// <summary>All topics that there are kinds of.</summary>
    public IReadOnlyList<string> All => [.. Order.Where(t => _kinds.Values.Any(k => k.Topic == t))];

    public NoticeKind? Find(string kind) => _kinds.GetValueOrDefault(kind);

    public string[] KindsOf(string topic) => [.. _kinds.Values.Where(k => k.Topic == topic).Select(k => k.Name)];
}
