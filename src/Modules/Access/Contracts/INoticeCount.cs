namespace ClusterNet.Access.Contracts;

/// <summary>How many notices somebody has not seen yet; the bell on every page asks.</summary>
public interface INoticeCount
{
    Task<int> Unread(Caller caller, CancellationToken ct);
}
