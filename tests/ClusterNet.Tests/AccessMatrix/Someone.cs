using ClusterNet.Tests.Hosting;

namespace ClusterNet.Tests.AccessMatrix;

/// <summary>Somebody of the world, and the ids of the things that are theirs, by the names that the matrix has for them.</summary>
internal sealed class Someone(Account account)
{
    public Account Account { get; set; } = account;

    public HttpClient Client => Account.Client;

    public string Person => Account.Person;

    public Dictionary<string, string> Things { get; } = [];
}

/// <summary>A firm within a cluster, with everybody who has a role in either.</summary>
/// <param name="Cast">By column of the matrix.</param>
/// <param name="Things">Of the firm and of the cluster.</param>
internal sealed record Place(
    string Cluster, string Firm, IReadOnlyDictionary<string, Someone> Cast, Dictionary<string, string> Things)
{
    public Someone Member => Cast["member"];

    /// <summary>Another one of the firm's three.</summary>
    public Someone ColleagueOf(string role) => Cast[Matrix.OfFirm[(Array.IndexOf(Matrix.OfFirm, role) + 1) % Matrix.OfFirm.Length]];
}

/// <summary>Whose thing is asked for.</summary>
/// <param name="Circle">How far it is from the caller, in words.</param>
internal sealed record Aim(string Circle, Place Place, Someone Owner)
{
    /// <summary>The id of a thing; null when there is none of that name.</summary>
    public string? Find(string thing) =>
        Owner.Things.TryGetValue(thing, out var own) ? own : Place.Things.GetValueOrDefault(thing);

    public string Id(string thing) => Find(thing) ?? throw new KeyNotFoundException($"The world of the access matrix has no '{thing}' ({Circle}).");
}
